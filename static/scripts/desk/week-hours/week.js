// A week of opening hours while it is edited: the minutes of seven days, their texts, and what can be undone.

import { bitmapOf, formatDay, intervals, stateOf } from "./hours.js";

const WORKING_DAYS = 5;

export class Week {
  /**
   * A place is {day: 0 (Monday) to 6, start: first minute of its cell}.
   * @param {string[]} texts of the seven days, as they are sent
   * @param {([number, number][] | null)[]} spans what the server has read in them; null where it could not
   * @param {number} step minutes of a cell
   */
  constructor(texts, spans, step) {
    this.texts = [...texts];
    this.days = spans.map(bitmapOf);
    this.step = step;
    this.history = [];
  }

  /** All that is open, as [start, end) pairs of any day. */
  spans() {
    return this.days.flatMap(intervals);
  }

  /** A copy of texts and minutes, for `restore`. */
  copy() {
    return { texts: [...this.texts], days: this.days.map((day) => day.slice()) };
  }

  restore({ texts, days }) {
    this.texts = [...texts];
    this.days = days.map((day) => day.slice());
  }

  /** Remember the present hours, so that `undo` returns to them. */
  remember() {
    this.history.push(this.copy());
  }

  /** Go back to what was remembered last; false where nothing was. */
  undo() {
    const before = this.history.pop();
    if (before) this.restore(before);
    return Boolean(before);
  }

  stateAt({ day, start }) {
    return stateOf(this.days[day], start, start + this.step);
  }

  isOpen(place) {
    return this.stateAt(place) === "open";
  }

  /** Open or close the rectangle between two cells. */
  fill(one, other, open) {
    const [firstDay, lastDay] = [one.day, other.day].sort((a, b) => a - b);
    const [start, end] = [one.start, other.start].sort((a, b) => a - b);
    for (let day = firstDay; day <= lastDay; day += 1) {
      this.days[day].fill(open ? 1 : 0, start, end + this.step);
      this.texts[day] = formatDay(this.days[day]);
    }
  }

  /** Close the hours without a gap around a cell; false where it is closed. */
  closeRun({ day, start }) {
    const run = intervals(this.days[day]).find(([first, last]) => first < start + this.step && start < last);
    if (!run) return false;
    this.remember();
    this.days[day].fill(0, ...run);
    this.texts[day] = formatDay(this.days[day]);
    return true;
  }

  copyToWorkingDays(source) {
    this.remember();
    for (let day = 0; day < WORKING_DAYS; day += 1) {
      this.days[day] = this.days[source].slice();
      this.texts[day] = formatDay(this.days[source]);
    }
  }

  clear() {
    this.remember();
    this.restore({ texts: this.texts.map(() => ""), days: this.days.map(() => bitmapOf([])) });
  }

  /** Keep a text that was typed; its day stays as it is until `read` says what stands in it. */
  type(day, text) {
    this.texts[day] = text;
  }

  /** Take what the server has read in a day's text, unless the day has got another one since. */
  read(day, text, spans) {
    if (this.texts[day] === text) this.days[day] = bitmapOf(spans);
  }
}
