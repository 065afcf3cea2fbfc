// The board by keyboard: arrows go from cell to cell, Enter picks up and puts down, Escape lets it be, Ctrl+Z takes back.

import { board } from "./exchange.js";

const ITEMS = ".chip[data-pick], button.slot";

function rowsOf(table) {
  return [...table.querySelectorAll("tr[data-row]")].map((row) =>
    [...row.querySelectorAll("td")].map((cell) => [...cell.querySelectorAll(ITEMS)]),
  );
}

function placeOf(rows, item) {
  for (const [row, cells] of rows.entries()) {
    for (const [column, items] of cells.entries()) {
      const index = items.indexOf(item);
      if (index >= 0) return { row, column, index };
    }
  }
  return null;
}

/** Whether two hours, or two chips, begin at the same time. */
function isAlike(item, other) {
  const [mine, theirs] = [item, other].map((one) => one.querySelector(".slot-time, .chip-time")?.textContent.slice(0, 5));
  return mine === theirs && item.matches(".slot") === other.matches(".slot");
}

function sideways(rows, { row, column, index }, step) {
  const here = rows[row][column][index];
  for (let at = column + step; at >= 0 && at < rows[row].length; at += step) {
    const items = rows[row][at];
    if (items.length) return items.find((item) => isAlike(item, here)) ?? items[Math.min(index, items.length - 1)];
  }
  return null;
}

function upOrDown(rows, { row, column, index }, step) {
  const here = rows[row][column][index + step];
  if (here) return here;
  for (let at = row + step; at >= 0 && at < rows.length; at += step) {
    const items = rows[at][column];
    if (items.length) return step > 0 ? items[0] : items.at(-1);
  }
  return null;
}

const MOVES = {
  ArrowLeft: (rows, place) => sideways(rows, place, -1),
  ArrowRight: (rows, place) => sideways(rows, place, 1),
  ArrowUp: (rows, place) => upOrDown(rows, place, -1),
  ArrowDown: (rows, place) => upOrDown(rows, place, 1),
  Home: (rows, { row }) => rows[row].flat()[0],
  End: (rows, { row }) => rows[row].flat().at(-1),
};

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
  const move = MOVES[event.key];
  if (!move) return null;
  const rows = rowsOf(item.closest(".board-table"));
  return move(rows, placeOf(rows, item)) ?? item;
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

/** Let the keyboard work on whatever board the page shows. */
export function listenToKeys({ putBack, send }) {
  document.addEventListener("keydown", (event) => {
    if (!board() || event.target.matches("input, textarea, select")) return;
    const next = neighbour(event);
    if (next) {
      if (next.closest(".board-table")) moveTo(next);
      else next.focus();
    } else if (event.key === "Escape" && board().querySelector("[data-in-hand]")) putBack();
    else if (!pressHistory(event, send)) return;
    event.preventDefault();
  });
}
