"""Codes of the planning library as sentences: broken rules, reasons, parts of the cost, what improved a plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import LazyString, gettext as _, lazy_gettext as _l

import solver
from scheduler.solving.names import named


@dataclass(frozen=True)
class Sentence:
    """A text whose placeholders are the kinds of the parameters, in the order in which these come."""

    text: LazyString
    kinds: tuple[str, ...] = ()

    def say(self, parameters: Sequence[object]) -> str:
        """The text with the parameters in the reader's words."""
        words = {kind: named(kind, str(value)) for kind, value in zip(self.kinds, parameters, strict=True)}
        return str(self.text) % words if words else str(self.text)


def _s(text: LazyString, kinds: str = "") -> Sentence:
    return Sentence(text, tuple(kinds.split()))


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
    "teacher absent": _s(_l("%(section)s: %(teacher)s is absent on %(date)s."), "section teacher date"),
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
    "infeasible": _l("Something that is pinned cannot be kept. Look at the pinned sections on the page Ready."),
    "search_died": _l(
        "The search broke off three times. The best plan until then is kept as a draft, if there was one."
    ),
    "worker_lost": _l(
        "The worker broke off three times. The best plan until then is kept as a draft, if there was one."
    ),
}

REASONS: dict[str, Sentence] = {}

PHASES: dict[str, LazyString] = {}


def violation_sentence(violation: solver.Violation) -> str:
    """A broken rule in words."""
    return _say(VIOLATIONS, violation.code, violation.parameters, _("A rule is broken: %(code)s.", code=violation.code))


def reason_sentence(reason: Mapping[str, object]) -> str:
    """Why a section is not placed, from ``{"code": …, "parameters": […]}`` as a plan keeps it."""
    parameters = reason.get("parameters")
    values = parameters if isinstance(parameters, list) else []
    return _say(REASONS, str(reason.get("code")), values, _("No hours, room and teacher were left for it."))


def cost_part(name: str) -> str:
    """What a part of the cost counts."""
    return str(COST_PARTS.get(name, name))


def phase_sentence(phase: str) -> str:
    """What improved the plan."""
    return str(PHASES.get(phase, _("A part of the plan was arranged anew.")))


def failure_sentence(failure: str) -> str:
    """What ended a run that failed."""
    return str(FAILURES.get(failure, _("Planning failed. Try again; if it fails again, tell the administrator.")))


def _say(table: Mapping[str, Sentence], code: str, parameters: Sequence[object], otherwise: str) -> str:
    """The sentence of a code; the general one for a code or parameters that are not known, as in an old plan."""
    sentence = table.get(code)
    if sentence is None or len(sentence.kinds) != len(parameters):
        return otherwise
    return sentence.say(parameters)
