// The food box by keyboard: arrows walk the rows, Enter logs, Escape goes back to typing.
"use strict";

(() => {
  const box = document.getElementById("q");
  if (!box) return;
  let waiting = null; // the text for whose rows Enter was pressed
  let isSearching = false;
  let isAnswered = false;
  const picks = () => [...document.querySelectorAll("#found .found__pick")];
  const press = (button) => button?.click();
  const first = () => document.querySelector("#found .found__pick, #found .found__lookup");

  const isSmall = matchMedia("(max-width: 40rem)");
  box.addEventListener("input", () => {
    isSearching = true;
    waiting = null; // it was meant for another text
    if (isSmall.matches) box.closest("section").scrollIntoView({ block: "start" }); // room for the rows
  });

  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown") {
      event.preventDefault();
      picks()[0]?.focus();
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (isSearching) waiting = box.value.trim(); // the rows on screen belong to an older text
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
    isAnswered = successful && requestConfig.parameters.q === box.value; // not of an older text
  });

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
    if (detail.xhr.getResponseHeader("HX-Retarget") !== "#day") return; // refused, and said so
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
  let sent = "";
  box.form.addEventListener("htmx:beforeSend", (event) => {
    if (event.detail.elt !== box.form) return;
    sent = box.value;
    if (!sent) return; // a row was pressed, and the focus stays on it
    box.value = "";
    box.focus({ preventScroll: true });
  });
  box.form.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.elt !== box.form) return;
    const isRefused = !event.detail.successful || document.querySelector("#problems .errorlist");
    if (isRefused && !box.value) box.value = sent;
  });

  // A slow line: this comes late, and typing has begun, or was about to.
  if (box.autofocus && !location.hash && document.activeElement === document.body) box.focus({ preventScroll: true });
  addEventListener("load", () => {
    if (document.activeElement === box) box.scrollIntoView({ block: "nearest" }); // above the bar of a phone
  });
  document.addEventListener("DOMContentLoaded", () => {
    if (box.value === box.defaultValue) return;
    isSearching = true;
    htmx.trigger(box, "refresh");
  });

  function refresh() {
    box.value = "";
    waiting = null;
    isSearching = true;
    htmx.trigger(box, "refresh");
    box.focus({ preventScroll: true });
  }

  for (const name of ["diary-changed", "recipe-changed"]) document.body.addEventListener(name, startAgain);

  function startAgain() {
    if (box.value) return; // typing has gone on: its own search is under way
    const hadFocus = document.activeElement === box;
    isSearching = true;
    htmx.trigger(box, "refresh");
    if (hadFocus) box.focus({ preventScroll: true });
  }
})();
