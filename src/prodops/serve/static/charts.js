// Draws every chart of the page from the Vega-Lite data that stands beside it, in the page's own colours.
(function () {
  "use strict";
  function draw() {
    var dark = window.matchMedia("(prefers-color-scheme: dark)").matches && !window.matchMedia("print").matches;
    var ink = dark ? "#e7ebf0" : "#1b2430", quiet = dark ? "#a7b2c0" : "#566273", line = dark ? "#323b48" : "#dfe3e8";
    var config = {
      background: "transparent",
      font: "system-ui, sans-serif",
      axis: { labelColor: ink, titleColor: quiet, gridColor: line, domainColor: line, tickColor: line, labelFontSize: 12, titleFontSize: 12, titleFontWeight: "normal" },
      legend: { labelColor: ink, titleColor: quiet, labelFontSize: 12 },
      view: { stroke: null },
      point: { color: dark ? "#7db4f0" : "#1f5fa8" }, rule: { color: dark ? "#7db4f0" : "#1f5fa8" },
      range: { category: dark ? ["#7db4f0", "#f0b06a", "#8fd19e", "#e79ac0", "#c9b6f2", "#d9d37a"]
                              : ["#1f5fa8", "#b45f06", "#2e7d4f", "#a33b74", "#6a4fb3", "#7a7310"] }
    };
    document.querySelectorAll(".chart[data-spec]").forEach(function (place) {
      var spec = JSON.parse(document.getElementById(place.dataset.spec).textContent);
      spec.config = config;
      window.vegaEmbed(place, spec, { actions: false, renderer: "svg" }).then(function () {
        place.setAttribute("aria-hidden", "true");
      });
    });
  }
  draw();
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
})();
