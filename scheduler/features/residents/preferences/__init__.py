"""A visitor's language and view, kept in their session and a cookie."""
