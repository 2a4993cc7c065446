// Draws a chart above every table of a trend, from the numbers in the table itself, so that without this script, or for
// somebody who cannot see it, the table says the same. A row: <time datetime>, then data-value, data-low, data-high.
(function () {
  "use strict";
  const style = getComputedStyle(document.documentElement);
  const color = (name) => style.getPropertyValue(name).trim();

  function draw(figure) {
    const rows = [...figure.querySelectorAll("tbody tr")].filter((row) => row.querySelector("[data-value]"));
    if (rows.length < 2) return;
    const number = (row, name) => {
      const text = row.querySelector("[data-value]").dataset[name];
      return text === undefined || text === "" ? null : Number(text);
    };
    const times = rows.map((row) => Date.parse(row.querySelector("time").dateTime) / 1000);
    const data = [times, ...["low", "high", "value"].map((name) => rows.map((row) => number(row, name)))];
    const ink = figure.dataset.tone === "helps" ? "--help" : "--hurt";
    const place = document.createElement("div");
    place.className = "chart";
    place.setAttribute("role", "img");
    place.setAttribute("aria-label", figure.querySelector("caption").textContent + ". The table below says the same.");
    figure.prepend(place);
    const axis = { stroke: color("--soft"), grid: { stroke: color("--line"), width: 1 }, font: "15px system-ui", ticks: { show: false } };
    const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
    const dates = { ...axis, space: 90, values: (u, splits) => splits.map((t) => day.format(new Date(t * 1000))) };
    const chart = new uPlot({
      width: place.clientWidth,
      height: 220,
      legend: { show: false },
      cursor: { show: false },
      scales: { y: { range: (u, low, high) => [0, Math.max(high, 1) * 1.1] } },
      axes: [dates, { ...axis, size: 46 }],
      bands: [{ series: [2, 1], fill: color("--line") }],
      series: [
        {},
        { stroke: "transparent", points: { show: false } },
        { stroke: "transparent", points: { show: false } },
        { stroke: color(ink), width: 3, points: { show: true, size: 9, fill: color(ink) }, spanGaps: true },
      ],
    }, data, place);
    new ResizeObserver(() => chart.setSize({ width: place.clientWidth, height: 220 })).observe(place);
  }

  document.querySelectorAll("figure[data-chart]").forEach(draw);
})();
