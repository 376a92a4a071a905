// Passkeys: one question at a time, and what became of it in words.
"use strict";

// A second question uses up what the first one is about. A second passkey for the same account
// takes the place of the first on the device, while the site may already have stored the first.
// So a button stays barred from the press until its question has failed; once a key has answered,
// the page is left.
const TO_ASK_MS = 10_000; // from the press until the browser asks, on a slow line
let pressed = null;
let askedAt = null;
let isAsked = false;

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("#passkey_login, [id^=mfa_webauthn]");
  if (!button?.matches("button")) return;
  if (isAsked || (askedAt !== null && event.timeStamp - askedAt < TO_ASK_MS)) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  document.getElementById("passkey-said")?.remove();
  [pressed, askedAt] = [button, event.timeStamp];
}, true);

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
  const reason = reasonOf(event.detail.exception);
  [askedAt, isAsked] = [null, false];
  const line = document.createElement("p");
  [line.id, line.className, line.textContent] = ["passkey-said", "message message--error", wordsFor(reason)];
  line.setAttribute("role", "alert");
  document.getElementById("passkey-said")?.remove();
  pressed?.after(line);
  line.scrollIntoView({ block: "nearest" });
});

function reasonOf(exception) {
  if (!window.PublicKeyCredential) return "unable";
  if (!isAsked) return "failed";
  return { NotAllowedError: "stopped", AbortError: "stopped", InvalidStateError: "known" }[exception.name] || "unable";
}

const wordsFor = (reason) => document.getElementById("passkey-words").dataset[reason];

// Enter in the name of a new key means its button: the form alone has nothing to send yet.
document.addEventListener("submit", (event) => {
  const button = event.target.querySelector("#mfa_webauthn_add");
  if (!button) return;
  event.preventDefault();
  button.click();
});

// Back to a page that the browser has kept: whatever was asked there is over.
window.addEventListener("pageshow", ({ persisted }) => {
  if (persisted) [askedAt, isAsked] = [null, false];
});
