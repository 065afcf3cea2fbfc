"""The notice for the door in both languages, whatever language the coordinator reads."""

from dataclasses import dataclass

from flask_babel import force_locale, format_date, gettext as _

from scheduler.core.clock import clock
from scheduler.domain.cover_notices import notice
from scheduler.models import Cover, CoverStatus, Room
from scheduler.web.i18n import LANGUAGES, html_language, in_language


@dataclass(frozen=True)
class Slip:
    """The notice in one language: ``language`` as HTML names it."""

    language: str
    heading: str
    course: str
    when: str
    sentence: str
    apology: str


def slips(cover: Cover, room: Room | None) -> list[Slip]:
    """The notice in Chinese and in English."""
    result = []
    for language in LANGUAGES:
        with force_locale(language):
            result.append(_slip(cover, room))
    return result


def _slip(cover: Cover, room: Room | None) -> Slip:
    course = cover.section.course
    hours = f"{clock(cover.start_minute)}–{clock(cover.end_minute)}"
    place = f" · {room.venue.name} {room.name}" if room else ""
    cancelled = cover.status is CoverStatus.CANCELLED
    return Slip(
        html_language(),
        _("This session is not held") if cancelled else _("Change of teacher"),
        f"{in_language(course.title_zh, course.title_en)} · {cover.section.name}",
        f"{format_date(cover.date, 'full')} {hours}{place}",
        notice(cover),
        _("We are sorry for the trouble. All other sessions are held as planned.")
        if cancelled
        else _("Room and hours stay as they are."),
    )
