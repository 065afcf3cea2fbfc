"""A visitor's language and view, kept in her session and a cookie."""
