// A long select gets a field that narrows it to the options with the typed text; the chosen one stays.

import { enhance } from "../common/enhance.js";
import { holds, runsOf } from "./narrowing.js";

const LONG = 12;

function group(label, options) {
  const element = document.createElement("optgroup");
  element.label = label;
  element.append(...options);
  return element;
}

function narrow(select, entries, typed) {
  const chosen = select.value;
  const shown = entries.filter(({ option }) => option.value === chosen || holds(option.textContent, typed));
  const nodes = runsOf(shown).flatMap(([heading, run]) => {
    const options = run.map(({ option }) => option);
    return heading ? group(heading, options) : options;
  });
  select.replaceChildren(...nodes);
  select.value = chosen;
}

enhance("select[data-filter-options]", (select) => {
  const entries = [...select.options].map((option) => ({ option, heading: option.closest("optgroup")?.label }));
  if (entries.length <= LONG) return;
  const filter = document.createElement("input");
  filter.type = "search";
  filter.className = "select-filter";
  filter.placeholder = select.dataset.filterOptions;
  filter.setAttribute("aria-label", select.dataset.filterOptions);
  filter.autocomplete = "off";
  select.before(filter);

  filter.addEventListener("input", () => narrow(select, entries, filter.value));
  filter.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
});
