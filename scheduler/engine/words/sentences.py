"""Codes of the planning library as sentences: broken rules, reasons, parts of the cost, what improved a plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import LazyString, gettext as _, lazy_gettext as _l

import solver
from scheduler.engine.words.names import named


@dataclass(frozen=True)
class Sentence:
    """A text whose placeholders are the kinds of the parameters, in the order in which these come.

    ``unnamed`` is said instead where the last parameter is empty.
    """

    text: LazyString
    kinds: tuple[str, ...] = ()
    unnamed: LazyString | None = None

    def say(self, parameters: Sequence[object]) -> str:
        """The text with the parameters in the reader's words."""
        words = {kind: named(kind, str(value)) for kind, value in zip(self.kinds, parameters, strict=True)}
        text = self.text if self.unnamed is None or parameters[-1] else self.unnamed
        return str(text) % words if words else str(text)


def _s(text: LazyString, kinds: str = "", unnamed: LazyString | None = None) -> Sentence:
    return Sentence(text, tuple(kinds.split()), unnamed)


VIOLATIONS: dict[str, Sentence] = {
    "unknown section": _s(_l("The plan names the section %(text)s, which the term does not have."), "text"),
    "unknown room or teacher": _s(
        _l("%(section)s: its room %(text)s or its teacher %(teacher)s does not exist here."), "section text teacher"
    ),
    "pinned section unplaced": _s(_l("%(section)s is pinned, but the plan leaves it out."), "section"),
    "pin": _s(_l("%(section)s is pinned to another value: %(part)s."), "section part"),
    "meetings per week": _s(_l("%(section)s has the wrong number of meetings a week."), "section"),
    "day gap": _s(_l("%(section)s meets on days that are too close together."), "section"),
    "first week": _s(_l("%(section)s begins too early or too late."), "section"),
    "time grid": _s(_l("%(section)s begins at a time that is not on the term's grid."), "section"),
    "section window": _s(
        _l("%(section)s: %(weekday)s %(time)s is outside the hours that suit the course."), "section weekday time"
    ),
    "room open": _s(_l("%(section)s: %(room)s is not open on %(weekday)s at %(time)s."), "section room weekday time"),
    "teacher available": _s(
        _l("%(section)s: %(teacher)s cannot teach on %(weekday)s at %(time)s."), "section teacher weekday time"
    ),
    "capacity": _s(_l("%(section)s: %(room)s has too few seats."), "section room"),
    "features": _s(_l("%(section)s: %(room)s lacks something that the course needs."), "section room"),
    "venue not allowed": _s(_l("%(section)s may not be held in %(venue)s."), "section venue"),
    "teacher not allowed": _s(_l("%(section)s may not be taught by %(teacher)s."), "section teacher"),
    "subject": _s(_l("%(section)s: %(teacher)s does not teach this subject."), "section teacher"),
    "teacher reach": _s(_l("%(section)s: the way is too long for %(teacher)s."), "section teacher"),
    "reach": _s(_l("%(section)s: for more than half of the learners the way is too long."), "section"),
    "term ends too early": _s(_l("%(section)s: the term ends before all sessions are held."), "section"),
    "room closed": _s(_l("%(section)s: %(room)s is closed on %(date)s."), "section room date"),
    "room busy": _s(
        _l("%(section)s: %(room)s is taken by %(term)s on %(date)s from %(time)s to %(end)s."),
        "section room date time end term",
        unnamed=_l("%(section)s: %(room)s is closed on %(date)s from %(time)s to %(end)s."),
    ),
    "teacher absent": _s(_l("%(section)s: %(teacher)s is absent on %(date)s."), "section teacher date"),
    "teacher busy": _s(
        _l(
            "%(section)s: on %(date)s %(teacher)s teaches in %(term)s from %(time)s to %(end)s,"
            " which leaves no time for it."
        ),
        "section teacher date time end term",
        unnamed=_l("%(section)s: %(teacher)s is absent on %(date)s from %(time)s to %(end)s."),
    ),
    "room overlap": _s(
        _l("%(room)s is used twice on %(date)s: by %(section)s and %(other)s."), "room date section other"
    ),
    "teacher overlap or travel": _s(
        _l("%(teacher)s cannot hold both %(section)s and %(other)s on %(date)s."), "teacher date section other"
    ),
    "teacher day load": _s(_l("%(teacher)s has too many sessions on %(date)s."), "teacher date"),
    "teacher week load": _s(_l("%(teacher)s has too many sessions in week %(week)s."), "teacher week"),
    "budget": _s(_l("%(unit)s would spend %(yuan)s, but has only %(budget)s."), "unit yuan budget"),
}

COST_PARTS: dict[str, LazyString] = {
    "unplaced": _l("sections that are not placed"),
    "lost": _l("learners for whom the way is too long"),
    "distance": _l("learners' ways to class"),
    "teacher_distance": _l("teachers' ways"),
    "money": _l("fees"),
    "time": _l("hours that suit less well"),
    "clash": _l("sections that the same people want at the same time"),
    "uncovered": _l("communities that no section serves"),
    "overwork": _l("teachers' sessions beyond what they wish"),
    "moved_time": _l("hours moved since the published plan"),
    "moved_room": _l("rooms changed since the published plan"),
    "moved_teacher": _l("teachers changed since the published plan"),
}

