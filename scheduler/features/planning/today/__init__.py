"""The first page after signing in: what needs the user today, and how an installation is set up."""
