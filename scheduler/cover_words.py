"""What people are told of a session whose teacher cannot come: on the portal, on the door, in timetables."""

from flask_babel import format_date, gettext as _

from scheduler.models import Cover, CoverStatus


def public_notice(cover: Cover) -> str:
    """One sentence for residents; a substitute is named once she has agreed."""
    day = format_date(cover.date, "full")
    if cover.status is CoverStatus.CANCELLED:
        return _("%(date)s: not held. %(reason)s", date=day, reason=cover.reason)
    if cover.agreed is not None:
        return _(
            "%(date)s: taught by %(name)s in place of %(teacher)s.",
            date=day,
            name=cover.agreed.teacher.name,
            teacher=cover.teacher.name,
        )
    return _("%(date)s: the teacher cannot come. Somebody to stand in is being looked for.", date=day)


def short_notice(cover: Cover) -> str:
    """The same in a few words, where the date stands beside it."""
    if cover.status is CoverStatus.CANCELLED:
        return _("not held")
    if cover.agreed is not None:
        return _("taught by %(name)s", name=cover.agreed.teacher.name)
    return _("substitute sought")
