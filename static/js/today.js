// The food box by keyboard: arrows walk the rows, Enter logs, Escape goes back to typing.
"use strict";

(() => {
  const box = document.getElementById("q");
  if (!box) return;
  let enterWaits = false;
  let isSearching = false;
  const picks = () => [...document.querySelectorAll("#found .found__pick")];
  const press = (button) => button && button.form.requestSubmit(button);

  box.addEventListener("input", () => { isSearching = true; });

  box.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") {
      event.preventDefault();
      picks()[0]?.focus();
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (isSearching) enterWaits = true; // the rows on screen belong to an older text
      else if (box.value.trim()) press(picks()[0]); // an empty Enter logs nothing
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

  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id !== "found" && event.target.id !== "found") return;
    isSearching = false;
    if (enterWaits) {
      enterWaits = false;
      press(picks()[0]);
    }
  });

  function refresh() {
    box.value = "";
    isSearching = true;
    htmx.trigger(box, "refresh");
    box.focus({ preventScroll: true });
  }

  document.body.addEventListener("diary-changed", refresh);
})();
