// One week grid on the page: draws the week, writes it into the text inputs, and says what was done.

import { announce } from "../../common/announce.js";
import { buildGrid } from "./grid.js";
import { clock, formatDay } from "./hours.js";
import { Week } from "./week.js";

const WHERE_READING_BEGINS = 9 * 60;

export class Editor {
  /**
   * @param {HTMLInputElement[]} inputs the text inputs of Monday to Sunday; they stay the truth that is sent
   * @param {string[]} names of the seven days
   * @param {{step: number, from: number, to: number, reading: string, words: Object<string, string>}} options minutes,
   *     the address that reads hours, and texts
   */
  constructor(inputs, names, { step, from, to, reading, words }) {
    this.inputs = inputs;
    this.names = names;
    this.words = words;
    this.step = step;
    this.reading = reading;
    this.unread = 0;
    const texts = inputs.map((input) => input.defaultValue);
    const spans = inputs.map((input) => JSON.parse(input.dataset.spans));
    this.week = new Week(texts, spans, step);
    const open = this.week.spans().flat();
    this.first = Math.floor(Math.min(from, ...open) / 60) * 60;
    this.last = Math.ceil(Math.max(to, ...open) / 60) * 60;
    this.starts = Array.from({ length: (this.last - this.first) / step }, (_, row) => this.first + row * step);
    this.place = { day: 0, start: Math.max(this.first, WHERE_READING_BEGINS) };
    const days = names.map((name, day) => ({ name, short: inputs[day].dataset.short }));
    const grid = buildGrid(days, this.starts, words);
    this.root = grid.root;
    this.cellAt = grid.cellAt;
    this.draw();
    this.readTyped();
  }

  /** Have the server read every text that is not the one known; nobody paints over one that is still unread. */
  async readTyped() {
    const typed = this.inputs.map((input, day) => ({ day, text: input.value }));
    const changed = typed.filter(({ day, text }) => text !== this.week.texts[day]);
    if (changed.length === 0) return;
    this.unread += 1;
    this.root.inert = true;
    await Promise.all(changed.map(({ day, text }) => this.readDay(day, text)));
    this.unread -= 1;
    this.root.inert = this.unread > 0;
    this.draw();
  }

  async readDay(day, text) {
    this.week.type(day, text);
    try {
      const answer = await fetch(`${this.reading}?${new URLSearchParams({ text })}`);
      const { spans } = await answer.json();
      this.week.read(day, text, spans);
    } catch {
      this.week.read(day, text, null);
    }
  }

  undo() {
    if (!this.week.undo()) return;
    this.write();
    announce(this.words.undone);
  }

  isOpen(place) {
    return this.week.isOpen(place);
  }

  paint(one, other, open) {
    this.week.remember();
    this.week.fill(one, other, open);
    this.write();
    this.say(one.day, other.day);
  }

  closeRun(place) {
    if (!this.week.closeRun(place)) return;
    this.write();
    this.say(place.day, place.day);
  }

  copyToWeekdays(source) {
    this.week.copyToWorkingDays(source);
    this.write();
    announce(`${this.describe(source)}, ${this.words.copied}`);
  }

  clear() {
    this.week.clear();
    this.write();
    announce(this.words.cleared);
  }

  /** Put the hours into the text inputs and show them. */
  write() {
    this.inputs.forEach((input, day) => {
      input.value = this.week.texts[day];
    });
    this.inputs[0].dispatchEvent(new Event("change", { bubbles: true }));
    this.draw();
  }

  draw() {
    for (const start of this.starts) {
      for (const day of this.names.keys()) this.drawCell({ day, start });
    }
    this.cellAt(this.place.day, this.place.start).tabIndex = 0;
  }

  drawCell(place) {
    const { day, start } = place;
    const cell = this.cellAt(day, start);
    const state = this.week.stateAt(place);
    const word = state === "closed" ? this.words.closed : this.words.open;
    cell.tabIndex = -1;
    cell.classList.toggle("partly", state === "partly");
    cell.setAttribute("aria-selected", String(state === "open"));
    cell.setAttribute("aria-label", `${this.names[day]} ${clock(start)}–${clock(start + this.step)} ${word}`);
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
    return `${this.names[day]} ${formatDay(this.week.days[day]).replaceAll("-", "–") || this.words.closedAll}`;
  }

  say(one, other) {
    const days = [];
    for (let day = Math.min(one, other); day <= Math.max(one, other); day += 1) days.push(this.describe(day));
    announce(days.join("; "));
  }
}
