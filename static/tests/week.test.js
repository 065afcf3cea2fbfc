import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Week } from "../scripts/desk/week-hours/week.js";

const [MONDAY, TUESDAY, WEDNESDAY, FRIDAY, SATURDAY] = [0, 1, 2, 4, 5];
const [NINE, TEN, HALF_PAST_TEN, ELEVEN] = [540, 600, 630, 660];
const EMPTY = ["", "", "", "", "", "", ""];
let week;

beforeEach(() => {
  week = new Week(
    EMPTY,
    EMPTY.map(() => []),
    30,
  );
});

test("a rectangle is filled whichever of its corners comes first", () => {
  week.fill({ day: WEDNESDAY, start: NINE }, { day: MONDAY, start: HALF_PAST_TEN }, true);
  assert.deepEqual(week.texts, ["09:00-11:00", "09:00-11:00", "09:00-11:00", "", "", "", ""]);
  week.fill({ day: TUESDAY, start: TEN }, { day: TUESDAY, start: TEN }, false);
  assert.equal(week.texts[TUESDAY], "09:00-10:00, 10:30-11:00");
});

test("each undo goes back to what was remembered, and none is left at the end", () => {
  week.remember();
  week.fill({ day: MONDAY, start: NINE }, { day: MONDAY, start: NINE }, true);
  week.remember();
  week.fill({ day: FRIDAY, start: TEN }, { day: FRIDAY, start: TEN }, true);
  assert.equal(week.undo(), true);
  assert.deepEqual(week.texts, ["09:00-09:30", ...EMPTY.slice(1)]);
  assert.equal(week.isOpen({ day: FRIDAY, start: TEN }), false);
  assert.equal(week.undo(), true);
  assert.deepEqual(week.texts, EMPTY);
  assert.equal(week.undo(), false);
});

test("closing a run closes the hours around a cell and no others", () => {
  week = new Week(
    ["09:00-10:30, 11:00-12:00", ...EMPTY.slice(1)],
    [
      [
        [540, 630],
        [660, 720],
      ],
      [],
      [],
      [],
      [],
      [],
      [],
    ],
    30,
  );
  assert.equal(week.closeRun({ day: MONDAY, start: TEN }), true);
  assert.equal(week.texts[MONDAY], "11:00-12:00");
  assert.equal(week.closeRun({ day: MONDAY, start: TEN }), false, "it is closed already");
  week.undo();
  assert.equal(week.texts[MONDAY], "09:00-10:30, 11:00-12:00");
});

test("a day is copied to the working days alone", () => {
  week.fill({ day: TUESDAY, start: NINE }, { day: TUESDAY, start: TEN }, true);
  week.copyToWorkingDays(TUESDAY);
  assert.deepEqual(week.texts, [...Array(5).fill("09:00-10:30"), "", ""]);
  week.fill({ day: TUESDAY, start: NINE }, { day: TUESDAY, start: TEN }, false);
  assert.equal(week.texts[FRIDAY], "09:00-10:30", "copies do not follow the day that they were made from");
});

test("clearing closes all days, and can be undone", () => {
  week.fill({ day: MONDAY, start: NINE }, { day: SATURDAY, start: ELEVEN }, true);
  const before = week.texts;
  week.clear();
  assert.deepEqual([week.texts, week.spans()], [EMPTY, []]);
  week.undo();
  assert.deepEqual(week.texts, before);
});

test("what was typed is kept as it is, and its hours show once they are read", () => {
  week.type(MONDAY, "9.07 – 11");
  assert.deepEqual(week.spans(), []);
  week.read(MONDAY, "9.07 – 11", [[547, 660]]);
  assert.equal(week.stateAt({ day: MONDAY, start: NINE }), "partly");
  assert.equal(week.texts[MONDAY], "9.07 – 11");
});

test("an answer that comes too late for a text is dropped", () => {
  week.type(MONDAY, "09:00-1");
  week.type(MONDAY, "09:00-10:00");
  week.read(MONDAY, "09:00-10:00", [[540, 600]]);
  week.read(MONDAY, "09:00-1", null);
  assert.deepEqual(week.spans(), [[540, 600]]);
});

test("a text that cannot be read stays until its day is painted", () => {
  week.type(FRIDAY, "in the morning");
  week.read(FRIDAY, "in the morning", null);
  week.fill({ day: MONDAY, start: NINE }, { day: MONDAY, start: NINE }, true);
  assert.equal(week.texts[FRIDAY], "in the morning");
  week.fill({ day: FRIDAY, start: NINE }, { day: FRIDAY, start: NINE }, true);
  assert.equal(week.texts[FRIDAY], "09:00-09:30");
});
