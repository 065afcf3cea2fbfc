"""The type of the amounts that rules and costs build over a model."""

from ortools.sat.python.cp_model import LinearExpr

Expression = LinearExpr | int
"""A linear expression over the literals of a model, or a plain number."""
