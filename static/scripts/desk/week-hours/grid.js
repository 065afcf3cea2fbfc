// The grid's elements: a heading for each day, a heading and seven cells for each step of time.

import { clock } from "./hours.js";

function create(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

function heading(role, text, label, data) {
  const button = create("button", { type: "button", "aria-label": label, tabindex: "-1" }, text);
  Object.assign(button.dataset, data);
  return create("span", { role }, button);
}

function headRow(days, words) {
  const corner = create("span", { role: "columnheader" }, create("span", { class: "visually-hidden" }, words.time));
  const headings = days.map(({ name, short }, day) => heading("columnheader", short, name, { day }));
  return create("div", { role: "row" }, corner, ...headings);
}

function cell(day, start) {
  const hour = start % 60 === 0 ? "hour full-hour" : "hour";
  const element = create("div", { role: "gridcell", class: hour, tabindex: "-1" });
  element.dataset.day = day;
  element.dataset.start = start;
  return element;
}

function timeRow(days, start) {
  const head = heading("rowheader", clock(start), clock(start), { start });
  head.classList.add(start % 60 === 0 ? "full-hour" : "between");
  return create("div", { role: "row" }, head, ...days.map((_, day) => cell(day, start)));
}

/**
 * Build the grid.
 * @param {{name: string, short: string}[]} days names of the seven days
 * @param {number[]} starts first minute of every row
 * @param {{grid: string, time: string}} words
 * @returns {{root: HTMLElement, cellAt: (day: number, start: number) => HTMLElement}}
 */
export function buildGrid(days, starts, words) {
  const root = create(
    "div",
    { role: "grid", class: "hours-grid", "aria-label": words.grid, "aria-multiselectable": "true" },
    headRow(days, words),
    ...starts.map((start) => timeRow(days, start)),
  );
  const cells = new Map();
  for (const element of root.querySelectorAll(".hour")) {
    cells.set(`${element.dataset.day} ${element.dataset.start}`, element);
  }
  return { root, cellAt: (day, start) => cells.get(`${day} ${start}`) };
}

/** A button of the editor's tool row. */
export function toolButton(text) {
  return create("button", { type: "button", class: "button secondary" }, text);
}
