// The marks of a map are one stop of the Tab key; arrow keys go from mark to mark, Enter opens one.

const DIRECTIONS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

function centre(mark) {
  const box = mark.querySelector("use").getBoundingClientRect();
  return [box.x + box.width / 2, box.y + box.height / 2];
}

/** The nearest mark that lies more along the direction than beside it. */
function next(marks, from, [right, down]) {
  const [x, y] = centre(from);
  let best = null;
  let least = Infinity;
  for (const mark of marks) {
    const [markX, markY] = centre(mark);
    const along = (markX - x) * right + (markY - y) * down;
    const beside = Math.abs((markX - x) * down) + Math.abs((markY - y) * right);
    if (mark !== from && along > 0 && beside <= along && along + beside < least) {
      best = mark;
      least = along + beside;
    }
  }
  return best;
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
