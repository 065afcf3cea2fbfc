"""How plans are found: candidates, construction, improvement, bounds."""
