// One key answers a block; without this script the buttons do the same.
"use strict";
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target instanceof HTMLInputElement) return;
  const key = event.key.toLowerCase();
  const button = [...document.querySelectorAll("button[data-key]")].find((one) => one.dataset.key === key);
  if (button) {
    event.preventDefault();
    button.click();
  }
});
