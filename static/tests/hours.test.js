import assert from "node:assert/strict";
import { test } from "node:test";
import { bitmapOf, clock, formatDay, intervals, stateOf } from "../scripts/desk/week-hours/hours.js";

const MIDNIGHT = 24 * 60;

test("a time of day has two digits for hour and minute, up to 24:00", () => {
  assert.deepEqual([0, 65, 570, 1439, MIDNIGHT].map(clock), ["00:00", "01:05", "09:30", "23:59", "24:00"]);
});

test("spans drawn as minutes are the same spans again", () => {
  for (const spans of [
    [],
    [[0, MIDNIGHT]],
    [[0, 1]],
    [[1439, MIDNIGHT]],
    [
      [540, 720],
      [721, 722],
      [840, 1050],
    ],
  ]) {
    assert.deepEqual(intervals(bitmapOf(spans)), spans);
  }
});

test("spans that touch or overlap become one", () => {
  assert.deepEqual(
    intervals(
      bitmapOf([
        [600, 660],
        [540, 600],
        [630, 700],
      ]),
    ),
    [[540, 700]],
  );
});

test("a day that could not be read is closed", () => {
  assert.deepEqual(intervals(bitmapOf(null)), []);
});

test("a day is written in one form, and a closed one as nothing", () => {
  assert.equal(
    formatDay(
      bitmapOf([
        [840, 1050],
        [540, 720],
      ]),
    ),
    "09:00-12:00, 14:00-17:30",
  );
  assert.equal(formatDay(bitmapOf([])), "");
});

test("a cell is open, closed, or partly open", () => {
  const day = bitmapOf([[547, 600]]);
  assert.deepEqual(
    [510, 540, 570, 600].map((start) => stateOf(day, start, start + 30)),
    ["closed", "partly", "open", "closed"],
  );
});
