// The curve of the best cost while a plan is made, with the proven lower bound. Redrawn in place when htmx brings new points.

/*! uPlot, Copyright (c) 2025 Leon Sorokin, MIT License, https://github.com/leeoniya/uPlot */

import uPlot from "uplot";

const charts = new Map();

function colours(element) {
  const style = getComputedStyle(element);
  return (name) => style.getPropertyValue(name).trim();
}

function clock(_, seconds) {
  return seconds.map((second) => `${Math.floor(second / 60)}:${String(second % 60).padStart(2, "0")}`);
}

function options(element, words) {
  const colour = colours(element);
  const font = `${getComputedStyle(element).fontSize} ${getComputedStyle(element).fontFamily}`;
  const axis = { font, stroke: colour("--ink-soft"), grid: { stroke: colour("--line"), width: 1 } };
  const value = (_, number) => (number == null ? "–" : Math.round(number).toLocaleString());
  // Steps, because the cost stays the same until a better plan is found.
  const line = { width: 2, paths: uPlot.paths.stepped({ align: 1 }), points: { show: false }, value };
  return {
    width: element.clientWidth,
    height: element.clientHeight - 40,
    scales: { x: { time: false } },
    axes: [
      { ...axis, values: clock, incrs: [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600] },
      { ...axis, size: 72 },
    ],
    series: [
      { label: words.time, value: (_, second) => (second == null ? "–" : clock(_, [Math.round(second)])[0]) },
      { ...line, label: words.cost, stroke: colour("--curve"), fill: colour("--curve-fill") },
      { ...line, label: words.bound, stroke: colour("--bound"), dash: [6, 4] },
    ],
  };
}

function makeChart(element, points, words) {
  const chart = new uPlot(options(element, words), points, element);
  new ResizeObserver(() => {
    const frame = chart.root.parentElement;
    if (frame?.clientWidth) chart.setSize({ width: frame.clientWidth, height: frame.clientHeight - 40 });
  }).observe(element);
  return chart;
}

/** Draw the points of an element; an element with the same id as one before takes over its chart. */
export function drawCostChart(element, words) {
  const points = JSON.parse(element.dataset.points);
  const known = charts.get(element.id);
  if (known) {
    element.append(known.root);
    known.setData(points);
  } else {
    charts.set(element.id, makeChart(element, points, words));
  }
}
