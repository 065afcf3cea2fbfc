// The grid by keyboard: arrows move, space opens or closes, shift with an arrow extends, delete closes, Ctrl+Z undoes.

import { destination, MOVES } from "./moves.js";

function move(editor, key, extend) {
  const from = editor.place;
  const to = destination(from, MOVES[key], editor);
  if (extend) editor.paint(from, to, editor.isOpen(from));
  editor.moveTo(to.day, to.start);
}

function act(editor, event) {
  const { place } = editor;
  if (Object.hasOwn(MOVES, event.key)) move(editor, event.key, event.shiftKey);
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
