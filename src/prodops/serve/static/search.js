// Arrow keys go from the field to what was found and back; Escape goes back to the field. Enter in the field
// opens the first that was found, where the question is still the one that was asked.
"use strict";
(() => {
  const field = document.getElementById("q");
  const hits = [...document.querySelectorAll(".hits a")];
  if (!field) return;
  const order = [field, ...hits];
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const here = order.indexOf(document.activeElement);
    if (event.key === "Enter" && here === 0 && hits.length && field.value && field.value === field.defaultValue) {
      hits[0].click();
      event.preventDefault();
      return;
    }
    if (event.key === "Escape" && here > 0) {
      field.focus();
      field.select();
      event.preventDefault();
      return;
    }
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (!step || here < 0) return;
    const next = order[here + step];
    if (next) {
      next.focus();
      event.preventDefault();
    }
  });
})();
