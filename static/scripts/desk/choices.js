// A long group of checkboxes gets a field that narrows it to the labels with the typed text; chosen ones stay in sight.

import { enhance } from "../common/enhance.js";
import { holds } from "./narrowing.js";

enhance("[data-filter-choices]", (group) => {
  const filter = document.createElement("input");
  filter.type = "search";
  filter.className = "choices-filter";
  filter.placeholder = group.dataset.filterChoices;
  filter.setAttribute("aria-label", group.dataset.filterChoices);
  filter.autocomplete = "off";
  group.querySelector(".choices").before(filter);

  filter.addEventListener("input", () => {
    for (const choice of group.querySelectorAll(".choice")) {
      const stays = holds(choice.textContent, filter.value) || choice.querySelector("input").checked;
      choice.hidden = !stays;
    }
  });
  filter.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
});
