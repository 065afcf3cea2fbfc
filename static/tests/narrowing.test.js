import assert from "node:assert/strict";
import { test } from "node:test";
import { holds, runsOf } from "../scripts/desk/narrowing.js";

test("labels are compared without blanks around what was typed and whatever the case", () => {
  assert.deepEqual(
    [
      ["Yuelin Library", " LIB "],
      ["岳林街道图书馆", "图书"],
      ["Yuelin Library", "school"],
      ["anything", "  "],
    ].map((pair) => holds(...pair)),
    [true, true, false, true],
  );
});

test("entries stay under their headings, in the order in which they came", () => {
  const entries = ["", "a", "a", "b", "a"].map((heading, number) => ({ heading, number }));
  const runs = runsOf(entries).map(([heading, run]) => [heading, run.map(({ number }) => number)]);
  assert.deepEqual(runs, [
    ["", [0]],
    ["a", [1, 2]],
    ["b", [3]],
    ["a", [4]],
  ]);
});
