"""A section's hours and weeks in words."""

from collections.abc import Iterable

from flask_babel import gettext as _

from scheduler.core.clock import clock
from scheduler.models import Meeting, PinnedMeeting, Section
from scheduler.web.i18n import week_with_date
from scheduler.web.labels import weekday_name


def meeting_times(meetings: Iterable[Meeting | PinnedMeeting], minutes: int) -> str:
    """Such as “Tuesday 09:00–10:30, Thursday 14:00–15:30”."""
    ordered = sorted(meetings, key=lambda meeting: (meeting.weekday, meeting.start_minute))
    return ", ".join(
        f"{weekday_name(meeting.weekday)} {clock(meeting.start_minute)}–{clock(meeting.start_minute + minutes)}"
        for meeting in ordered
    )


def begins(section: Section) -> str:
    """The weeks in which the section may begin, with their dates."""
    first = week_with_date(section.earliest_week, section.term.first_day)
    if section.earliest_week == section.latest_week:
        return first
    return _("%(first)s to %(last)s", first=first, last=week_with_date(section.latest_week, section.term.first_day))
