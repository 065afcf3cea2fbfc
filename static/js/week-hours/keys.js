// The grid by keyboard: arrows move, space opens or closes, shift with an arrow extends, delete closes, Ctrl+Z undoes.

const MOVES = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  PageUp: [0, -4],
  PageDown: [0, 4],
  Home: [-7, 0],
  End: [7, 0],
};

function within(value, low, high) {
  return Math.min(Math.max(value, low), high);
}

function move(editor, [days, rows], extend) {
  const from = editor.place;
  const lastStart = editor.last - editor.step;
  const to = {
    day: within(from.day + days, 0, 6),
    start: within(from.start + rows * editor.step, editor.first, lastStart),
  };
  if (extend) editor.paint(from, to, editor.isOpen(from));
  editor.moveTo(to.day, to.start);
}

function act(editor, event) {
  const { place } = editor;
  if (event.key in MOVES) move(editor, MOVES[event.key], event.shiftKey);
  else if (event.key === " " || event.key === "Enter") editor.paint(place, place, !editor.isOpen(place));
  else if (event.key === "Delete" || event.key === "Backspace") editor.closeRun(place);
  else if (event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey)) editor.undo();
  else return false;
  return true;
}

/** Let the keyboard work on the editor's cells. */
export function listenToKeys(editor) {
  editor.root.addEventListener("keydown", (event) => {
    if (event.target.matches(".hour") && act(editor, event)) event.preventDefault();
  });
}