FAILURES: dict[str, LazyString] = {
    "infeasible": _l("The pinned sections cannot all be kept. Loosen one of them and plan again."),
    "undecided": _l("No plan that keeps everything pinned was found in time. Allow more time, or pin less."),
    "search_died": _l(
        "The search broke off three times. The best plan until then is kept as a draft, if there was one."
    ),
    "worker_lost": _l(
        "The worker broke off three times. The best plan until then is kept as a draft, if there was one."
    ),
}

REASONS: dict[str, Sentence] = {
    "no room: pin": _s(_l("The room it is pinned to is not among the rooms in reach.")),
    "no room: capacity": _s(_l("No room seats all its learners; %(number)s rooms were looked at."), "number"),
    "no room: features": _s(
        _l("No room that is large enough has what the course needs (%(number)s looked at)."), "number"
    ),
    "no room: venue not allowed": _s(
        _l("The venues it may use have no fitting room (%(number)s elsewhere)."), "number"
    ),
    "no room: reach": _s(
        _l("Fitting rooms (%(number)s) are all too far away for at least half of its learners."), "number"
    ),
    "no teacher: pin": _s(_l("The teacher it is pinned to is not among the teachers in reach.")),
    "no teacher: teacher not allowed": _s(_l("None of the teachers it may have is in reach.")),
    "no teacher: subject": _s(_l("No teacher teaches its subject; %(number)s were looked at."), "number"),
    "no week: first week": _s(_l("The weeks in which it may begin lie outside the term.")),
    "no week: pin": _s(_l("The week it is pinned to lies outside the weeks in which it may begin.")),
    "no hours: section window": _s(_l("The hours that suit the course are too short for its sessions, or missing.")),
    "no hours: day gap": _s(_l("The hours that suit the course leave too few days between its meetings.")),
    "term ends too early": _s(_l("The term ends before all its sessions could be held.")),
    "teacher reach": _s(
        _l("The teachers of its subject (%(count)s) live too far from the rooms in reach (%(number)s)."), "number count"
    ),
    "no common hours": _s(
        _l("Rooms (%(number)s) and teachers (%(count)s) have no hours in common that suit the course."), "number count"
    ),
    "rooms taken": _s(_l("All fitting rooms (%(number)s) are taken at hours that would do."), "number"),
    "teachers taken": _s(_l("All fitting teachers (%(number)s) are taken at hours that would do."), "number"),
    "teachers full": _s(_l("All fitting teachers (%(number)s) already give as many sessions as they may."), "number"),
    "all taken": _s(
        _l("At any hour that would do, either the room or the teacher is taken (%(number)s pairs)."), "number"
    ),
    "budget": _s(
        _l("%(unit)s cannot pay for it: fees of at least %(yuan)s, and %(budget)s are left."), "unit yuan budget"
    ),
    "too costly": _s(_l("Placing it would cost more (%(number)s) than leaving it out (%(count)s)."), "number count"),
    "taken out": _s(_l("It was taken off the plan by hand.")),
    "could be placed": _s(_l("There is still a place for it: plan again, with more time."), "number"),
}
"""Reasons that depend on the rule which leaves no choice are found under their code and the rule's."""

PHASES: dict[str, LazyString] = {
    "construct": _l("sections were placed one after the other"),
    "rivals": _l("sections that want the same teachers and rooms changed places"),
    "shared learners": _l("sections for the same people were set apart"),
    "same teachers": _l("teachers exchanged sections"),
    "same venue": _l("the rooms of a venue were shared out anew"),
    "budget rivals": _l("a unit's money was shared out anew"),
    "same course": _l("sections of the same subject exchanged teachers"),
}


def violation_sentence(violation: solver.Violation) -> str:
    """A broken rule in words."""
    return _say(VIOLATIONS, violation.code, violation.parameters, _("A rule is broken: %(code)s.", code=violation.code))


def reason_sentence(reason: Mapping[str, object]) -> str:
    """Why a section is not placed, from ``{"code": …, "parameters": […]}`` as a plan keeps it."""
    code, parameters = str(reason.get("code")), reason.get("parameters")
    values = parameters if isinstance(parameters, list) else []
    by_rule = f"{code}: {values[0]}" if values else code
    if by_rule in REASONS:
        code, values = by_rule, values[1 : 1 + len(REASONS[by_rule].kinds)]
    return _say(REASONS, code, values, _("No hours, room and teacher were left for it."))


def cost_part(name: str) -> str:
    """What a part of the cost counts."""
    return str(COST_PARTS.get(name, name))


def phase_sentence(phase: str) -> str:
    """What improved the plan."""
    return str(PHASES.get(phase, _("a part of the plan was arranged anew")))


def failure_sentence(failure: str) -> str:
    """What ended a job that failed."""
    return str(FAILURES.get(failure, _("Planning failed. Try again; if it fails again, tell the administrator.")))


def _say(table: Mapping[str, Sentence], code: str, parameters: Sequence[object], otherwise: str) -> str:
    """The sentence of a code; the general one for a code or parameters that are not known, as in an old plan."""
    sentence = table.get(code)
    if sentence is None or len(sentence.kinds) != len(parameters):
        return otherwise
    return sentence.say(parameters)
