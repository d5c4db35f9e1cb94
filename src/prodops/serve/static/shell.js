// Keys, dialogs and toasts of every page. Without this script each link and form does the same by itself.
"use strict";
(() => {
  const OFF = "prodops-keys-off", PATIENCE = 1500;
  let waiting = 0;  // until when a letter after g goes somewhere, in milliseconds of the clock

  const typing = (one) => one instanceof HTMLElement &&
    (one.isContentEditable || one.matches("textarea, select, input:not([type=radio], [type=checkbox])"));
  const kept = (key) => { try { return localStorage.getItem(key); } catch { return null; } };

  function open(id) {
    const dialog = document.getElementById(id);
    if (dialog instanceof HTMLDialogElement && !dialog.open) dialog.showModal();
  }

  function find() {
    const field = document.getElementById("find");
    if (!field) return false;
    const rail = document.getElementById("rail");
    if (getComputedStyle(rail).position === "fixed" && !rail.matches(":popover-open")) rail.showPopover();
    field.focus();
    field.select();
    return true;
  }

  function go(key) {
    const link = [...document.querySelectorAll("a[data-go]")].find((one) => one.dataset.go === key);
    if (link) link.click();
    return Boolean(link);
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || kept(OFF)) return;
    if (typing(event.target) || document.querySelector("dialog[open]")) return;
    if (document.querySelector(`button[data-key="${CSS.escape(event.key.toLowerCase())}"]`)) return;
    const after = Date.now() < waiting;
    waiting = 0;
    let done = false;
    if (after) done = go(event.key.toLowerCase());
    else if (event.key === "/") done = find();
    else if (event.key === "?") { open("keys"); done = true; }
    else if (event.key === "g") waiting = Date.now() + PATIENCE;
    if (done) event.preventDefault();
  });

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener) open(opener.dataset.opens);
    const closer = event.target.closest("[data-close]");
    if (closer) {
      const dialog = closer.closest("dialog");
      if (dialog) dialog.close();
      else closer.closest(".toast")?.remove();
    }
    if (event.target instanceof HTMLDialogElement && event.target.open) event.target.close();  // beside it
  });

  document.addEventListener("change", (event) => {
    if (!event.target.matches("[data-keys]")) return;
    try { event.target.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "yes"); } catch { /* not kept */ }
  });
  const box = document.querySelector("[data-keys]");
  if (box) box.checked = !kept(OFF);
})();
