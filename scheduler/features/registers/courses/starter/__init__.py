"""A catalogue to begin with: usual subjects and courses of community education, from tables beside this file."""
