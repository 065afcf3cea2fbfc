// The board of a plan: every link and button of it works alone; this fetches the answer and replaces the board in place.

import { announce } from "../common/announce.js";
import { listenToDrag } from "./board/drag.js";
import { ask, board, wordOf } from "./board/exchange.js";
import { arrange, bestOffer, focusSection, listenToKeys } from "./board/keys.js";

function tell(root) {
  const refused = root.querySelector("[data-refused]");
  const message = refused ?? root.querySelector("#messages");
  const said = message?.textContent.trim().replace(/\s+/gu, " ");
  announce(said || wordOf("picked") || wordOf("keys"));
}

/** Fetch what a link or form leads to; `focus` is called on the new board. */
async function go(url, options, focus) {
  const fresh = await ask(url, options);
  if (!fresh) return null;
  arrange(fresh);
  const asked = fresh.querySelector("[data-focus]");
  if (asked) asked.focus();
  else focus?.(fresh);
  tell(fresh);
  return fresh;
}

function focusOffer(fresh) {
  (bestOffer(fresh) ?? fresh.querySelector("[data-put-back]"))?.focus();
}

function pickUp(link, byKeyboard) {
  return go(link.href, {}, byKeyboard ? focusOffer : undefined);
}

function putBack() {
  const hand = board().querySelector("[data-in-hand]");
  return go(board().dataset.home, {}, (fresh) => focusSection(fresh, hand?.dataset.inHand));
}

function send(form, button) {
  const data = new FormData(form, button);
  const section = data.get("section");
  return go(form.action, { method: "POST", body: data }, (fresh) => {
    const pin = form.querySelector("[name=part]")?.value;
    const again = pin && fresh.querySelector(`[name=part][value=${pin}]`)?.form.querySelector("button");
    if (again) again.focus();
    else focusSection(fresh, section);
  });
}

function click(event) {
  const link = event.target.closest("#board a[data-pick], #board a[data-put-back]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (link.matches("[data-put-back]") && link.href.includes("section=")) go(link.href, {}, focusOffer);
  else if (link.matches("[data-put-back]")) putBack();
  else pickUp(link, event.detail === 0);
}

function submit(event) {
  const form = event.target;
  if (!form.closest("#board")) return;
  event.preventDefault();
  if (form.matches("[data-board-filter]")) {
    go(`${form.action}?${new URLSearchParams(new FormData(form))}`, {}, (fresh) => fresh.querySelector("#q")?.focus());
  } else send(form, event.submitter);
}

function change(event) {
  if (event.target.matches("[data-board-filter] select")) event.target.form.requestSubmit();
}

function showDetail(event) {
  const slot = event.target.closest?.("button.slot");
  const line = slot && board()?.querySelector("[data-detail-line]");
  if (!line) return;
  line.textContent = `${slot.getAttribute("aria-label")}. ${slot.dataset.detail}`;
  if (event.type === "focusin") announce(slot.dataset.detail);
}

/** Start with the board that came with the page; what a first answer needs is made ready meanwhile. */
export function startBoard(root) {
  arrange(root);
  document.addEventListener("click", click);
  document.addEventListener("submit", submit, true);
  document.addEventListener("change", change);
  document.addEventListener("focusin", showDetail);
  document.addEventListener("pointerover", showDetail);
  listenToKeys({ putBack, send });
  listenToDrag({ pickUp, putBack, send });
  fetch(root.dataset.ready);
}
