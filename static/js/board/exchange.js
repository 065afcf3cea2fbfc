// Fetches the board and puts it in the place of the old one, without moving what the eye rests on.

import { announce } from "../announce.js";
import { wordsOf } from "../enhance.js";

const PATIENCE_MILLISECONDS = 150;
const BOARD_ANSWERS = new Set([200, 409, 422]);
let latest = 0;
let looking = null;

export function board() {
  return document.getElementById("board");
}

export function wordOf(name) {
  return wordsOf(board())[name];
}

/**
 * Fetch a board and show it; null where a later question has overtaken this one or the server failed.
 * A question that only looks is given up for a later one: its late answer would bring back the session, and with it the
 * messages, of before.
 */
export async function ask(url, options = {}) {
  const mine = ++latest;
  looking?.abort();
  looking = options.method ? null : new AbortController();
  const waiting = setTimeout(() => {
    board().setAttribute("aria-busy", "true");
    announce(wordOf("loading"));
  }, PATIENCE_MILLISECONDS);
  try {
    const response = await fetch(url, { ...options, signal: looking?.signal, headers: { "X-Board": "1" } });
    const fresh = await read(response);
    if (mine !== latest) return null;
    if (!fresh) return leave(response);
    if (response.ok) history.replaceState(null, "", response.url);
    replace(fresh);
    return fresh;
  } catch {
    if (mine === latest) announce(wordOf("failed"));
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
  const edge = Math.max(0, frame.getBoundingClientRect().top);
  return [...frame.querySelectorAll("tr[data-row]")].find((row) => row.getBoundingClientRect().bottom > edge + 60);
}
