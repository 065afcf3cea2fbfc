"""Questions about a plan: why, what else, what would help."""
