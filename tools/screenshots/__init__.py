"""Takes a picture of every page, on a desktop and on a phone, in both languages: ``python -m tools.screenshots``."""
