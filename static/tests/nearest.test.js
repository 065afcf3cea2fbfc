import assert from "node:assert/strict";
import { test } from "node:test";
import { DIRECTIONS, nearest } from "../scripts/desk/plan-map/nearest.js";

const HERE = { x: 0, y: 0 };

test("each key leads to what lies in its direction", () => {
  const points = [
    { x: 10, y: 0 },
    { x: -10, y: 0 },
    { x: 0, y: 10 },
    { x: 0, y: -10 },
  ];
  const reached = Object.entries(DIRECTIONS).map(([key, direction]) => [key, nearest(points, HERE, direction)]);
  assert.deepEqual(Object.fromEntries(reached), { ArrowRight: 0, ArrowLeft: 1, ArrowDown: 2, ArrowUp: 3 });
});

test("what lies more beside than along is left out, and straight ahead wins", () => {
  const points = [
    { x: 5, y: 6 },
    { x: 8, y: 7 },
    { x: 12, y: 1 },
  ];
  assert.equal(nearest(points, HERE, DIRECTIONS.ArrowRight), 2);
  assert.equal(nearest(points.slice(0, 2), HERE, DIRECTIONS.ArrowRight), 1);
  assert.equal(nearest(points.slice(0, 1), HERE, DIRECTIONS.ArrowRight), -1);
});

test("a point in the same place is in no direction", () => {
  assert.equal(nearest([HERE], HERE, DIRECTIONS.ArrowUp), -1);
});
