// Reads changes aloud: `announce(text)`, and every element with data-announce that htmx brings.

const announcer = document.getElementById("announcer");

/** Have screen readers say this text when they are done with what they are saying. */
export function announce(text) {
  if (announcer) announcer.textContent = text;
}

document.addEventListener("htmx:load", (event) => {
  const added = event.detail.elt;
  const spoken = added.matches("[data-announce]") ? added : added.querySelector("[data-announce]");
  if (spoken) announce(spoken.textContent.trim());
});
