// Shows a page anew when a newer one was made. Without this script the banner's own link does it.
"use strict";
(() => {
  const SOON = 1000, LATER = 5000, SOON_TIMES = 60;
  const banner = document.querySelector("[data-renewed]");
  let times = 0;

  // Somebody who reads rows beside the page, or writes, is not interrupted: the banner says what is there.
  const busy = () => document.querySelector("dialog[open], :popover-open, main :is(input, textarea, select):focus");

  async function look() {
    let newer = false;
    try {
      const answer = await fetch(banner.dataset.renewed, { cache: "no-store" });
      newer = answer.status === 200;
      if (answer.redirected || answer.status > 204 && answer.status < 500) return;  // signed out, say
    } catch { /* the server is away; it is asked again */ }
    if (newer && !busy()) { location.reload(); return; }
    if (newer) banner.querySelector("p").firstChild.textContent = "A newer version of this page is there. ";
    times += 1;
    setTimeout(look, times < SOON_TIMES ? SOON : LATER);
  }
  if (banner) setTimeout(look, SOON);
})();
