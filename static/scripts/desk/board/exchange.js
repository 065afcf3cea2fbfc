// Fetches the board and puts it in the place of the old one, without moving what the eye rests on.

import { announce } from "../../common/announce.js";
import { wordsOf } from "../../common/enhance.js";
import { firstInSight } from "./geometry.js";
import { Questions } from "./questions.js";

const PATIENCE_MILLISECONDS = 150;
/** What the head of the table, which stays, covers of its rows. */
const HEAD_PIXELS = 60;
const BOARD_ANSWERS = new Set([200, 409, 422]);
const questions = new Questions();

export function board() {
  return document.getElementById("board");
}

export function wordOf(name) {
  return wordsOf(board())[name];
}

/**
 * Fetch a board and show it; null where a later question has overtaken this one or the server failed.
 */
export async function ask(url, options = {}) {
  const { signal, isLatest } = questions.begin(Boolean(options.method));
  const waiting = setTimeout(() => {
    board().setAttribute("aria-busy", "true");
    announce(wordOf("loading"));
  }, PATIENCE_MILLISECONDS);
  try {
    const response = await fetch(url, { ...options, signal, headers: { "X-Board": "1" } });
    const fresh = await read(response);
    if (!isLatest()) return null;
    if (!fresh) return leave(response);
    if (response.ok) history.replaceState(null, "", response.url);
    replace(fresh);
    return fresh;
  } catch {
    if (isLatest()) announce(wordOf("failed"));
    return null;
  } finally {
    clearTimeout(waiting);
    board().removeAttribute("aria-busy");
  }
}

async function read(response) {
  if (!BOARD_ANSWERS.has(response.status)) return null;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  return page.getElementById("board");
}

/** Another page answers, such as the one to sign in: go there. */
function leave(response) {
  location.assign(response.redirected ? response.url : location.href);
  return null;
}

function replace(fresh) {
  const old = board();
  const [from, to] = [old, fresh].map((one) => one.querySelector(".board-frame"));
  const kept = from && { left: from.scrollLeft, top: from.scrollTop, row: rowInSight(from), edge: 0 };
  if (kept?.row) kept.edge = kept.row.getBoundingClientRect().top;
  // What the board tells stands in it, where it is seen; what an earlier page has told is over.
  document.getElementById("messages")?.remove();
  old.replaceWith(document.adoptNode(fresh));
  if (!kept || !to) return;
  to.scrollTo(kept.left, kept.top);
  const same = kept.row && to.querySelector(`[data-row="${kept.row.dataset.row}"]`);
  if (!same) return;
  const moved = same.getBoundingClientRect().top - kept.edge;
  const before = to.scrollTop;
  to.scrollTop += moved;
  window.scrollBy({ top: moved - (to.scrollTop - before), behavior: "instant" });
}

/** The row in which something is pressed, else the first one that can be seen. */
function rowInSight(frame) {
  const pressed = frame.querySelector("tr[data-row]:has(:focus, .dragged)");
  if (pressed) return pressed;
  const rows = [...frame.querySelectorAll("tr[data-row]")];
  const boxes = rows.map((row) => row.getBoundingClientRect());
  return rows[firstInSight(boxes, frame.getBoundingClientRect().top, HEAD_PIXELS)];
}
