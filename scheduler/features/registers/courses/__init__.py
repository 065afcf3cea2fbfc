"""The catalogue: subjects that are taught and courses that are offered."""
