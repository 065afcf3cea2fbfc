// Which mark of a map an arrow key leads to.

/** Steps to the right and down, by the key's name. */
export const DIRECTIONS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

/** The number of the nearest point that lies more along the direction than beside it; -1 where there is none. */
export function nearest(points, from, [right, down]) {
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  for (const [number, { x, y }] of points.entries()) {
    const along = (x - from.x) * right + (y - from.y) * down;
    const beside = Math.abs((x - from.x) * down) + Math.abs((y - from.y) * right);
    if (along > 0 && beside <= along && along + beside < least) {
      best = number;
      least = along + beside;
    }
  }
  return best;
}
