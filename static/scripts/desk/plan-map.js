// The marks of a map are one stop of the Tab key; arrow keys go from mark to mark, Enter opens one.

import { DIRECTIONS, nearest } from "./plan-map/nearest.js";

function centre(mark) {
  const box = mark.querySelector("use").getBoundingClientRect();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** The nearest mark that lies more along the direction than beside it. */
function next(marks, from, direction) {
  const others = marks.filter((mark) => mark !== from);
  return others[nearest(others.map(centre), centre(from), direction)];
}

/** @param {SVGElement} map a drawing whose marks are links */
export function startPlanMap(map) {
  const marks = [...map.querySelectorAll("a.mark")];
  let current = marks[0];
  current?.setAttribute("tabindex", "0");

  map.addEventListener("focusin", (event) => {
    const mark = event.target.closest("a.mark");
    if (!mark || mark === current) return;
    current.setAttribute("tabindex", "-1");
    mark.setAttribute("tabindex", "0");
    current = mark;
  });

  map.addEventListener("keydown", (event) => {
    const direction = DIRECTIONS[event.key];
    const mark = direction && next(marks, current, direction);
    if (!mark) return;
    event.preventDefault();
    mark.focus();
  });
}
