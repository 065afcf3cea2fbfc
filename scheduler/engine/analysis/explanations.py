"""Why a section is where it is in a plan, or why it has no place, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from flask_babel import LazyString, gettext as _, lazy_gettext as _l

import solver
from scheduler.core.clock import clock
from scheduler.engine.analysis.changes import write_grants
from scheduler.engine.analysis.what_if import document_of
from scheduler.engine.documents.keys import ROOM, SECTION, key, row_id
from scheduler.engine.documents.snapshot import plan_document
from scheduler.engine.words.grants import grant_sentence
from scheduler.engine.words.names import named, room_name, section_name, teacher_name
from scheduler.engine.words.sentences import cost_part, reason_sentence, violation_sentence
from scheduler.models import Plan, Section
from scheduler.web.labels import weekday_name
from solver import Alternative, Cause, Offer

MAX_ALTERNATIVES_SHOWN = 6
"""Names in a list before the others are only counted."""

CAUSES: dict[tuple[str, str], LazyString] = {
    ("pin", "room"): _l("Rooms other than the one it is pinned to"),
    ("pin", "teacher"): _l("Teachers other than the one it is pinned to"),
    ("reach", "room"): _l("Rooms too far away for at least half of its learners"),
    ("venue not allowed", "room"): _l("Rooms in venues that it may not use"),
    ("capacity", "room"): _l("Rooms with too few seats"),
    ("features", "room"): _l("Rooms that lack something the course needs"),
    ("room open", "room"): _l("Rooms that are not open at hours that suit"),
    ("room closed", "room"): _l("Rooms that are closed on a date it would need"),
    ("room busy", "room"): _l("Rooms taken by another term, or closed, at an hour it would need"),
    ("room overlap", "room"): _l("Rooms that are taken at all hours that suit"),
    ("subject", "teacher"): _l("Teachers of other subjects"),
    ("teacher not allowed", "teacher"): _l("Teachers that it may not have"),
    ("teacher reach", "teacher"): _l("Teachers who live too far from every fitting room"),
    ("teacher available", "teacher"): _l("Teachers without time at hours that suit"),
    ("teacher absent", "teacher"): _l("Teachers who are absent on a date it would need"),
    ("teacher busy", "teacher"): _l("Teachers who teach in another term, or are absent, at an hour it would need"),
    ("teacher busy", "couple"): _l("Teachers who could not get to the room in time from another term"),
    ("teacher week load", "teacher"): _l("Teachers who already give as many sessions a week as they may"),
    ("teacher day load", "teacher"): _l("Teachers who already give as many sessions a day as they may"),
    ("teacher overlap or travel", "teacher"): _l("Teachers who teach elsewhere at all hours that suit"),
    ("budget", "unit"): _l("Units whose budget is used up"),
    ("no common hours", "couple"): _l("Rooms and teachers without hours in common"),
    ("all taken", "couple"): _l("Rooms and teachers of which one is always taken"),
}
OTHERS: dict[str, LazyString] = {
    "room": _l("another room"),
    "teacher": _l("another teacher"),
    "hours": _l("other hours"),
    "anything": _l("the cheapest of all other places"),
}


@dataclass(frozen=True)
class RuleObstacle:
    """What one rule leaves out: in words, how many, which ones, and the sections that take them."""

    text: str
    count: int
    names: str
    sections: str


@dataclass(frozen=True)
class PlacingWay:
    """What would place the section: what to grant, where it then goes, which sections make way, what it adds.

    ``granted`` is what a scenario would have to change, as it is sent to where it is tried.
    """

    grants: list[str]
    granted: str
    place: str
    moves: list[str]
    cost: int


@dataclass(frozen=True)
class Instead:
    """Another place: what is different, where, what it adds, and in words what forbids it."""

    other: str
    place: str
    cost: int
    forbidden: list[str]


@dataclass(frozen=True)
class Explained:
    """All about one section of a plan; the lists that do not apply are empty."""

    place: str
    cost: list[tuple[str, int]]
    obstacles: list[RuleObstacle]
    ways: list[PlacingWay]
    instead: list[Instead]


def explain_section(plan: Plan, section: Section) -> Explained:
    """Look for the reasons with today's rooms, teachers and hours, or those of the plan's scenario; takes seconds.

    Raises KeyError for a section that is no longer planned, such as an archived one.
    """
    term = document_of(plan)
    explanation = solver.explain(term, plan_document(plan), key(SECTION, section.id))
    minutes = {planned.id: planned.minutes for planned in term.sections}
    return Explained(
        place=_place(explanation.placement, minutes[explanation.section]) if explanation.placement else "",
        cost=[(cost_part(part), amount) for part, amount in explanation.cost.items() if amount],
        obstacles=[_obstacle(cause) for cause in explanation.causes],
        ways=[_way(offer, explanation.section, minutes) for offer in explanation.offers],
        instead=_each_place_once(
            _instead(alternative, minutes[explanation.section]) for alternative in explanation.alternatives
        ),
    )


def _obstacle(cause: Cause) -> RuleObstacle:
    text = CAUSES.get((cause.code, cause.kind))
    return RuleObstacle(
        text=str(text) if text else reason_sentence({"code": cause.code}),
        count=cause.count,
        names=_list((_culprit(cause.kind, name) for name in cause.names), len(cause.names)),
        sections=_list(map(section_name, cause.sections), len(cause.sections)),
    )


def _culprit(kind: str, name: str) -> str:
    """The name of a room, teacher or unit; a couple names rooms and teachers, told apart by their keys."""
    if kind == "couple":
        kind = "room" if row_id(ROOM, name) else "teacher"
    return named(kind, name)


def _way(offer: Offer, section: str, minutes: dict[str, int]) -> PlacingWay:
    moves = (
        _("%(section)s goes to %(place)s", section=section_name(name), place=_place(placement, minutes[name]))
        for name, placement in offer.placements.items()
        if name != section
    )
    place = _place(offer.placements[section], minutes[section])
    grants = [grant_sentence(relaxation) for relaxation in offer.relaxations]
    return PlacingWay(grants, write_grants(offer.relaxations), place, list(moves), offer.cost)


def _instead(alternative: Alternative, minutes: int) -> Instead:
    forbidden = [violation_sentence(violation) for violation in alternative.violations[:MAX_ALTERNATIVES_SHOWN]]
    place = _place(alternative.placement, minutes)
    return Instead(str(OTHERS[alternative.other]), place, alternative.cost, list(dict.fromkeys(forbidden)))


def _each_place_once(places: Iterable[Instead]) -> list[Instead]:
    """Without the cheapest of all other places where they were listed already."""
    return list({place.place: place for place in reversed(list(places))}.values())[::-1]


def _place(placement: solver.Placement, minutes: int) -> str:
    """Such as “Tuesday 09:00–10:30 from week 2, Library Hall, Teacher 3”."""
    hours = _(", ").join(
        f"{weekday_name(weekday)} {clock(start)}–{clock(start + minutes)}" for weekday, start in placement.meetings
    )
    return _(
        "%(hours)s from week %(week)s, %(room)s, %(teacher)s",
        hours=hours, week=placement.week, room=room_name(placement.room), teacher=teacher_name(placement.teacher),
    )


def _list(names: Iterable[str], count: int) -> str:
    text = _(", ").join(islice(names, MAX_ALTERNATIVES_SHOWN))
    return (
        _("%(names)s and %(number)s more", names=text, number=count - MAX_ALTERNATIVES_SHOWN)
        if count > MAX_ALTERNATIVES_SHOWN
        else text
    )
