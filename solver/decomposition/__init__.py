"""Large terms: a city is cut into parts that are planned side by side, and cut another way to mend the borders.

``solve`` is the door: it plans a small term as a whole, a large one in parts, and only some sections where asked to.
"""

from collections.abc import Callable, Collection

from solver.decomposition.city import City
from solver.decomposition.partial_replan import Broken, BrokenError, broken, replan_only
from solver.problem.plan import Plan
from solver.problem.term import Term
from solver.progress import Observer, Silence
from solver.result import Result
from solver.search.large_neighbourhood import search_large_neighbourhoods as solve_whole
from solver.settings import Settings
from solver.stopping import never

__all__ = ["Broken", "BrokenError", "broken", "solve"]


def solve(
    term: Term,
    settings: Settings | None = None,
    observer: Observer | None = None,
    stop: Callable[[], bool] = never,
    start: Plan | None = None,
    only: Collection[str] | None = None,
) -> Result:
    """The best plan found within the settings.

    ``stop`` is polled several times a second; when it answers true, the best plan so far is returned. What is legal of
    the plan ``start``, or else of the term's previous plan, is where the search begins. A term of more sections than
    ``settings.part_size`` is planned in parts. With several workers, call it from a process with a single thread and an
    importable main module, since it starts processes. Raises ClusterError where ``settings.executor`` is of no use.

    With ``only`` nothing but these sections is planned: all others stay exactly where the plan ``start`` has them, and
    the whole costs no more than it did (see partial_replan; raises BrokenError where the others break a rule).
    """
    settings = settings or Settings()
    if only is not None:
        plan = start or Plan(term.previous)
        return replan_only(term, plan, only, settings, observer or Silence(), stop)
    if len(term.sections) <= settings.part_size:
        return solve_whole(term, settings, observer, stop, start)
    return City(term, settings, observer or Silence(), stop).run(start)
