"""The planning problem and its answer as data: term, plan, hours, series, violations."""
