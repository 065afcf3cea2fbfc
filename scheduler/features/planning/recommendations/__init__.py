"""Which single things more would help a plan most, each to be tried as a scenario."""
