"""The one door to the planning library: rows become documents, plans become rows, codes become words."""
