// Passkeys: one question at a time, and a line beside the button if it fails.
"use strict";

(() => {
  // A second passkey for the same account replaces the first one on the device, and the site may
  // already have stored that. So a button does nothing from the press until its question fails, one
  // tab asks at a time, and the question is prepared at the press: a page that was opened long ago
  // knows neither newer keys nor who is signed in now. Once a key has answered, the page is left.
  const DOUBLE_PRESS_MS = 1000;
  let pressed = null; // the button whose question is open
  let pressedAt = 0;
  let isPrepared = false;
  let isAsked = false; // by the browser, not only by the press
  let endTurn = () => {};

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("#passkey_login, [id^=mfa_webauthn]");
    if (!button?.matches("button")) return;
    if (isPrepared && pressed === button) {
      isPrepared = false;
      return;
    }
    const isOpen = pressed !== null;
    const data = document.getElementById("js_data"); // where one signs in, allauth asks for it at the press
    if (isOpen || data) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
    if (isOpen) {
      if (event.timeStamp - pressedAt > DOUBLE_PRESS_MS) say("waiting");
      return;
    }
    document.getElementById("passkey-said")?.remove();
    [pressed, pressedAt] = [button, event.timeStamp];
    if (data) prepare(button, data);
  }, true);

  async function prepare(button, data) {
    if (!await takeTurn()) return fail("elsewhere");
    try {
      await prepareAnew(button, data);
    } catch {
      fail("failed"); // no answer, one that breaks off, or another page
    }
  }

  async function prepareAnew(button, data) {
    const answer = await fetch(location.href, { signal: AbortSignal.timeout(20_000) });
    if (answer.redirected) return location.reload(); // signed out, or to be proved again
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("js_data");
    if (ownerIn(fresh) !== ownerIn(data)) return location.reload(); // another account is signed in
    const token = page.querySelector("[name=csrfmiddlewaretoken]").value; // a new one since each sign-in
    data.textContent = fresh.textContent;
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
    isPrepared = true;
    button.click();
  }

  const ownerIn = (data) => JSON.parse(data.textContent).creation_options?.publicKey.user.id;

  // The turn ends with the failure, or with the page.
  function takeTurn() {
    if (!navigator.locks) return true;
    return new Promise((resolve) => {
      navigator.locks.request("passkey", { ifAvailable: true }, (turn) => {
        resolve(turn !== null);
        return turn && new Promise((end) => { endTurn = end; });
      });
    });
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
    endTurn();
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
})();
