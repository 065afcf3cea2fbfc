// A long select gets a field that narrows it to the options with the typed text; the chosen one stays.

import { enhance } from "./enhance.js";

const LONG = 12;

function narrow(select, options, text) {
  const wanted = text.trim().toLocaleLowerCase();
  const chosen = select.value;
  select.replaceChildren(
    ...options
      .filter(({ option }) => !wanted || option.value === chosen || option.textContent.toLocaleLowerCase().includes(wanted))
      .reduce(grouped, []),
  );
  select.value = chosen;
}

/** Puts an option into its group, which is made anew at its first option. */
function grouped(nodes, { option, label }) {
  if (!label) return [...nodes, option];
  const last = nodes.at(-1);
  if (last?.label === label && last instanceof HTMLOptGroupElement) {
    last.append(option);
    return nodes;
  }
  const group = document.createElement("optgroup");
  group.label = label;
  group.append(option);
  return [...nodes, group];
}

enhance("select[data-filter-options]", (select) => {
  const options = [...select.options].map((option) => ({ option, label: option.closest("optgroup")?.label }));
  if (options.length <= LONG) return;
  const filter = document.createElement("input");
  filter.type = "search";
  filter.className = "select-filter";
  filter.placeholder = select.dataset.filterOptions;
  filter.setAttribute("aria-label", select.dataset.filterOptions);
  filter.autocomplete = "off";
  select.before(filter);

  filter.addEventListener("input", () => narrow(select, options, filter.value));
  filter.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
});
