// A text to be pasted elsewhere gets a button that copies it.

import { announce } from "../common/announce.js";
import { enhance } from "../common/enhance.js";

enhance("[data-copy]", (field) => {
  if (!navigator.clipboard) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button secondary";
  button.textContent = field.dataset.copy;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(field.value);
    announce(field.dataset.copied);
    button.textContent = field.dataset.copied;
  });
  field.after(button);
});
