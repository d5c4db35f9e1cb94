// Rows behind a number open beside the page, under an address that can be sent: ?behind= what they are asked by.
// Without this script the link leads to the same rows as a page.
"use strict";
(() => {
  const drawer = document.getElementById("drawer");
  if (!drawer) return;
  const inside = drawer.querySelector(".inside");
  const title = drawer.querySelector("#drawer-title");
  const waiting = drawer.querySelector("template");
  const whole = drawer.querySelector("[data-whole]");
  const CHARTS = ["vendor/vega.min.js", "vendor/vega-lite.min.js", "vendor/vega-interpreter.js", "charts.js"];

  function rows(address) {  // the address of rows from that of the page beside which they stand
    const given = new URL(address, location.href).searchParams;
    if (!given.get("behind")) return "";
    const asked = new URLSearchParams({ of: given.get("behind") });
    if (given.get("from")) asked.set("offset", given.get("from"));
    return `/evidence?${asked}`;
  }

  function beside(link) {  // the address of this page with the rows of a link beside it
    const asked = new URL(link, location.href).searchParams;
    const here = new URL(location.href);
    here.searchParams.set("behind", asked.get("of"));
    here.searchParams.delete("from");
    if (asked.get("offset")) here.searchParams.set("from", asked.get("offset"));
    return here;
  }

  function fetched(name) {
    return new Promise((done, failed) => {
      const script = document.createElement("script");
      Object.assign(script, { src: `/static/${name}`, onload: done, onerror: failed });
      document.head.append(script);
    });
  }

  async function draw() {
    if (!inside.querySelector(".chart[data-spec]")) return;
    if (!window.drawCharts) for (const name of CHARTS) await fetched(name);
    window.drawCharts(inside);
  }

  async function show() {
    const address = rows(location.href);
    if (!address) return void (drawer.open && drawer.close());
    whole.href = address;
    title.textContent = "Evidence";
    inside.setAttribute("aria-busy", "true");
    if (!inside.firstElementChild) inside.append(waiting.content.cloneNode(true));
    if (!drawer.open) drawer.showModal();
    await htmx.ajax("GET", address, { target: inside });
    inside.setAttribute("aria-busy", "false");
    inside.scrollTop = 0;
    const heading = inside.querySelector("h1");
    if (heading) { title.textContent = heading.textContent; heading.remove(); }
    title.focus();
    await draw();
    const later = inside.querySelector("[data-again]");
    if (later) setTimeout(() => drawer.open && show(), 1000 * later.dataset.again);
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="/evidence?"]');
    if (!link || link === whole || event.defaultPrevented || event.button || link.target) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (!new URL(link.href).searchParams.get("of")) return;
    event.preventDefault();
    history.pushState({ deep: (history.state?.deep || 0) + 1 }, "", beside(link.href));
    show();
  });

  drawer.addEventListener("close", () => {
    inside.replaceChildren();
    if (!rows(location.href)) return;
    if (history.state?.deep) return history.go(-history.state.deep);
    const here = new URL(location.href);
    here.searchParams.delete("behind");
    here.searchParams.delete("from");
    history.replaceState(null, "", here);
  });

  window.addEventListener("popstate", show);
  show();
})();
