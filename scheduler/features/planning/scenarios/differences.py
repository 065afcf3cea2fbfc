"""What becomes of an entry of the registers, field by field, in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask_babel import LazyString, gettext as _, lazy_gettext as _l, ngettext
from sqlalchemy import select

from scheduler.audit.states.codec import State
from scheduler.audit.states.registers import PINS
from scheduler.calendar import weekly_hours
from scheduler.core.extensions import db
from scheduler.domain.cost_weights import WEIGHTS
from scheduler.models import RoomWindow, Subject, Teacher, Unit, Venue
from scheduler.web.i18n import distance, in_language, yuan

FIELDS: dict[str, LazyString] = {
    "hours": _l("Hours"),
    "closed": _l("Closed"),
    "absent": _l("Absent"),
    "subjects": _l("Subjects"),
    "archived": _l("In the lists"),
    "max_week": _l("Sessions a week at most"),
    "max_day": _l("Sessions a day at most"),
    "reach_metres": _l("How far people go"),
    "latest_week": _l("Begins in week at the latest"),
    "venues": _l("Venues it may use"),
    "teachers": _l("Teachers it may have"),
    "pin": _l("Pinned"),
}


@dataclass(frozen=True)
class Difference:
    """A field with its value before and after, in words."""

    field: str
    before: str
    after: str


def differences(before: State, after: State) -> list[Difference]:
    """The fields that differ; budgets and weights one by one."""
    return [
        Difference(name, _text(field, old), _text(field, new))
        for field, name, old, new in _pairs(before, after) if old != new
    ]


def _pairs(before: State, after: State) -> Iterator[tuple[str, str, Any, Any]]:
    for field, old in before.items():
        if field == "budgets":
            names = _names(Unit, map(int, old))
            for unit_id, amount in old.items():
                yield field, _("Budget of %(unit)s", unit=names[int(unit_id)]), amount, after[field][unit_id]
        elif field == "weights":
            for part, weight in after[field].items():
                yield field, str(WEIGHTS[part].words) if part in WEIGHTS else part, old.get(part, 0), weight
        elif field not in PINS:
            yield field, str(FIELDS[field]), old, after[field]
    pins = [pin for pin in PINS if pin in before]
    yield "pin", str(FIELDS["pin"]), [before[pin] for pin in pins], [after[pin] for pin in pins]


def _text(field: str, value: Any) -> str:
    match field:
        case "hours":
            spans = (RoomWindow(weekday=day, start_minute=start, end_minute=end) for day, start, end in value)
            return weekly_hours.summary(spans) or _("none")
        case "closed" | "absent":
            dates = {when.partition(" ")[0] for when in value}
            return ngettext("on %(num)s date", "on %(num)s dates", len(dates)) if value else _("never")
        case "subjects":
            subjects = db.session.scalars(select(Subject).where(Subject.code.in_(value)).order_by(Subject.code))
            return _(", ").join(in_language(subject.name_zh, subject.name_en) for subject in subjects) or _("none")
        case "venues" | "teachers":
            kind = Venue if field == "venues" else Teacher
            return _(", ").join(_names(kind, value).values()) or _("all")
        case "archived":
            return _("no") if value else _("yes")
        case "pin":
            return _("yes") if any(value) else _("no")
        case "reach_metres":
            return distance(value)
        case "budgets":
            return yuan(value)
    return str(value)


def _names(kind: type[Unit] | type[Venue] | type[Teacher], ids: Any) -> dict[int, str]:
    rows = db.session.execute(select(kind.id, kind.name).where(kind.id.in_(list(ids))).order_by(kind.name))
    return {row_id: str(name) for row_id, name in rows}
