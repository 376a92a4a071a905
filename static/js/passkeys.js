// Passkeys: one question at a time, and a line beside the button if it fails.
"use strict";

// A second passkey for the same account replaces the first one on the device, and the site may
// already have stored that. So a button does nothing from the press until its question fails, and
// the question is prepared at the press: a page that was opened long ago knows no newer keys. Once
// a key has answered, the page is left.
const DOUBLE_PRESS_MS = 1000;
let pressed = null; // the button whose question is open
let pressedAt = 0;
let isPrepared = false;
let isAsked = false; // by the browser, not only by the press

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("#passkey_login, [id^=mfa_webauthn]");
  if (!button?.matches("button")) return;
  if (isPrepared && pressed === button) {
    isPrepared = false;
    return;
  }
  const isOpen = pressed !== null;
  if (isOpen || document.getElementById("js_data")) stop(event);
  if (isOpen) {
    if (event.timeStamp - pressedAt > DOUBLE_PRESS_MS) say("waiting");
    return;
  }
  document.getElementById("passkey-said")?.remove();
  [pressed, pressedAt] = [button, event.timeStamp];
  if (event.defaultPrevented) prepare(button);
}, true);

function stop(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

// On the page where one signs in, allauth itself asks for a fresh challenge at the press.
async function prepare(button) {
  const answer = await fetch(location.href).catch(() => null);
  if (answer?.redirected) return location.reload(); // signed out, or to be proved again
  const page = answer && new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page && page.getElementById("js_data");
  if (!fresh) return fail("failed");
  document.getElementById("js_data").textContent = fresh.textContent;
  isPrepared = true;
  button.click();
}

for (const way of ["get", "create"]) {
  const ask = navigator.credentials?.[way]?.bind(navigator.credentials);
  if (!ask) continue;
  navigator.credentials[way] = (...options) => {
    isAsked = true;
    return ask(...options);
  };
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault(); // it is said here
  fail(reasonOf(event.detail.exception));
});

function fail(reason) {
  say(reason);
  forget();
}

function say(reason) {
  const line = document.createElement("p");
  line.id = "passkey-said";
  line.className = `message${reason === "waiting" ? "" : " message--error"}`;
  line.setAttribute("role", "alert");
  line.textContent = document.getElementById("passkey-words").dataset[reason];
  document.getElementById("passkey-said")?.remove();
  pressed?.after(line);
  line.scrollIntoView({ block: "nearest" });
}

function forget() {
  pressed = null;
  isPrepared = isAsked = false;
}

function reasonOf(exception) {
  if (!window.PublicKeyCredential) return "unable";
  if (!isAsked) return "failed";
  return { NotAllowedError: "stopped", AbortError: "stopped", InvalidStateError: "known" }[exception.name] || "unable";
}

// Enter in the name of a new key presses its button: the form has nothing to send yet.
document.addEventListener("submit", (event) => {
  const button = event.target.querySelector("#mfa_webauthn_add");
  if (!button) return;
  event.preventDefault();
  button.click();
});

// Back to a page that the browser has kept: its question is over.
window.addEventListener("pageshow", ({ persisted }) => {
  if (persisted) forget();
});
