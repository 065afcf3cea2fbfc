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

// A link to something that is folded away unfolds it; not every browser does so by itself.

function unfoldTarget() {
  const target = location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
  const fold = target?.closest("details:not([open])");
  if (!fold) return;
  fold.open = true;
  target.scrollIntoView();
}

window.addEventListener("hashchange", unfoldTarget);
unfoldTarget();
