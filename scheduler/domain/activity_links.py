"""Which sections belong to which series or event: for the pages of sections, which know nothing else of activities."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, Select, false, func, select, union
from sqlalchemy.orm import joinedload
from wtforms import SelectChoice

from scheduler.core.extensions import db
from scheduler.core.row_ids import row_id
from scheduler.models import ActivitySeries, Event, EventItem, EventSection, Section, SeriesSection, Term
from scheduler.web.access import Scope
from scheduler.web.i18n import in_language

SERIES, EVENT, NO_ACTIVITY = "series-", "event-", "none"
KINDS: dict[str, type[ActivitySeries] | type[Event]] = {SERIES: ActivitySeries, EVENT: Event}


@dataclass(frozen=True)
class Activity:
    """The series or event that a section belongs to, as pages name it."""

    title: str
    url: str


def activities_by_section(section_ids: Iterable[int]) -> dict[int, Activity]:
    """The activities of those sections that belong to one."""
    ids = list(section_ids)
    series = db.session.scalars(
        select(SeriesSection).where(SeriesSection.section_id.in_(ids)).options(joinedload(SeriesSection.series))
    )
    of_series = {entry.section_id: _of_series(entry.series) for entry in series}
    places = db.session.scalars(
        select(EventSection)
        .where(EventSection.section_id.in_(ids))
        .options(joinedload(EventSection.item).joinedload(EventItem.event))
    )
    return of_series | {entry.section_id: _of_event(entry.item.event) for entry in places}


def _of_series(series: ActivitySeries) -> Activity:
    url = url_for("activities.show_series", term_id=series.term_id, series_id=series.id)
    return Activity(in_language(series.title_zh, series.title_en), url)


def _of_event(event: Event) -> Activity:
    url = url_for("events.show", term_id=event.term_id, event_id=event.id)
    return Activity(in_language(event.title_zh, event.title_en), url)


def public_event_of(section_id: int) -> Activity | None:
    """The event that a section belongs to, with its page for residents."""
    statement = select(Event).join(Event.items).join(EventItem.entries).where(EventSection.section_id == section_id)
    event = db.session.scalar(statement)
    if event is None:
        return None
    title = in_language(event.title_zh, event.title_en)
    return Activity(title, url_for("programmes.show", event_id=event.id))


def activity_choices(scope: Scope, term: Term) -> list[SelectChoice]:
    """What a list of sections can be narrowed to: no activities, or one of the term's series and events."""
    activities = [
        SelectChoice(f"{letters}{row.id}", in_language(row.title_zh, row.title_en))
        for letters, kind in KINDS.items()
        for row in db.session.scalars(_listed(kind, scope, term))
    ]
    return [SelectChoice(NO_ACTIVITY, _l("no activities")), *activities] if activities else []


def belongs_to(choice: str) -> ColumnElement[bool]:
    """A condition on ``sections`` for one of these choices; nothing fulfils a choice that is none."""
    if choice == NO_ACTIVITY:
        return Section.id.not_in(union(select(SeriesSection.section_id), select(EventSection.section_id)))
    try:
        kind, number = choice[: choice.index("-") + 1], row_id(choice[choice.index("-") + 1 :])
    except ValueError:
        return false()
    if kind == SERIES:
        return Section.id.in_(select(SeriesSection.section_id).where(SeriesSection.series_id == number))
    items = select(EventItem.id).where(EventItem.event_id == number)
    return Section.id.in_(select(EventSection.section_id).where(EventSection.item_id.in_(items)))


def activity_count(scope: Scope, term: Term) -> int:
    """How many series and events the term has in the scope."""
    listed = (_listed(kind, scope, term).subquery() for kind in KINDS.values())
    return sum(db.session.scalar(select(func.count()).select_from(rows)) or 0 for rows in listed)


def _listed(kind: type[ActivitySeries] | type[Event], scope: Scope, term: Term) -> Select[Any]:
    standing = kind.term_id == term.id, kind.archived_at.is_(None), scope.units()
    return select(kind).join(kind.unit).where(*standing).order_by(kind.title_zh)
