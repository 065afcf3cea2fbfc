"""Help in place: a short text for every page, by its endpoint, or the reason why it needs none."""
