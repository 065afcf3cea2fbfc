import assert from "node:assert/strict";
import { test } from "node:test";
import { destination, MOVES } from "../scripts/desk/week-hours/moves.js";

const GRID = { first: 420, last: 1320, step: 30 };
const from = { day: 3, start: 600 };

test("arrow keys go by one, page keys by four rows, home and end to the first and last day", () => {
  const reached = Object.entries(MOVES).map(([key, move]) => [key, destination(from, move, GRID)]);
  assert.deepEqual(Object.fromEntries(reached), {
    ArrowUp: { day: 3, start: 570 },
    ArrowDown: { day: 3, start: 630 },
    ArrowLeft: { day: 2, start: 600 },
    ArrowRight: { day: 4, start: 600 },
    PageUp: { day: 3, start: 480 },
    PageDown: { day: 3, start: 720 },
    Home: { day: 0, start: 600 },
    End: { day: 6, start: 600 },
  });
});

test("nothing leads out of the grid", () => {
  const corners = [
    { day: 0, start: 420 },
    { day: 6, start: 1290 },
  ];
  for (const corner of corners) {
    for (const move of Object.values(MOVES)) {
      const { day, start } = destination(corner, move, GRID);
      assert.ok(day >= 0 && day <= 6);
      assert.ok(start >= GRID.first && start <= GRID.last - GRID.step);
    }
  }
});
