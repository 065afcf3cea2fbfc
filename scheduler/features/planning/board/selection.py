"""What part of a plan the board shows and which section is in hand, as the address keeps it."""

from dataclasses import dataclass
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l

from scheduler.core.row_ids import row_id
from scheduler.models import Plan
from scheduler.web.labels import WordedEnum
from scheduler.web.selection import AddressSelection


class RowKind(WordedEnum):
    """What the rows of the board are."""

    ROOM = "room", _l("Rooms")
    VENUE = "venue", _l("Venues")
    TEACHER = "teacher", _l("Teachers")
    COMMUNITY = "community", _l("Communities")


@dataclass(frozen=True)
class BoardSelection(AddressSelection):
    """Rows of one unit (None: the one to start with), words that names contain, the section in hand.

    ``leaving`` is the weekday of the meeting by which the section was picked up.
    """

    endpoint = "board.show"
    plan: Plan
    rows: RowKind = RowKind.ROOM
    unit_id: int | None = None
    search: str = ""
    section_id: int | None = None
    leaving: int | None = None

    def arguments(self) -> dict[str, Any]:
        """The plan and what of it the board shows."""
        return {
            "plan_id": self.plan.id,
            "rows": str(self.rows),
            "unit": self.unit_id,
            "q": self.search or None,
            "section": self.section_id,
            "from": self.leaving,
        }

    def pick_up(self, section_id: int, leaving: int | None = None) -> str:
        """The address with a section in hand."""
        return self.url(section_id=section_id, leaving=leaving)

    def put_back(self) -> str:
        """The address with nothing in hand."""
        return self.url(section_id=None, leaving=None)


def requested(plan: Plan) -> BoardSelection:
    """The selection in the address; what makes no sense there is left out."""
    leaving = request.args.get("from", type=int)
    return BoardSelection(
        plan=plan,
        rows=request.args.get("rows", RowKind.ROOM, type=RowKind),
        unit_id=request.args.get("unit", type=row_id),
        search=request.args.get("q", "").strip()[:100],
        section_id=request.args.get("section", type=row_id),
        leaving=leaving if leaving in range(7) else None,
    )
