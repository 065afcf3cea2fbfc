"""One term and plan under study: what is worked out for one question is kept for the next."""

from collections.abc import Mapping

from solver.analysis.explain.prospects import Prospects
from solver.analysis.explain.scope import Scope
from solver.analysis.plan_index import PlanIndex
from solver.model.pattern_cache import PatternCache
from solver.problem.plan import Placement
from solver.problem.term import Term


class Study:
    """A term with a plan, and the scopes of the sections looked at so far."""

    def __init__(self, plan_index: PlanIndex, pattern_cache: PatternCache | None = None) -> None:
        self.term = plan_index.term
        self.plan_index = plan_index
        self._pattern_cache = pattern_cache or PatternCache()
        self._scopes: dict[str, Scope] = {}

    def under(self, term: Term) -> "Study":
        """The same plan under another version of the term."""
        return Study(self.plan_index.under(term), self._pattern_cache)

    def scope(self, name: str) -> Scope:
        """What a section can have, whatever the others do."""
        if name not in self._scopes:
            self._scopes[name] = Scope(self.term, self.term.section[name], self._pattern_cache)
        return self._scopes[name]

    def prospects(self, name: str, changes: Mapping[str, Placement | None] | None = None) -> Prospects:
        """What a section could have beside the others of the plan, some of which may be elsewhere or nowhere."""
        return Prospects(self.scope(name), self.plan_index.changed({**(changes or {}), name: None}))
