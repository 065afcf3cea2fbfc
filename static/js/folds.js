// What the reader has unfolded stays unfolded when htmx brings the same part anew.

const unfolded = new Set();

document.addEventListener("htmx:beforeSwap", () => {
  unfolded.clear();
  for (const fold of document.querySelectorAll("details[id][open]")) unfolded.add(fold.id);
});

document.addEventListener("htmx:load", (event) => {
  for (const fold of event.detail.elt.querySelectorAll("details[id]")) {
    if (unfolded.has(fold.id)) fold.open = true;
  }
});
