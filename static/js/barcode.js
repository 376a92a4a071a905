// Read a barcode with the camera, where the browser can: the number goes into the form.
"use strict";

(() => {
  const BETWEEN_LOOKS_MS = 200;
  const FORMATS = ["ean_13", "ean_8", "upc_a", "upc_e", "itf"];
  const form = document.getElementById("barcode-form");
  const scan = document.getElementById("scan");
  if (!form || !("BarcodeDetector" in window) || !navigator.mediaDevices) return;

  const camera = document.getElementById("camera");
  const view = document.getElementById("view");
  const said = document.getElementById("scan-said");
  let stream = null;

  scan.hidden = false;
  document.getElementById("scan-note").hidden = false;
  scan.addEventListener("click", start);
  document.getElementById("scan-stop").addEventListener("click", () => { stop(); scan.focus(); });
  window.addEventListener("pagehide", stop);

  async function start() {
    scan.hidden = true;
    try {
      const known = await BarcodeDetector.getSupportedFormats();
      const formats = FORMATS.filter((format) => known.includes(format));
      const detector = new BarcodeDetector({ formats });
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      camera.hidden = false;
      view.srcObject = stream;
      await view.play();
      said.textContent = said.dataset.looking;
      look(detector);
    } catch {
      stop();
      said.textContent = said.dataset.refused;
    }
  }

  async function look(detector) {
    if (!stream) return;
    const found = await detector.detect(view).catch(() => []); // no picture yet
    const code = found.find(isWhole)?.rawValue;
    if (!code || !stream) {
      setTimeout(() => look(detector), BETWEEN_LOOKS_MS);
      return;
    }
    stop();
    form.elements.code.value = code;
    said.textContent = `${said.dataset.found} ${code}`;
    form.requestSubmit();
  }

  function stop() {
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = null;
    view.srcObject = null;
    camera.hidden = true;
    scan.hidden = false;
    said.textContent = "";
  }

  // A blurred picture gives wrong digits: only a number whose last digit fits is taken. That of a
  // UPC-E belongs to its long form; the bars themselves say it again.
  function isWhole({ rawValue: code, format }) {
    if (!/^(\d{8}|\d{12,14})$/.test(code)) return false;
    if (format === "upc_e" && code.length === 8) return true;
    const digits = [...code].reverse().map(Number);
    return digits.reduce((sum, digit, place) => sum + digit * (place % 2 ? 3 : 1), 0) % 10 === 0;
  }
})();
