// What every page needs: "/" finds the food box, and what htmx swapped in is said aloud.
"use strict";

document.addEventListener("keydown", (event) => {
  const typing = /^(input|textarea|select)$/i.test(event.target.tagName);
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const box = document.getElementById("q");
  if (!box) return;
  event.preventDefault();
  box.focus();
});

document.addEventListener("htmx:afterSettle", () => {
  const said = document.querySelector("[data-said]:not([data-said=done])");
  const live = document.getElementById("live");
  if (said && live) {
    live.textContent = said.textContent;
    said.dataset.said = "done";
  }
});

// What was wrong with an answer is said no longer once the answer changes.
document.addEventListener("input", ({ target }) => {
  const place = target.id === "q" ? document.getElementById("problems") : target.closest(".field");
  for (const list of place?.querySelectorAll(".errorlist") ?? []) list.remove();
  target.removeAttribute("aria-invalid");
  if (target.id === "q" || target.id === "slot") dropQuestion(); // it is about another food or meal
});

function dropQuestion() {
  const question = document.querySelector("#problems:has(button)");
  if (!question) return;
  question.replaceChildren();
  question.removeAttribute("class");
  question.removeAttribute("role");
}

// A key for each press of a button: what is sent twice is kept once. A press that got no answer
// keeps its key, so that trying again is safe, and so does a second press on the way.
const KEY = "client_uuid";
const unanswered = new WeakMap();

function keyFor(button) {
  if (!unanswered.has(button)) unanswered.set(button, newKey());
  return unanswered.get(button);
}

function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

const pressedIn = (event, element) => event?.submitter ?? element;

document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (detail.formData?.has(KEY)) detail.formData.set(KEY, keyFor(pressedIn(detail.triggeringEvent, detail.elt)));
});

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const isAnswered = detail.xhr?.status > 0 && detail.xhr.status < 500;
  if (isAnswered) unanswered.delete(pressedIn(detail.requestConfig?.triggeringEvent, detail.elt));
});

document.addEventListener("submit", (event) => {
  const field = event.target.elements[KEY];
  if (field && !event.defaultPrevented) field.value = keyFor(pressedIn(event, event.target));
});

// Back to a page that the browser has kept: a press there is a new one.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const button of document.querySelectorAll("button, form")) unanswered.delete(button);
});

// Other colours in place: a page that is loaded anew loses what was typed on it.
document.addEventListener("submit", async (event) => {
  const { target: form, submitter } = event;
  if (!form.matches(".theme-form") || !submitter) return;
  event.preventDefault();
  const body = new FormData(form, submitter);
  const answer = await fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => null);
  if (answer?.type !== "opaqueredirect") return location.reload(); // signed out, or no answer: the browser says why
  if (submitter.value === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = submitter.value;
  for (const button of form.elements.theme) button.ariaPressed = String(button === submitter);
});

// The second half of a double tap is not meant for what the first has put under the finger.
const ONE_TAP_MS = 700;
const SAME_PLACE_PX = 30;
let tap = null;

document.addEventListener("click", (event) => {
  const target = event.target.closest?.("button, a[href], summary");
  if (!target) return;
  const isPointer = event.detail > 0; // else a key was pressed, or a script did it
  const isNear = isPointer && tap && Math.hypot(event.clientX - tap.x, event.clientY - tap.y) < SAME_PLACE_PX;
  if (target.dataset.done || (isNear && event.timeStamp - tap.at < ONE_TAP_MS && target !== tap.target)) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  if (isPointer) tap = { target, x: event.clientX, y: event.clientY, at: event.timeStamp };
}, true);

// What was done is not offered again while its new version is on the way.
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const button = detail.requestConfig?.triggeringEvent?.submitter;
  if (detail.successful && button?.isConnected && button.closest("#next")) button.dataset.done = "true";
});

for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, (event) => {
    const place = document.getElementById("messages");
    if (!place) return;
    const isTyping = document.activeElement?.id === "q";
    const line = document.createElement("p");
    line.className = "message message--error";
    line.setAttribute("role", "alert");
    const reason = reasonOf(event.detail);
    line.textContent = place.dataset[reason] || "";
    if (reason === "unsure") lookAgain();
    for (const old of document.querySelectorAll("[data-lost]")) old.remove();
    line.dataset.lost = "";
    const beside = isTyping && document.getElementById("problems");
    (beside || place).replaceChildren(line);
    if (beside) return; // the box stays in sight, above a phone's keyboard
    place.scrollIntoView({ block: "nearest" });
    if (event.detail.requestConfig?.verb === "get" && !event.detail.elt.matches("a")) return; // nobody pressed it
    line.tabIndex = -1; // else the focus stays at what was pressed, which may be out of sight now
    line.focus({ preventScroll: true });
  });
}

// What failed is no news once something has worked.
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (!detail.successful) return;
  for (const line of document.querySelectorAll("#messages .message--error[role=alert], [data-lost]")) line.remove();
});

function reasonOf({ xhr, requestConfig }) {
  const status = xhr?.status;
  if (!status) return requestConfig?.verb === "get" || sentOffline.has(xhr) ? "failed" : "unsure";
  if (status >= 500) return "broken";
  return { 404: "gone", 429: "busy" }[status] || "refused";
}

// What is sent while there is no connection surely does not arrive; of what is lost later only the
// answer may be lost.
const sentOffline = new WeakSet();

document.addEventListener("htmx:beforeSend", ({ detail }) => {
  if (!navigator.onLine) sentOffline.add(detail.xhr);
});

// Show what is stored as soon as the server can be reached. Forms that were begun stay (focus.js).
const LOOK_AGAIN_MS = [1000, 4000, 15000, 60000];

async function lookAgain(tries = [...LOOK_AGAIN_MS]) {
  if (!tries.length) return;
  await new Promise((resolve) => setTimeout(resolve, tries.shift()));
  const place = document.querySelector("#day, #dish");
  if (!document.querySelector("[data-lost]") || !place) return;
  if (place.querySelector(".entry--open")) return lookAgain(tries); // whether it was saved is the question
  const isThere = await fetch(location.href, { method: "HEAD" }).then(({ ok }) => ok, () => false);
  if (!isThere) return lookAgain(tries);
  htmx.ajax("GET", location.pathname + location.search, { source: place, target: place, swap: "outerHTML" });
}
