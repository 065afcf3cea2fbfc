// Ticking rows of a list: says how many are ticked in the form that they belong to, also after the list was narrowed.

import { enhance } from "../common/enhance.js";

enhance("[data-picking]", (form) => {
  const boxes = () => [...form.elements].filter((element) => element.type === "checkbox");
  const tell = () => {
    const picked = boxes().filter((box) => box.checked).length;
    form.querySelector("[data-picked]").textContent = picked ? form.dataset.picking.replace("{number}", picked) : "";
    form.classList.toggle("has-picked", picked > 0);
  };
  for (const box of boxes()) box.addEventListener("change", tell);
  tell();
});
