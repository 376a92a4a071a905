// Passkeys: one question at a time, and a line beside the button if it fails.
"use strict";

// A second question replaces the challenge that the first one is about. A second passkey for the
// same account replaces the first one on the device, and the site may already have stored that.
// So a button does nothing from the press until its question fails. Once a key has answered, the
// page is left.
let pressed = null; // the button whose question is open
let isAsked = false; // by the browser, not only by the press

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("#passkey_login, [id^=mfa_webauthn]");
  if (!button?.matches("button")) return;
  if (pressed) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  document.getElementById("passkey-said")?.remove();
  pressed = button;
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
  const line = document.createElement("p");
  line.id = "passkey-said";
  line.className = "message message--error";
  line.textContent = document.getElementById("passkey-words").dataset[reasonOf(event.detail.exception)];
  line.setAttribute("role", "alert");
  pressed?.after(line);
  line.scrollIntoView({ block: "nearest" });
  forget();
});

function forget() {
  pressed = null;
  isAsked = false;
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
