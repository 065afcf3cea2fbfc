"""What an event and its items must keep to, checked before they are saved; each refusal names its field."""

from collections.abc import Callable, Iterator
from datetime import date

from flask_babel import format_date, gettext as _, ngettext

from scheduler.core.errors import DomainError
from scheduler.domain.series_coverage import below
from scheduler.features.planning.activities.events.facts import ItemFacts, last_day_of, open_days, week_of
from scheduler.models import Event, Term

Check = Callable[[Event, ItemFacts], Iterator[DomainError]]
MAX_OF_A_COMMUNITY = 1000


def refuse_event(term: Term, first: date, last: date, event: Event | None) -> None:
    """Raise the first problem of an event's days, if there is one."""
    for problem in _event_problems(term, first, last, event):
        raise problem


def refuse_item(event: Event, facts: ItemFacts) -> None:
    """Raise the first problem of an item, if there is one."""
    for check in CHECKS:
        for problem in check(event, facts):
            raise problem


def _event_problems(term: Term, first: date, last: date, event: Event | None) -> Iterator[DomainError]:
    yield from _outside_term(term, "first_day", first)
    yield from _outside_term(term, "last_day", last)
    if last < first:
        yield DomainError(_("The last day lies before the first. Exchange them."), "last_day")
    if not open_days(term, first, last):
        yield DomainError(_("Nothing can be held then: these are days off. Choose other days."), "first_day")
    for item in event.items if event is not None else ():
        if not item.archived and not first <= item.first_day <= item.last_day <= last:
            message = _("“%(title)s” would then lie outside. Give it other days first.", title=item.title_zh)
            yield DomainError(message, "first_day" if item.first_day < first else "last_day")


def _outside_term(term: Term, field: str, day: date) -> Iterator[DomainError]:
    last = last_day_of(term)
    if not term.first_day <= day <= last:
        message = _(
            "The term lasts from %(first)s to %(last)s. Choose a day within it.",
            first=format_date(term.first_day, "long"), last=format_date(last, "long"),
        )
        yield DomainError(message, field)


def _within_event(event: Event, facts: ItemFacts) -> Iterator[DomainError]:
    for field, day in (("first_day", facts.first_day), ("last_day", facts.last_day)):
        if not event.first_day <= day <= event.last_day:
            message = _(
                "The event lasts from %(first)s to %(last)s. Choose a day within it.",
                first=format_date(event.first_day, "long"), last=format_date(event.last_day, "long"),
            )
            yield DomainError(message, field)
    if facts.last_day < facts.first_day:
        yield DomainError(_("The last day lies before the first. Exchange them."), "last_day")


def _on_working_days(event: Event, facts: ItemFacts) -> Iterator[DomainError]:
    names = {day.date: day.name for day in event.term.days}
    for field, day in (("first_day", facts.first_day), ("last_day", facts.last_day)):
        if not open_days(event.term, day, day):
            message = _(
                "%(day)s is a day off%(name)s. Choose another day.",
                day=format_date(day, "long"), name=f" ({names[day]})" if names.get(day) else "",
            )
            yield DomainError(message, field)


def _one_week(event: Event, facts: ItemFacts) -> Iterator[DomainError]:
    if week_of(event.term, facts.first_day) != week_of(event.term, facts.last_day):
        message = _("An item lies within one week, Monday to Sunday. Put the rest into another item.")
        yield DomainError(message, "last_day")


def _enough_days(event: Event, facts: ItemFacts) -> Iterator[DomainError]:
    days = len(open_days(event.term, facts.first_day, facts.last_day))
    if facts.sessions > days:
        message = ngettext(
            "Something can be held on %(num)s day then, once a day. Write at most that.",
            "Something can be held on %(num)s days then, once a day. Write at most that.",
            days,
        )
        yield DomainError(message, "sessions")


def _long_enough(event: Event, facts: ItemFacts) -> Iterator[DomainError]:
    grid = event.term.grid_minutes
    first = -(-facts.start_minute // grid) * grid
    if facts.end_minute <= facts.start_minute:
        yield DomainError(_("The end lies before the beginning."), "end")
    elif first + facts.minutes > facts.end_minute:
        message = _(
            "%(minutes)d minutes do not fit between these times; sessions of this term begin every %(grid)d minutes.",
            minutes=facts.minutes, grid=grid,
        )
        yield DomainError(message, "end")


def _speakers(_event: Event, facts: ItemFacts) -> Iterator[DomainError]:
    if facts.teachers and not any(facts.subject in teacher.subjects for teacher in facts.teachers):
        message = _(
            "None of these teachers teaches %(subject)s. Choose others, or add the subject to one of them.",
            subject=facts.subject.name_zh,
        )
        yield DomainError(message, "teachers")


def _people(_event: Event, facts: ItemFacts) -> Iterator[DomainError]:
    outside = [community.name for community in facts.chosen if not community.unit.path.startswith(facts.unit.path)]
    if outside:
        message = _("%(places)s: not in %(unit)s.", places=_(", ").join(outside[:5]), unit=facts.unit.name)
        yield DomainError(message, "chosen")
    count = len(facts.chosen or below(facts.unit))
    if not count:
        yield DomainError(_("%(unit)s has no community. Choose another unit.", unit=facts.unit.name), "unit")
    if facts.places > count:
        message = ngettext(
            "People of %(num)s community cannot be shared out among more places than that.",
            "People of %(num)s communities cannot be shared out among more places than that.",
            count,
        )
        yield DomainError(message, "places")
    if facts.people < facts.places:
        yield DomainError(_("That would leave a place without anybody."), "people")


CHECKS: tuple[Check, ...] = (
    _within_event, _on_working_days, _one_week, _enough_days, _long_enough, _speakers, _people,
)
