// Where the arrow keys lead on a week grid.

/** Days and rows of a key's step. */
export const MOVES = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  PageUp: [0, -4],
  PageDown: [0, 4],
  Home: [-7, 0],
  End: [7, 0],
};

function within(value, low, high) {
  return Math.min(Math.max(value, low), high);
}

/** The cell at so many days and rows from another, held within a grid that shows `first` to `last` minute by `step`. */
export function destination({ day, start }, [days, rows], { first, last, step }) {
  return { day: within(day + days, 0, 6), start: within(start + rows * step, first, last - step) };
}
