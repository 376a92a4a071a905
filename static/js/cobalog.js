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
  const said = document.querySelector("[data-said]");
  const live = document.getElementById("live");
  if (said && live && said.dataset.said !== "done") {
    live.textContent = said.textContent;
    said.dataset.said = "done";
  }
});

for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, (event) => {
    const place = document.getElementById("messages");
    if (!place) return;
    const line = document.createElement("p");
    line.className = "message message--error";
    line.setAttribute("role", "alert");
    line.textContent = place.dataset[reasonOf(event.detail.xhr?.status)] || "";
    place.replaceChildren(line);
    place.scrollIntoView({ block: "nearest" });
  });
}

function reasonOf(status) {
  if (!status) return "failed"; // no answer came
  if (status >= 500) return "broken";
  return { 404: "gone", 429: "busy" }[status] || "refused";
}
