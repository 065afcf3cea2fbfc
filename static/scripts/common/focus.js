// Puts the focus on what must be read first: the summary of errors. Its links also open a folded part around the field.

import { enhance } from "./enhance.js";

enhance("[data-focus]", (element) => element.focus());

document.addEventListener("click", (event) => {
  const link = event.target.closest(".error-summary a[href^='#']");
  if (!link) return;
  const field = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!field) return;
  event.preventDefault();
  const folded = field.closest("details:not([open])");
  if (folded) folded.open = true;
  field.scrollIntoView({ block: "center" });
  field.focus({ preventScroll: true });
});
