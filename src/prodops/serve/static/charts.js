// Draws every chart of the page from the Vega-Lite data that stands beside it. Colours are the page's own
// variables, so that dark, light and print need no second drawing. Nothing is fetched and nothing is eval'd.
(function () {
  "use strict";
  var SHEET = "680px";
  var quiet = vega.logger(vega.Error);
  var nothing = {
    load: function () { return Promise.reject(new Error("charts load nothing")); },
    sanitize: function () { return Promise.reject(new Error("charts link nowhere")); }
  };
  var series = [1, 2, 3, 4, 5, 6].map(function (n) { return "var(--series-" + n + ")"; });

  // The names of a forest's lines, broken in two where they are too long for their share of the width.
  function broken(spec, width) {
    var letters = Math.floor(labelWidth(width) / 6.6);
    spec.data.values.forEach(function (row) {
      if (row.place === undefined || row.label.length <= letters) { return; }
      var space = row.label.lastIndexOf(" ", letters), line = row.label.lastIndexOf("_", letters - 1);
      var cut = Math.max(space, line + 1);
      if (cut > 0) { row.label = row.label.slice(0, cut) + "\n" + row.label.slice(cut).trim(); }
    });
    return spec;
  }

  function labelWidth(width) { return Math.min(300, Math.round(width * (width < 520 ? 0.4 : 0.32))); }

  function config(width) {
    var narrow = width < 520;
    return {
      aria: false,
      lineBreak: "\n",
      background: null,
      font: "system-ui, sans-serif",
      view: { stroke: null },
      axis: {
        labelColor: "var(--ink)", titleColor: "var(--quiet)", gridColor: "var(--line)", domainColor: "var(--line)",
        tickColor: "var(--line)", labelFontSize: 12, titleFontSize: 12, titleFontWeight: "normal", titlePadding: 10
      },
      axisX: { tickCount: narrow ? 4 : 8, labelFlush: true, titleAnchor: narrow ? "end" : "middle" },
      axisY: { labelLimit: labelWidth(width), labelPadding: 8, tickCount: 5 },
      point: { color: "var(--series-1)" }, rule: { color: "var(--series-1)" }, text: { color: "var(--ink)", fontSize: 12 },
      range: { category: series }
    };
  }

  var tip = document.createElement("div");
  tip.className = "tip";
  tip.hidden = true;
  document.body.appendChild(tip);

  function told(handler, event, item, value) {
    tip.hidden = !value;
    if (!value) { return; }
    tip.textContent = value;
    tip.style.left = Math.max(8, Math.min(event.clientX + 12, window.innerWidth - tip.offsetWidth - 8)) + "px";
    tip.style.top = event.clientY + 16 + "px";
  }

  function draw(place) {
    var width = place.clientWidth;
    var spec = broken(JSON.parse(document.getElementById(place.dataset.spec).textContent), width);
    spec.config = config(width);
    if (place.view) { place.view.finalize(); }
    place.drawn = width;
    place.view = new vega.View(
      vega.parse(vegaLite.compile(spec, { logger: quiet }).spec, null, { ast: true }),
      {
        expr: vegaInterpreter.expressionInterpreter,
        loader: nothing,
        logger: quiet,
        renderer: "svg",
        container: place,
        tooltip: told
      }
    );
    place.view.run();
    place.querySelector("svg").setAttribute("aria-hidden", "true");  // the place itself says what it shows
    place.dataset.ready = "yes";
  }

  function placesIn(root) { return Array.prototype.slice.call(root.querySelectorAll(".chart[data-spec]")); }
  function redraw() {
    placesIn(document).forEach(function (place) { if (place.clientWidth !== place.drawn) { draw(place); } });
  }
  window.drawCharts = function (root) { placesIn(root).forEach(draw); };  // for what comes into the page later
  window.drawCharts(document);

  var waiting = 0;
  window.addEventListener("resize", function () {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(redraw, 150);
  });

  // A sheet is narrower than most screens: what was drawn for the screen would be scaled to tiny letters.
  window.addEventListener("beforeprint", function () {
    placesIn(document).forEach(function (place) { place.style.width = SHEET; });
    redraw();
  });
  window.addEventListener("afterprint", function () {
    placesIn(document).forEach(function (place) { place.style.width = ""; });
    redraw();
  });
})();
