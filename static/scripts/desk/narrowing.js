// Long lists that are narrowed by typing: which entries stay, and under which heading.

/** Whether a label holds what was typed, whatever the case of its letters. */
export function holds(label, typed) {
  return label.toLocaleLowerCase().includes(typed.trim().toLocaleLowerCase());
}

/** Entries one after the other as [heading, entries] for each run of the same heading. */
export function runsOf(entries) {
  const runs = [];
  for (const entry of entries) {
    if (runs.at(-1)?.[0] === entry.heading) runs.at(-1)[1].push(entry);
    else runs.push([entry.heading, [entry]]);
  }
  return runs;
}
