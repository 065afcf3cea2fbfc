"""Nobody teaches at hours of a date at which they are busy elsewhere."""

from functools import partial

from solver.model.domain import SectionDomain
from solver.model.resource_rules import BusyRule
from solver.model.timetable import Placed
from solver.problem.busy import Busy
from solver.problem.plan import Id
from solver.problem.term import Teacher, Term, Venue


class TeacherBusy(BusyRule):
    """No session is held while its teacher is busy, and they have time to travel there and from there."""

    code = "teacher busy"

    def narrow(self, domain: SectionDomain) -> None:
        domain.teacher_busy = partial(_busy, domain.term)

    def busy(self, placed: Placed) -> tuple[Id, Busy]:
        return placed.teacher.id, _busy(placed.term, placed.teacher, placed.venue)


def _busy(term: Term, teacher: Teacher, venue: Venue) -> Busy:
    return [
        (hours, term.travel_minutes(hours.place, venue) if hours.place is not None else 0) for hours in teacher.busy
    ]
