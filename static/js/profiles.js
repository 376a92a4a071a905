// Fill in the time zone that the browser lives in, where nobody has chosen one yet.
"use strict";
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || "";
for (const field of document.querySelectorAll("[data-detect-zone]")) {
  const known = field.tagName !== "SELECT" || [...field.options].some((option) => option.value === zone);
  if (known) field.value = zone;
}
