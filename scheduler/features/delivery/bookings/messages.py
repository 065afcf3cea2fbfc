"""What a manager is told after an answer, with the way back."""

from flask import flash, url_for
from flask_babel import gettext as _

from scheduler.features.delivery.bookings.operations import BookingsOutcome
from scheduler.models import Booking, PlanStatus
from scheduler.web.flash import flash_with_undo
from scheduler.web.labels import label

MAX_SECTIONS_NAMED = 3


def tell(outcome: BookingsOutcome, text: str, undo: bool = True) -> None:
    """Say what was done (``text``) with an undo button, and which requests had been answered before."""
    if outcome.changed:
        ids = [booking.id for booking in outcome.changed]
        if undo:
            flash_with_undo(text, url_for("bookings.reopen", booking=ids))
        else:
            flash(text, "success")
    for booking in outcome.missed[:MAX_SECTIONS_NAMED]:
        flash(_missed(booking), "warning")
    if len(outcome.missed) > MAX_SECTIONS_NAMED:
        flash(
            _("%(number)s more requests had been answered before.", number=len(outcome.missed) - MAX_SECTIONS_NAMED),
            "warning",
        )


def _missed(booking: Booking) -> str:
    if booking.plan.status is not PlanStatus.PUBLISHED:
        return _("The plan has changed since; “%(section)s” is no longer asked for.", section=booking.section.name)
    if booking.decided_by is None:
        return _(
            "“%(section)s” was not changed: it is %(status)s.",
            section=booking.section.name,
            status=label(booking.status),
        )
    return _(
        "“%(section)s” had already been answered by %(name)s: %(status)s.",
        section=booking.section.name,
        name=booking.decided_by.name,
        status=label(booking.status),
    )
