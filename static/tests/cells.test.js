import assert from "node:assert/strict";
import { test } from "node:test";
import { isMove, itemAt, placeOf } from "../scripts/desk/board/cells.js";

// Items are "time kind"; two are alike when they begin at the same time.
const ROWS = [
  [["9 a", "10 b"], [], ["8 c", "10 d"]],
  [[], [], []],
  [["9 e"], ["11 f"], []],
];
const isAlike = (one, other) => one.split(" ")[0] === other.split(" ")[0];
const press = (key, item) => itemAt(key, ROWS, item, isAlike);

test("an item is found by row, column and its number in the cell", () => {
  assert.deepEqual(placeOf(ROWS, "10 d"), { row: 0, column: 2, index: 1 });
  assert.equal(placeOf(ROWS, "12 x"), null);
});

test("sideways goes past empty cells to what begins at the same time", () => {
  assert.equal(press("ArrowRight", "10 b"), "10 d");
  assert.equal(press("ArrowLeft", "10 d"), "10 b");
});

test("where nothing begins at the same time, sideways stays at the same height", () => {
  assert.equal(press("ArrowRight", "9 a"), "8 c");
  assert.equal(press("ArrowRight", "9 e"), "11 f");
});

test("up and down go through a cell, then to the nearest row that has something in the column", () => {
  assert.equal(press("ArrowDown", "9 a"), "10 b");
  assert.equal(press("ArrowDown", "10 b"), "9 e");
  assert.equal(press("ArrowUp", "9 e"), "10 b");
});

test("at an edge the item itself is answered", () => {
  for (const [key, item] of [
    ["ArrowUp", "9 a"],
    ["ArrowLeft", "9 a"],
    ["ArrowDown", "11 f"],
    ["ArrowRight", "11 f"],
  ]) {
    assert.equal(press(key, item), item);
  }
});

test("home and end are the first and last item of the row", () => {
  assert.deepEqual([press("Home", "8 c"), press("End", "9 a")], ["9 a", "10 d"]);
});

test("other keys lead nowhere, not even those named as what every object has", () => {
  assert.deepEqual(["ArrowUp", "Enter", "a", "constructor"].map(isMove), [true, false, false, false]);
});
