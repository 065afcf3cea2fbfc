"""Places as drawings: projection, labels, tiles."""
