"""Rows as documents of the solver and back."""
