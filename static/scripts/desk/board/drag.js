// The board by mouse, pen and finger: a chip is dragged to an hour. A finger holds still for a moment first, so that it
// can still scroll.

import { board } from "./exchange.js";
import { isFar, scrollStep } from "./geometry.js";

const HOLD_MILLISECONDS = 220;

class Drag {
  constructor(chip, event) {
    this.chip = chip;
    this.pointer = event.pointerId;
    this.from = { x: event.clientX, y: event.clientY };
    this.at = this.from;
    this.ghost = null;
  }

  get going() {
    return this.ghost !== null;
  }

  isFar(event) {
    return isFar(this.from, { x: event.clientX, y: event.clientY });
  }

  begin(pickUp) {
    this.ghost = this.chip.cloneNode(true);
    this.ghost.removeAttribute("href");
    this.ghost.classList.add("ghost");
    this.ghost.style.inlineSize = `${this.chip.offsetWidth}px`;
    this.chip.classList.add("dragged");
    document.body.append(this.ghost);
    // The chip vanishes with the old board; who holds the pointer must stay.
    document.body.setPointerCapture(this.pointer);
    this.draw();
    this.picked = pickUp(this.chip, false);
  }

  moveTo(event) {
    this.at = { x: event.clientX, y: event.clientY };
    this.draw();
    this.scroll();
    const slot = this.slot();
    for (const other of board().querySelectorAll(".slot.over")) if (other !== slot) other.classList.remove("over");
    if (!slot) return;
    slot.classList.add("over");
    slot.dispatchEvent(new PointerEvent("pointerover", { bubbles: true }));
  }

  draw() {
    this.ghost.style.translate = `${this.at.x + 8}px ${this.at.y + 8}px`;
  }

  scroll() {
    const frame = board().querySelector(".board-frame");
    if (frame) frame.scrollTop += scrollStep(this.at.y, frame.getBoundingClientRect(), innerHeight);
  }

  slot() {
    return document.elementFromPoint(this.at.x, this.at.y)?.closest("button.slot") ?? null;
  }

  end() {
    this.ghost?.remove();
    this.chip.classList.remove("dragged");
  }
}

class Dragging {
  constructor(actions) {
    this.actions = actions;
    this.drag = null;
    this.holding = null;
  }

  press(event) {
    const chip = event.target.closest("#board a.chip[data-pick]");
    if (!chip || event.button !== 0) return;
    const mine = new Drag(chip, event);
    this.drag = mine;
    if (event.pointerType !== "touch") return;
    chip.addEventListener("touchmove", (move) => mine.going && move.preventDefault(), { passive: false });
    this.holding = setTimeout(() => this.drag === mine && mine.begin(this.actions.pickUp), HOLD_MILLISECONDS);
  }

  move(event) {
    if (event.pointerId !== this.drag?.pointer) return;
    if (this.drag.going) this.drag.moveTo(event);
    else if (this.drag.isFar(event)) this.leave(event);
  }

  /** A mouse that moves away drags; a finger that does so scrolls. */
  leave(event) {
    if (event.pointerType === "touch") this.stop();
    else this.drag.begin(this.actions.pickUp);
  }

  release() {
    const done = this.drag;
    clearTimeout(this.holding);
    this.drag = null;
    if (!done?.going) return;
    document.addEventListener("click", swallow, { capture: true, once: true });
    setTimeout(() => document.removeEventListener("click", swallow, { capture: true }), 0);
    this.drop(done);
  }

  async drop(done) {
    done.end();
    await done.picked;
    const slot = done.slot();
    if (slot?.matches("[name=place]:not(.here)")) this.actions.send(slot.form, slot);
    else this.actions.putBack();
  }

  cancel() {
    const wasGoing = this.drag?.going;
    this.stop();
    if (wasGoing) this.actions.putBack();
  }

  stop() {
    clearTimeout(this.holding);
    this.drag?.end();
    this.drag = null;
  }
}

/** Let chips be dragged on whatever board the page shows; `actions` are pickUp, putBack and send. */
export function listenToDrag(actions) {
  const dragging = new Dragging(actions);
  document.addEventListener("pointerdown", (event) => dragging.press(event));
  document.addEventListener("pointermove", (event) => dragging.move(event));
  document.addEventListener("pointerup", () => dragging.release());
  document.addEventListener("pointercancel", () => dragging.cancel());
  document.addEventListener("dragstart", (event) => {
    if (event.target.closest?.("#board .chip")) event.preventDefault();
  });
  document.addEventListener("contextmenu", (event) => {
    if (dragging.drag) event.preventDefault();
  });
}

/** The click that ends a drag picks nothing up. */
function swallow(event) {
  event.preventDefault();
  event.stopPropagation();
}
