"""Assignments: what teachers answer to the sections that a plan gives them."""
