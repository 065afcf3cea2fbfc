// The board by mouse, pen and finger: a chip is dragged to an hour. A finger holds still for a moment first, so that it
// can still scroll.

import { board } from "./exchange.js";

const HOLD_MILLISECONDS = 220;
const NEAR_PIXELS = 6;
const EDGE_PIXELS = 40;
const SCROLL_PIXELS = 14;

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
    return Math.hypot(event.clientX - this.from.x, event.clientY - this.from.y) > NEAR_PIXELS;
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
    const edges = frame?.getBoundingClientRect();
    if (!edges) return;
    if (this.at.y > Math.min(edges.bottom, innerHeight) - EDGE_PIXELS) frame.scrollTop += SCROLL_PIXELS;
    if (this.at.y < Math.max(edges.top, 0) + EDGE_PIXELS) frame.scrollTop -= SCROLL_PIXELS;
  }

  slot() {
    return document.elementFromPoint(this.at.x, this.at.y)?.closest("button.slot") ?? null;
  }

  end() {
    this.ghost?.remove();
    this.chip.classList.remove("dragged");
  }
}

/** Let chips be dragged on whatever board the page shows. */
export function listenToDrag({ pickUp, putBack, send }) {
  let drag = null;
  let holding = null;

  function stop() {
    clearTimeout(holding);
    drag?.end();
    drag = null;
  }

  async function drop(done) {
    done.end();
    await done.picked;
    const slot = done.slot();
    if (slot?.matches("[name=place]:not(.here)")) send(slot.form, slot);
    else putBack();
  }

  document.addEventListener("pointerdown", (event) => {
    const chip = event.target.closest("#board a.chip[data-pick]");
    if (!chip || event.button !== 0) return;
    drag = new Drag(chip, event);
    if (event.pointerType === "touch") {
      const mine = drag;
      chip.addEventListener("touchmove", (move) => mine.going && move.preventDefault(), { passive: false });
      holding = setTimeout(() => drag === mine && mine.begin(pickUp), HOLD_MILLISECONDS);
    }
  });

  document.addEventListener("pointermove", (event) => {
    if (!drag || event.pointerId !== drag.pointer) return;
    if (drag.going) drag.moveTo(event);
    else if (drag.isFar(event)) {
      if (event.pointerType === "touch") stop();
      else drag.begin(pickUp);
    }
  });

  document.addEventListener("pointerup", () => {
    const done = drag;
    clearTimeout(holding);
    drag = null;
    if (!done?.going) return;
    document.addEventListener("click", swallow, { capture: true, once: true });
    setTimeout(() => document.removeEventListener("click", swallow, { capture: true }), 0);
    drop(done);
  });

  document.addEventListener("pointercancel", () => {
    const wasGoing = drag?.going;
    stop();
    if (wasGoing) putBack();
  });

  document.addEventListener("dragstart", (event) => {
    if (event.target.closest?.("#board .chip")) event.preventDefault();
  });
  document.addEventListener("contextmenu", (event) => {
    if (drag) event.preventDefault();
  });
}

/** The click that ends a drag picks nothing up. */
function swallow(event) {
  event.preventDefault();
  event.stopPropagation();
}
