// The board's table as lists, for the arrow keys: rows of cells of items. A place is {row, column, index}.

/** Where an item is; null where it is in none of the cells. */
export function placeOf(rows, item) {
  for (const [row, cells] of rows.entries()) {
    for (const [column, items] of cells.entries()) {
      const index = items.indexOf(item);
      if (index >= 0) return { row, column, index };
    }
  }
  return null;
}

/** The item in the next cell of the row that has any: one that is alike, else the one at the same height. */
export function sideways(rows, { row, column, index }, step, isAlike) {
  const here = rows[row][column][index];
  for (let at = column + step; at >= 0 && at < rows[row].length; at += step) {
    const items = rows[row][at];
    if (items.length > 0) return items.find((item) => isAlike(item, here)) ?? items[Math.min(index, items.length - 1)];
  }
  return null;
}

/** The item above or below in the same cell, else the nearest one of the next rows in the same column. */
export function upOrDown(rows, { row, column, index }, step) {
  const here = rows[row][column][index + step];
  if (here) return here;
  for (let at = row + step; at >= 0 && at < rows.length; at += step) {
    const items = rows[at][column];
    if (items.length > 0) return step > 0 ? items[0] : items.at(-1);
  }
  return null;
}

const MOVES = {
  ArrowLeft: (rows, place, isAlike) => sideways(rows, place, -1, isAlike),
  ArrowRight: (rows, place, isAlike) => sideways(rows, place, 1, isAlike),
  ArrowUp: (rows, place) => upOrDown(rows, place, -1),
  ArrowDown: (rows, place) => upOrDown(rows, place, 1),
  Home: (rows, { row }) => rows[row].flat()[0],
  End: (rows, { row }) => rows[row].flat().at(-1),
};

/** Whether a key leads from item to item. */
export function isMove(key) {
  return Object.hasOwn(MOVES, key);
}

/** The item that such a key leads to from another; the same one where there is none in that direction. */
export function itemAt(key, rows, item, isAlike) {
  return MOVES[key](rows, placeOf(rows, item), isAlike) ?? item;
}
