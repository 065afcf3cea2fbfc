// The board by keyboard: arrows go from cell to cell, Enter picks up and puts down, Escape lets it be, Ctrl+Z takes back.

import { isMove, itemAt } from "./cells.js";
import { board } from "./exchange.js";

const ITEMS = ".chip[data-pick], button.slot";

function rowsOf(table) {
  return [...table.querySelectorAll("tr[data-row]")].map((row) =>
    [...row.querySelectorAll("td")].map((cell) => [...cell.querySelectorAll(ITEMS)]),
  );
}

/** Whether two hours, or two chips, begin at the same time. */
function isAlike(item, other) {
  const [mine, theirs] = [item, other].map((one) =>
    one.querySelector(".slot-time, .chip-time")?.textContent.slice(0, 5),
  );
  return mine === theirs && item.matches(".slot") === other.matches(".slot");
}

/** Where the section in hand is now, else the first hour that fits, else one that costs more, else the best of all places. */
export function bestOffer(root) {
  const find = (state) => root.querySelector(`.board-table button.slot.${state}`);
  return find("here") ?? find("fits") ?? find("costs") ?? root.querySelector(".hand-best button.slot");
}

/** One stop of the tabulator for the whole table: arrow keys do the rest. */
export function arrange(root) {
  const table = root.querySelector(".board-table");
  if (!table) return;
  table.setAttribute("role", "grid");
  const items = [...table.querySelectorAll(ITEMS)];
  const first = bestOffer(table) ?? items[0];
  for (const item of items) item.tabIndex = item === first ? 0 : -1;
}

function moveTo(item) {
  for (const other of item.closest(".board-table").querySelectorAll("[tabindex='0']")) other.tabIndex = -1;
  item.tabIndex = 0;
  item.focus();
}

/** Put the focus on a section's chip, or on the board where it has none. */
export function focusSection(root, id) {
  const chip = id && root.querySelector(`.chip[data-pick="${id}"]`);
  if (chip?.closest(".board-table")) moveTo(chip);
  else (chip ?? root.querySelector(".board-frame"))?.focus();
}

function inTray(item, key) {
  const items = [...board().querySelectorAll("[data-tray] .chip")];
  const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[key];
  return step && items[items.indexOf(item) + step];
}

function neighbour(event) {
  const item = event.target.closest(ITEMS);
  if (!item) return null;
  if (item.closest("[data-tray]")) return inTray(item, event.key);
  const table = item.closest(".board-table");
  return table && isMove(event.key) ? itemAt(event.key, rowsOf(table), item, isAlike) : null;
}

function pressHistory(event, send) {
  const key = event.key.toLowerCase();
  if (!(event.ctrlKey || event.metaKey) || (key !== "z" && key !== "y")) return false;
  const [undo, redo] = board().querySelectorAll(".board-history button");
  const button = key === "y" || event.shiftKey ? redo : undo;
  if (!button || button.disabled) return false;
  send(button.form, button);
  return true;
}

function goTo(item) {
  if (item.closest(".board-table")) moveTo(item);
  else item.focus();
}

/** Let the keyboard work on whatever board the page shows. */
export function listenToKeys({ putBack, send }) {
  function act(event) {
    const next = neighbour(event);
    if (next) goTo(next);
    else if (event.key === "Escape" && board().querySelector("[data-in-hand]")) putBack();
    else return pressHistory(event, send);
    return true;
  }

  document.addEventListener("keydown", (event) => {
    if (!board() || event.target.matches("input, textarea, select")) return;
    if (act(event)) event.preventDefault();
  });
}
