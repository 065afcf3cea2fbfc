"""The type of the amounts that rules and costs build on a board."""

from ortools.sat.python.cp_model import LinearExpr

Expression = LinearExpr | int
"""A linear expression over the literals of a board, or a plain number."""
