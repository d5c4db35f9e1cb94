// Draws every chart of the page from the Vega-Lite data that stands beside it. Colours are the page's own
// variables, so that dark, light and print need no second drawing. Nothing is fetched and nothing is eval'd.
(function () {
  "use strict";
  var nothing = {
    load: function () { return Promise.reject(new Error("charts load nothing")); },
    sanitize: function () { return Promise.reject(new Error("charts link nowhere")); }
  };
  var series = [1, 2, 3, 4, 5, 6].map(function (n) { return "var(--series-" + n + ")"; });

  function config(width) {
    var narrow = width < 520;
    return {
      aria: false,
      background: null,
      font: "system-ui, sans-serif",
      view: { stroke: null },
      axis: {
        labelColor: "var(--ink)", titleColor: "var(--quiet)", gridColor: "var(--line)", domainColor: "var(--line)",
        tickColor: "var(--line)", labelFontSize: 12, titleFontSize: 12, titleFontWeight: "normal", titlePadding: 10
      },
      axisX: { tickCount: narrow ? 4 : 8, labelFlush: true },
      axisY: { labelLimit: Math.round(width * (narrow ? 0.42 : 0.3)), labelPadding: 8, tickCount: 5 },
      legend: { labelColor: "var(--ink)", labelFontSize: 12, orient: "bottom", columns: narrow ? 1 : 3, symbolType: "stroke", symbolStrokeWidth: 4, labelLimit: Math.round(width * 0.8) },
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
    var spec = JSON.parse(document.getElementById(place.dataset.spec).textContent);
    spec.config = config(width);
    if (place.view) { place.view.finalize(); }
    place.drawn = width;
    place.view = new vega.View(vega.parse(vegaLite.compile(spec, { logger: vega.logger(vega.Error) }).spec, null, { ast: true }), {
      expr: vegaInterpreter.expressionInterpreter,
      loader: nothing,
      logLevel: vega.Error,
      renderer: "svg",
      container: place,
      tooltip: told
    });
    place.view.runAsync().then(function () { place.dataset.ready = "yes"; });
  }

  var places = Array.prototype.slice.call(document.querySelectorAll(".chart[data-spec]"));
  places.forEach(draw);

  var waiting = 0;
  window.addEventListener("resize", function () {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(function () {
      places.forEach(function (place) { if (place.clientWidth !== place.drawn) { draw(place); } });
    }, 150);
  });
})();
