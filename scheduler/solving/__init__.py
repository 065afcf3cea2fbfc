"""The one door to the planning library: rows become documents, plans become rows, runs are queued, codes become words."""
