// The grid by mouse, pen and finger. A finger that moves at once scrolls the page; a tap sets one cell, and holding still
// for a moment starts to paint.

const HOLD_MILLISECONDS = 220;

function cellUnder(editor, event) {
  const cell = document.elementFromPoint(event.clientX, event.clientY)?.closest(".hour");
  if (!cell || !editor.root.contains(cell)) return null;
  return { day: Number(cell.dataset.day), start: Number(cell.dataset.start) };
}

class Stroke {
  constructor(editor) {
    this.editor = editor;
    this.from = null;
  }

  get painting() {
    return this.from !== null;
  }

  start(place) {
    this.editor.week.remember();
    this.before = this.editor.week.copy();
    this.open = !this.editor.isOpen(place);
    this.from = place;
    this.reach(place);
  }

  reach(place) {
    this.to = place;
    this.editor.week.restore(this.before);
    this.editor.week.fill(this.from, place, this.open);
    this.editor.draw();
  }

  end() {
    const { from, to } = this;
    this.from = null;
    this.editor.write();
    this.editor.moveTo(to.day, to.start);
    this.editor.say(from.day, to.day);
  }
}

/** Let mouse, pen and finger paint on the editor's cells. */
export function listenToPointer(editor) {
  const stroke = new Stroke(editor);
  let waiting = null;

  function stopWaiting() {
    clearTimeout(waiting?.timer);
    waiting = null;
  }

  editor.root.addEventListener("pointerdown", (event) => {
    const place = event.button === 0 ? cellUnder(editor, event) : null;
    if (!place) return;
    if (event.pointerType !== "touch") {
      event.preventDefault();
      stroke.start(place);
      return;
    }
    const timer = setTimeout(() => {
      waiting = null;
      stroke.start(place);
    }, HOLD_MILLISECONDS);
    waiting = { place, timer };
  });

  window.addEventListener("pointermove", (event) => {
    if (!stroke.painting) return;
    const place = cellUnder(editor, event);
    if (place && (place.day !== stroke.to.day || place.start !== stroke.to.start)) stroke.reach(place);
  });

  window.addEventListener("pointerup", () => {
    if (waiting) stroke.start(waiting.place);
    stopWaiting();
    if (stroke.painting) stroke.end();
  });

  window.addEventListener("pointercancel", () => {
    stopWaiting();
    if (stroke.painting) stroke.end();
  });

  // Only a listener that may prevent the default keeps the page from scrolling under a painting finger.
  editor.root.addEventListener(
    "touchmove",
    (event) => {
      if (stroke.painting) event.preventDefault();
    },
    { passive: false },
  );
  editor.root.addEventListener("contextmenu", (event) => {
    if (stroke.painting || waiting) event.preventDefault();
  });
}
