// While pinyin is being composed into characters, its letters are not yet a search: they wait until the composition ends.

document.addEventListener(
  "input",
  (event) => {
    if (event.isComposing && event.target.closest("[data-live-search]")) event.stopImmediatePropagation();
  },
  true,
);

document.addEventListener("compositionend", (event) => {
  if (event.target.closest("[data-live-search]")) event.target.dispatchEvent(new Event("input", { bubbles: true }));
});
