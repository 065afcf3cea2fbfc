"""Guides for every role, and the search over them and the help texts of pages."""
