"""The week of a manager's rooms: what holds them, confirmed or still waiting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from scheduler.calendar.week_grid import GridEntry, WeekGrid, lay_out
from scheduler.core.clock import today
from scheduler.features.delivery.bookings import queries
from scheduler.models import BookedSession, BookingStatus, Room
from scheduler.web.access import Scope
from scheduler.web.i18n import in_language
from scheduler.web.labels import label


@dataclass(frozen=True)
class RoomsWeek:
    """A dated week; ``rooms`` are those in use, ``room_id`` the only one shown."""

    monday: date
    grid: WeekGrid
    rooms: list[Room]
    room_id: int | None

    @property
    def before(self) -> date:
        """The Monday before."""
        return self.monday - timedelta(weeks=1)

    @property
    def after(self) -> date:
        """The Monday after."""
        return self.monday + timedelta(weeks=1)


def rooms_week(scope: Scope, asked_day: date | None, room_id: int | None) -> RoomsWeek:
    """The wanted week of the rooms that the scope's venues own."""
    monday = queries.week_shown(scope, asked_day, today())
    sessions = queries.week_sessions(scope, monday)
    rooms = {session.booking.room.id: session.booking.room for session in sessions}
    chosen = room_id if room_id in rooms else None
    shown = [session for session in sessions if chosen in (None, session.room_id)]
    in_order = sorted(rooms.values(), key=lambda room: (room.venue.name, room.name))
    return RoomsWeek(monday, lay_out(_entries(shown), monday), in_order, chosen)


def _entries(sessions: Sequence[BookedSession]) -> list[GridEntry]:
    return [_entry(session) for session in sessions]


def _entry(session: BookedSession) -> GridEntry:
    booking, course = session.booking, session.booking.section.course
    waits = booking.status is BookingStatus.REQUESTED
    return GridEntry(
        session.date.weekday(),
        session.start_minute,
        session.end_minute,
        in_language(course.title_zh, course.title_en),
        (booking.room.name, booking.section.name),
        category=course.subject.category,
        state="waiting" if waits else "",
        note=label(booking.status) if waits else "",
    )
