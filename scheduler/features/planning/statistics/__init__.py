"""Statistics of a plan: maps, bars and histograms, each with the table behind it."""
