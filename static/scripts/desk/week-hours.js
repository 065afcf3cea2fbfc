// Turns the seven text inputs of opening hours into a week that is painted; the inputs stay, folded, and are what is sent.

import { enhance, wordsOf } from "../common/enhance.js";
import { Editor } from "./week-hours/editor.js";
import { toolButton } from "./week-hours/grid.js";
import { listenToKeys } from "./week-hours/keys.js";
import { listenToPointer } from "./week-hours/pointer.js";

function makeEditor(fieldset) {
  const inputs = [...fieldset.querySelectorAll("input[data-weekday]")];
  const names = inputs.map((input) => fieldset.querySelector(`label[for="${input.id}"]`).textContent);
  return new Editor(inputs, names, {
    step: Number(fieldset.dataset.step),
    from: Number(fieldset.dataset.from),
    to: Number(fieldset.dataset.to),
    reading: fieldset.dataset.reading,
    words: wordsOf(fieldset),
  });
}

function makeTools(editor) {
  const row = document.createElement("div");
  row.className = "hours-tools";
  const copy = toolButton("");
  const undo = toolButton(editor.words.undo);
  const clear = toolButton(editor.words.clear);
  copy.addEventListener("click", () => editor.copyToWeekdays(editor.place.day));
  undo.addEventListener("click", () => editor.undo());
  clear.addEventListener("click", () => editor.clear());
  row.append(copy, undo, clear);

  function refresh() {
    copy.textContent = editor.words.copy.replace("{day}", editor.names[editor.place.day]);
    undo.disabled = editor.week.history.length === 0;
  }
  refresh();
  return { row, refresh };
}

function listenToHeadings(editor) {
  editor.root.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const lastStart = editor.last - editor.step;
    const from = { day: Number(button.dataset.day ?? 0), start: Number(button.dataset.start ?? editor.first) };
    const to = { day: Number(button.dataset.day ?? 6), start: Number(button.dataset.start ?? lastStart) };
    editor.paint(from, to, !(editor.isOpen(from) && editor.isOpen(to)));
    editor.place = from;
  });
}

function instruction(editor) {
  const text = document.createElement("p");
  text.className = "field-hint";
  text.textContent = matchMedia("(any-pointer: fine)").matches ? editor.words.mouse : editor.words.touch;
  return text;
}

enhance("[data-week-hours]", (fieldset) => {
  const editor = makeEditor(fieldset);
  const tools = makeTools(editor);
  const folded = fieldset.querySelector("details");
  folded.before(instruction(editor), tools.row, editor.root);
  folded.open = folded.querySelector("[aria-invalid]") !== null;

  listenToKeys(editor);
  listenToPointer(editor);
  listenToHeadings(editor);
  for (const name of ["click", "keyup", "pointerup"]) fieldset.addEventListener(name, tools.refresh);
  folded.addEventListener("input", () => editor.readTyped());
});
