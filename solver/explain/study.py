"""One term and plan under study: what is worked out for one question is kept for the next."""

from collections.abc import Mapping

from solver.explain.prospects import Prospects
from solver.explain.scope import Scope
from solver.plan import Placement
from solver.surroundings import Surroundings
from solver.term import Term


class Study:
    """A term with a plan, and the scopes of the sections looked at so far."""

    def __init__(self, around: Surroundings) -> None:
        self.term = around.term
        self.around = around
        self._scopes: dict[str, Scope] = {}

    def under(self, term: Term) -> "Study":
        """The same plan under another version of the term."""
        return Study(self.around.under(term))

    def scope(self, name: str) -> Scope:
        """What a section can have, whatever the others do."""
        if name not in self._scopes:
            self._scopes[name] = Scope(self.term, self.term.section[name])
        return self._scopes[name]

    def prospects(self, name: str, changes: Mapping[str, Placement | None] | None = None) -> Prospects:
        """What a section could have beside the others of the plan, some of which may be elsewhere or nowhere."""
        return Prospects(self.scope(name), self.around.changed({**(changes or {}), name: None}))

    def own_cost(self, name: str, placement: Placement) -> int:
        """What room, teacher and hours of a legal placement cost by themselves, weighted."""
        scope = self.scope(name)
        room, teacher = self.term.room[placement.room], self.term.teacher[placement.teacher]
        return (
            scope.room_cost(room)
            + scope.couple_cost(room, teacher)
            + scope.hours_cost(placement.week, placement.meetings)
        )
