// The state of one week grid: which minutes are open, what can be undone, where the reader is.

import { announce } from "../announce.js";
import { buildGrid } from "./grid.js";
import { clock, formatDay, intervals, parseDay, stateOf } from "./hours.js";

export class Editor {
  /**
   * @param {HTMLInputElement[]} inputs the text inputs of Monday to Sunday; they stay the truth that is sent
   * @param {string[]} names of the seven days
   * @param {{step: number, from: number, to: number, words: Object<string, string>}} options minutes and texts
   */
  constructor(inputs, names, { step, from, to, words }) {
    this.inputs = inputs;
    this.names = names;
    this.words = words;
    this.step = step;
    this.read();
    const open = this.week.flatMap((day) => intervals(day).flat());
    this.first = Math.floor(Math.min(from, ...open) / 60) * 60;
    this.last = Math.ceil(Math.max(to, ...open) / 60) * 60;
    this.starts = Array.from({ length: (this.last - this.first) / step }, (_, row) => this.first + row * step);
    this.history = [];
    this.place = { day: 0, start: Math.max(this.first, 9 * 60) };
    const days = names.map((name, day) => ({ name, short: inputs[day].dataset.short }));
    const grid = buildGrid(days, this.starts, words);
    this.root = grid.root;
    this.cellAt = grid.cellAt;
    this.draw();
  }

  /** Take the hours from the text inputs. A day that cannot be read counts as closed until it is painted. */
  read() {
    this.texts = this.inputs.map((input) => input.value);
    this.week = this.texts.map((text) => parseDay(text) ?? new Uint8Array(24 * 60));
  }

  /** Remember the present hours, so that `undo` returns to them. */
  remember() {
    this.history.push({ texts: [...this.texts], week: this.week.map((day) => day.slice()) });
  }

  undo() {
    const before = this.history.pop();
    if (!before) return;
    this.week = before.week;
    this.texts = before.texts;
    this.write();
    announce(this.words.undone);
  }

  isOpen({ day, start }) {
    return stateOf(this.week[day], start, start + this.step) === "open";
  }

  /** Open or close the rectangle between two cells, in the given week. */
  fill(week, one, other, open) {
    const [firstDay, lastDay] = [one.day, other.day].sort((a, b) => a - b);
    const [start, end] = [one.start, other.start].sort((a, b) => a - b);
    for (let day = firstDay; day <= lastDay; day += 1) {
      week[day].fill(open ? 1 : 0, start, end + this.step);
      this.texts[day] = formatDay(week[day]);
    }
  }

  paint(one, other, open) {
    this.remember();
    this.fill(this.week, one, other, open);
    this.write();
    this.say(one.day, other.day);
  }

  /** Close the hours without a gap around a cell. */
  closeRun({ day, start }) {
    const run = intervals(this.week[day]).find(([first, last]) => first < start + this.step && start < last);
    if (!run) return;
    this.remember();
    this.week[day].fill(0, ...run);
    this.texts[day] = formatDay(this.week[day]);
    this.write();
    this.say(day, day);
  }

  copyToWeekdays(source) {
    this.remember();
    for (let day = 0; day < 5; day += 1) {
      this.week[day] = this.week[source].slice();
      this.texts[day] = formatDay(this.week[source]);
    }
    this.write();
    announce(`${this.describe(source)}, ${this.words.copied}`);
  }

  clear() {
    this.remember();
    this.week = this.week.map(() => new Uint8Array(24 * 60));
    this.texts = this.texts.map(() => "");
    this.write();
    announce(this.words.cleared);
  }

  /** Put the hours into the text inputs and show them. */
  write() {
    this.inputs.forEach((input, day) => {
      input.value = this.texts[day];
    });
    this.inputs[0].dispatchEvent(new Event("change", { bubbles: true }));
    this.draw();
  }

  draw() {
    for (const start of this.starts) {
      this.week.forEach((day, index) => this.drawCell(this.cellAt(index, start), day, index, start));
    }
    this.cellAt(this.place.day, this.place.start).tabIndex = 0;
  }

  drawCell(cell, day, index, start) {
    const state = stateOf(day, start, start + this.step);
    const word = state === "closed" ? this.words.closed : this.words.open;
    cell.tabIndex = -1;
    cell.classList.toggle("partly", state === "partly");
    cell.setAttribute("aria-selected", String(state === "open"));
    cell.setAttribute("aria-label", `${this.names[index]} ${clock(start)}–${clock(start + this.step)} ${word}`);
  }

  /** Move the reader's place and focus its cell. */
  moveTo(day, start) {
    this.cellAt(this.place.day, this.place.start).tabIndex = -1;
    this.place = { day, start };
    const cell = this.cellAt(day, start);
    cell.tabIndex = 0;
    cell.focus();
  }

  describe(day) {
    return `${this.names[day]} ${formatDay(this.week[day]).replaceAll("-", "–") || this.words.closedAll}`;
  }

  say(one, other) {
    const days = [];
    for (let day = Math.min(one, other); day <= Math.max(one, other); day += 1) days.push(this.describe(day));
    announce(days.join("; "));
  }
}
