// One way for all modules to find their elements: those of the page, and those that htmx adds later.

/**
 * Call `start(element)` once for every element that matches `selector`, now and after each htmx swap.
 * @param {string} selector
 * @param {(element: HTMLElement) => void} start
 */
export function enhance(selector, start) {
  const started = new WeakSet();

  function startWithin(root) {
    const found = [...root.querySelectorAll(selector)];
    if (root instanceof Element && root.matches(selector)) found.unshift(root);
    for (const element of found) {
      if (started.has(element)) continue;
      started.add(element);
      start(element);
    }
  }

  startWithin(document);
  document.addEventListener("htmx:load", (event) => startWithin(event.detail.elt));
}

/** The words of an element's data-words attribute: translated text by name. */
export function wordsOf(element) {
  return JSON.parse(element.dataset.words ?? "{}");
}
