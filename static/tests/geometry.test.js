import assert from "node:assert/strict";
import { test } from "node:test";
import { firstInSight, isFar, scrollStep } from "../scripts/desk/board/geometry.js";

test("a pointer that trembles has not left its place", () => {
  assert.equal(isFar({ x: 100, y: 100 }, { x: 104, y: 104 }), false);
  assert.equal(isFar({ x: 100, y: 100 }, { x: 105, y: 104 }), true);
});

test("near the edges of the frame in sight it scrolls, between them it does not", () => {
  const frame = { top: 200, bottom: 700 };
  assert.deepEqual(
    [239, 240, 660, 661].map((y) => scrollStep(y, frame, 900)),
    [-14, 0, 0, 14],
  );
});

test("where the frame reaches beyond the window, the window's edge counts", () => {
  const frame = { top: -300, bottom: 2000 };
  assert.deepEqual(
    [39, 40, 860, 861].map((y) => scrollStep(y, frame, 900)),
    [-14, 0, 0, 14],
  );
});

test("the first row in sight reaches below what the head covers", () => {
  const boxes = [{ bottom: 90 }, { bottom: 160 }, { bottom: 161 }, { bottom: 400 }];
  assert.equal(firstInSight(boxes, 100, 60), 2);
  assert.equal(firstInSight(boxes, -500, 60), 0);
  assert.equal(firstInSight(boxes, 400, 60), -1);
});
