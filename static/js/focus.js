// What a swap of htmx takes away comes back: the focus lands near, opened details stay open, and a
// row that was opened to be changed can be put back as it was.
"use strict";

(() => {
  const CONTROL = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]";
  const SAID = ".said, .said-suggestion";
  let lost = null; // what had the focus before the swap, and where it may go
  let opened = [];
  let unsent = []; // forms that were opened to be changed, and what was typed beside them
  const rows = new Map();

  document.addEventListener("htmx:beforeSwap", (event) => {
    const { target, requestConfig } = event.detail;
    opened = [...document.querySelectorAll("details[open][id]")].map((box) => box.id);
    keepRow(target);
    unsent = target.matches("#day, #dish") ? unsentIn(target, requestConfig) : [];
    const origin = focused() || pressed(requestConfig);
    if (origin) lost = { origin, places: placesNear(origin) };
  });

  document.addEventListener("htmx:afterSwap", ({ target }) => {
    for (const id of opened) document.getElementById(id)?.setAttribute("open", "");
    if (target.matches?.("li.entry")) document.querySelector(".said:not(:has(form))")?.remove(); // it is about something else
  });

  // Not earlier: while htmx settles, a new row still has the class of the one before.
  document.addEventListener("htmx:afterSettle", () => {
    for (const again of unsent) again();
    unsent = [];
    if (!lost || lost.origin.isConnected) return;
    const { places } = lost;
    lost = null;
    if (focused()) focused().scrollIntoView({ block: "nearest" }); // by htmx, to the same id
    else places.some((find) => land(find()));
  });

  function focused() {
    const at = document.activeElement;
    return at && at !== document.body ? at : null;
  }

  function pressed(request) {
    // Some browsers give no focus to a button that is pressed by a finger or a mouse.
    const at = request?.triggeringEvent?.submitter || request?.elt;
    return at?.matches("button, a, form") ? at : null;
  }

  function placesNear(at) {
    const places = [byId(at.id)];
    if (at.matches("summary")) places.push(() => document.getElementById(at.parentElement.id)?.firstElementChild);
    const row = at.closest("li[id]");
    if (row) places.push(...nearRows(row).map((id) => () => controlOf(document.getElementById(id))));
    if (row) places.push(() => document.querySelector(".said button"));
    else if (!at.closest(SAID)) places.push(byId(at.closest("section[aria-labelledby]")?.getAttribute("aria-labelledby")));
    for (let box = at.parentElement?.closest("[id]"); box; box = box.parentElement?.closest("[id]")) {
      const { id } = box;
      places.push(() => landingOf(document.getElementById(id)));
    }
    return places;
  }

  function nearRows(row) {
    // Itself if it is still there, else the next one, else the one before.
    const all = [...row.parentElement.children];
    const at = all.indexOf(row);
    return [...all.slice(at), ...all.slice(0, at).reverse()].map((item) => item.id);
  }

  function byId(id) {
    return () => (id ? document.getElementById(id) : null);
  }

  function controlOf(row) {
    return row?.querySelector("a[href], button");
  }

  function landingOf(box) {
    if (!box || box.matches("form, label, span")) return null;
    const heads = [...box.querySelectorAll("h1, h2, h3, h4")];
    return box.querySelector(SAID) || heads.find((head) => !head.closest(".visually-hidden")) || box;
  }

  function land(place) {
    if (!place?.checkVisibility() || place.closest(".visually-hidden")) return false;
    if (!place.matches(CONTROL)) place.tabIndex = -1;
    place.focus({ preventScroll: true });
    place.scrollIntoView({ block: "nearest" });
    return document.activeElement === place;
  }

  // --- what somebody is typing while something else is written

  // Each is kept whole, with the version of what it was opened for: newer values are told as ever.
  function unsentIn(place, request) {
    const isOther = (part) => !part.contains(request?.elt) && !(request?.elt.form && part.contains(request.elt.form));
    const rows = [...place.querySelectorAll("li.entry--open")].filter(isOther);
    const forms = [...place.querySelectorAll("form[id]")].filter((form) => isOther(form) && isUnsent(form));
    const at = focused();
    return [...rows, ...forms.filter((form) => !form.closest("li.entry--open"))].map((part) => () => putBack(part, at));
  }

  function isUnsent(part) {
    // What was refused came back as the form's own values, which nobody has changed since.
    const isRefused = part.querySelector(".errorlist, [role=alert]");
    return isRefused || [...part.querySelectorAll("input, select, textarea")].some(isChanged);
  }

  function isChanged(field) {
    if (field.matches("select")) {
      const first = [...field.options].find((option) => option.defaultSelected) || field.options[0];
      return Boolean(first) && !first.selected;
    }
    if (field.matches("[type=checkbox], [type=radio]")) return field.checked !== field.defaultChecked;
    return field.matches("input:not([type=hidden]), textarea") && field.value !== field.defaultValue;
  }

  function putBack(part, at) {
    const now = document.getElementById(part.id);
    if (!now) return sayDropped(part); // deleted in another window, or undone
    if (now.matches(".entry--open")) return;
    if (part.matches("li")) rows.set(part.id, now.cloneNode(true));
    now.replaceWith(part);
    htmx.process(part);
    if (part.contains(at)) at.focus({ preventScroll: true });
  }

  function sayDropped(part) {
    const place = document.getElementById("messages");
    if (!place || !isUnsent(part)) return;
    const line = document.createElement("p");
    line.className = "message message--warning";
    line.setAttribute("role", "alert");
    line.textContent = place.dataset.dropped;
    place.replaceChildren(line);
  }

  // --- a row that was opened to be changed

  function keepRow(target) {
    if (target?.matches("li.entry--open")) rows.delete(target.id); // it may be stored otherwise by now
    if (!target?.matches("li.entry[id]:not(.entry--open)")) return;
    const kept = target.cloneNode(true);
    for (const part of [kept, ...kept.querySelectorAll("*")]) part.classList.remove("htmx-request", "htmx-swapping");
    rows.set(target.id, kept);
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-cancel]");
    const row = link?.closest("li.entry[id]"); // not by its class: htmx gives that back only as it settles
    if (!row || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const kept = rows.get(row.id);
    if (!kept) return showAnew(link);
    rows.delete(row.id);
    row.replaceWith(kept);
    htmx.process(kept);
    land(controlOf(kept));
  });

  function showAnew(link) {
    const place = link.closest("#day, #dish");
    htmx.ajax("GET", link.pathname, { source: link, target: place, swap: "outerHTML" });
  }

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing || event.defaultPrevented) return;
    const forms = document.querySelectorAll("form:has([data-cancel])");
    const at = event.target.closest("form") || (!focused() && forms.length === 1 ? forms[0] : null);
    const link = at?.querySelector("[data-cancel]");
    if (!link) return;
    event.preventDefault();
    link.click();
  });

  // --- the way back to a page: its address says where

  // Not earlier: until then the browser itself goes to the place, and takes the focus from all.
  addEventListener("load", () => {
    if (focused()) return; // somebody is typing already
    const place = document.getElementById(location.hash.slice(1));
    if (place?.matches("li.entry")) land(controlOf(place));
    else if (place?.matches("#day, #dish")) land(landingOf(place));
  });
})();
