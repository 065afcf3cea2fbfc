"""What part of a timetable is looked at, as the address keeps it."""

from dataclasses import dataclass, replace
from typing import Any

from flask import request, url_for
from flask_babel import lazy_gettext as _l

from scheduler.core.row_ids import row_id
from scheduler.models import Term
from scheduler.web.labels import WordedEnum
from scheduler.web.selection import AddressSelection


class View(WordedEnum):
    """Whose timetable it is."""

    ROOM = "room", _l("Rooms")
    VENUE = "venue", _l("Venues")
    TEACHER = "teacher", _l("Teachers")
    COMMUNITY = "community", _l("Communities")
    COURSE = "course", _l("Courses")


@dataclass(frozen=True)
class TimetableSelection(AddressSelection):
    """A plan (None: the one to start with), a view and the row it is of, one week or the typical one, and a search.

    ``unit_id`` is the unit whose rows are offered, None where all are.
    """

    endpoint = "timetable.show"
    term: Term
    plan_id: int | None = None
    view: View = View.ROOM
    of: int | None = None
    as_list: bool = False
    week: int | None = None
    search: str = ""
    unit_id: int | None = None

    def pdf_url(self, within: int | str | None = None, **changes: Any) -> str:
        """The address of the selection on paper, or of all of its view that belong to one venue, unit or subject."""
        shown = replace(self, search="", **changes)
        return url_for("timetable.pdf", within=within, **shown.arguments())

    def section_url(self, section_id: int) -> str:
        """The address of one section's dates in the same plan."""
        return url_for("timetable.section", term_id=self.term.id, section_id=section_id, plan=self.plan_id)

    def arguments(self) -> dict[str, Any]:
        """The term and what of its timetable is looked at."""
        return {
            "term_id": self.term.id,
            "plan": self.plan_id,
            "view": str(self.view),
            "of": self.of,
            "as": "list" if self.as_list else None,
            "week": self.week,
            "q": self.search or None,
            "unit": self.unit_id,
        }


def requested(term: Term) -> TimetableSelection:
    """The selection in the address; what makes no sense there is left out."""
    week = request.args.get("week", type=int)
    return TimetableSelection(
        term=term,
        plan_id=request.args.get("plan", type=row_id),
        view=request.args.get("view", View.ROOM, type=View),
        of=request.args.get("of", type=row_id),
        as_list=request.args.get("as") == "list",
        week=week if week is not None and 1 <= week <= term.weeks else None,
        search=request.args.get("q", "")[:100],
        unit_id=request.args.get("unit", type=row_id),
    )
