"""``python -m solver.search.compiled``: compile the walk now, so that the first search does not have to wait for it."""

from datetime import date

from solver.problem.term import Calendar, Term, Travel, Weights
from solver.search.candidates import Candidates
from solver.search.compiled.walker import Walker

NOTHING = Term(
    calendar=Calendar(date(2027, 3, 1), 1, (), 30),
    travel=Travel(1, 0),
    weights=Weights(),
    units=(),
    communities=(),
    venues=(),
    rooms=(),
    teachers=(),
    sections=(),
)
"""Compiled code depends on the kinds of the arrays, not on what is in them."""

if __name__ == "__main__":
    Walker.of(Candidates(NOTHING)).load()
