// Where a dragged chip is, and what the frame around the board has to do about it. All lengths are pixels.

const NEAR = 6;
const EDGE = 40;
const STEP = 14;

/** Whether a pointer has left the place where it was pressed. */
export function isFar(from, to) {
  return Math.hypot(to.x - from.x, to.y - from.y) > NEAR;
}

/** How far the frame scrolls when the pointer is at height `y`: down near its lower edge in sight, up near the upper. */
export function scrollStep(y, { top, bottom }, windowHeight) {
  const down = y > Math.min(bottom, windowHeight) - EDGE ? STEP : 0;
  const up = y < Math.max(top, 0) + EDGE ? STEP : 0;
  return down - up;
}

/** The first box that reaches further than `margin` below the edge of what can be seen; -1 where none does. */
export function firstInSight(boxes, edge, margin) {
  return boxes.findIndex(({ bottom }) => bottom > Math.max(0, edge) + margin);
}
