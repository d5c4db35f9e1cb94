// Ctrl and Enter send the form from any field; without this script its button does the same.
"use strict";
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  document.querySelector(".decide form").requestSubmit();
});
