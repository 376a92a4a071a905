// The food box by keyboard: arrows walk the rows, Enter logs, Escape goes back to typing.
"use strict";

(() => {
  const box = document.getElementById("q");
  if (!box) return;
  let waiting = null; // the text for whose rows Enter was pressed
  let isSearching = false;
  let isAnswered = false;
  let hasFailed = false; // the last search, and no other is under way
  let isTapped = false; // a row, whose list stays as it is under the finger
  const picks = () => [...document.querySelectorAll("#found .found__pick")];
  const press = (button) => button?.click();
  // Of a list that answers a text: characters that nobody sees are none.
  const first = () => document.querySelector("#found[data-typed] :is(.found__pick, .found__lookup)");

  const isSmall = matchMedia("(max-width: 40rem)");
  box.addEventListener("input", () => {
    isSearching = true;
    waiting = null; // it was meant for another text
    isAnswered = hasFailed = false;
    boxSays("");
    if (isSmall.matches) box.closest("section").scrollIntoView({ block: "start" }); // room for the rows
  });

  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown") {
      event.preventDefault();
      picks()[0]?.focus();
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (isSearching) waitForRows(); // those on screen belong to an older text
      else if (box.value.trim()) press(first()); // an empty Enter logs nothing
    } else if (event.key === "Escape" && box.value) {
      event.preventDefault();
      refresh();
    }
  });

  document.addEventListener("keydown", (event) => {
    const at = picks().indexOf(document.activeElement);
    if (at < 0) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const next = at + (event.key === "ArrowDown" ? 1 : -1);
      (next < 0 ? box : picks()[next] || document.activeElement).focus();
    } else if (event.key === "Escape") {
      box.focus();
    } else if (event.key.length === 1 && event.key !== " " && event.key !== "/" && !event.ctrlKey && !event.metaKey) {
      box.focus(); // the key lands in the box
    }
  });

  box.addEventListener("htmx:afterRequest", (event) => {
    const { successful, requestConfig } = event.detail;
    if (successful && requestConfig.parameters.q === box.value) isAnswered = true; // no older text
  });
  for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
    box.addEventListener(name, () => {
      hasFailed = true;
      waiting = null; // what comes later is not what was meant
      if (box.value.trim()) document.getElementById("found")?.replaceChildren(); // they answer an older text
    });
  }

  function waitForRows() {
    waiting = box.value.trim();
    if (hasFailed) search();
  }

  function search() {
    isSearching = true;
    hasFailed = false;
    htmx.trigger(box, "refresh");
  }

  // Not earlier: while htmx settles, a new row still has the class and the value of the one before.
  document.addEventListener("htmx:afterSettle", ({ target }) => {
    if (!isAnswered || target.id !== "found") return;
    isAnswered = isSearching = false;
    if (waiting && waiting === box.value.trim()) press(first());
    waiting = null;
  });

  // A press shows at once that it counted; a second one on the same row asks first.
  const signOf = (button) => button.querySelector(".found__sign");
  document.addEventListener("click", (event) => {
    const row = event.target.closest?.("#found .found__pick");
    if (!row || !row.classList.contains("is-added") || row.classList.contains("is-asking")) return;
    event.preventDefault();
    const words = document.getElementById("found").dataset;
    row.classList.add("is-asking");
    row.value = row.value.replace(/^ask:/, "");
    signOf(row).textContent = words.ask;
    say(words.ask);
    row.addEventListener("blur", () => {
      if (!row.classList.contains("is-asking")) return;
      row.classList.remove("is-asking");
      row.value = `ask:${row.value}`;
      signOf(row).textContent = `✓ ${words.added}`;
    }, { once: true });
  }, true);

  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    const row = detail.requestConfig?.triggeringEvent?.submitter;
    if (!detail.successful || !row?.isConnected || !row.matches(".found__pick")) return;
    if (!["#day", "#dish"].includes(detail.xhr.getResponseHeader("HX-Retarget"))) return; // refused
    row.classList.remove("is-asking");
    row.classList.add("is-added");
    if (!row.value.startsWith("ask:")) row.value = `ask:${row.value}`;
    const words = document.getElementById("found").dataset;
    if (words.added) signOf(row).textContent = `✓ ${words.added}`;
  });

  function say(text) {
    const live = document.getElementById("live");
    if (live) live.textContent = text;
  }

  // The box is free for the next food while the last one is still on its way.
  // A row that was tapped stays where it is, with its text in the box: a second tap finds it there.
  let sent = "";
  document.addEventListener("click", (event) => {
    isTapped = event.detail > 0 && event.target.closest?.("#found .found__pick") !== null;
  });
  box.form.addEventListener("htmx:beforeSend", (event) => {
    if (event.detail.elt !== box.form) return;
    sent = box.value;
    if (!sent || isTapped) return; // a row was pressed, and the focus stays on it
    box.value = "";
    box.focus({ preventScroll: true });
  });
  box.form.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (detail.elt !== box.form) return;
    const isRefused = !detail.successful || document.querySelector("#problems .errorlist");
    if (isRefused && !box.value) box.value = sent;
    if (!isRefused) boxSays(document.querySelector(".said [data-said]")?.textContent ?? "");
  });
  box.addEventListener("focus", () => {
    if (!isTapped || !sent || box.value !== sent) return;
    isTapped = false; // its text is used up: the next food takes its place
    refresh();
  });

  // What the box said is over once something else was done.
  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (detail.elt !== box.form && detail.requestConfig?.verb !== "get") boxSays("");
  });

  // The line above the meals may be out of sight: the box says it, too. It is heard once.
  function boxSays(text) {
    const line = document.getElementById("box-said");
    if (line) line.textContent = text && `✓ ${text}`;
  }

  // A slow line: this comes late, and typing has begun, or was about to.
  if (box.autofocus && !location.hash && document.activeElement === document.body) box.focus({ preventScroll: true });
  addEventListener("load", () => {
    if (document.activeElement === box) box.scrollIntoView({ block: "nearest" }); // above the bar of a phone
  });
  document.addEventListener("DOMContentLoaded", () => {
    if (box.value !== box.defaultValue) search();
  });

  function refresh() {
    box.value = "";
    waiting = null;
    search();
    box.focus({ preventScroll: true });
  }

  for (const name of ["diary-changed", "recipe-changed"]) document.body.addEventListener(name, startAgain);

  let isOfBox = false; // the last write
  document.addEventListener("htmx:beforeSend", ({ detail }) => {
    if (detail.requestConfig?.verb !== "get") isOfBox = detail.elt === box.form;
  });

  function startAgain() {
    if (!isOfBox) isTapped = false; // the finger went elsewhere, and "added" may no longer be true
    else if (box.value || isTapped) return; // its own search is under way, or a finger is on the list
    const hadFocus = document.activeElement === box;
    search();
    if (hadFocus) box.focus({ preventScroll: true });
  }
})();
