"""What people are told of a session whose teacher cannot come: on the portal, on the door, in timetables."""

from flask_babel import format_date, gettext as _

from scheduler.models import Cover, CoverStatus


def public_notice(cover: Cover) -> str:
    """One sentence for residents, with the date before it."""
    return _("%(date)s: %(notice)s", date=format_date(cover.date, "full"), notice=notice(cover))


def notice(cover: Cover) -> str:
    """What happens instead; a substitute is named once they have agreed."""
    if cover.status is CoverStatus.CANCELLED:
        return _("Not held. %(reason)s", reason=cover.reason)
    if cover.agreed is not None:
        name, teacher = cover.agreed.teacher.name, cover.teacher.name
        return _("Taught by %(name)s in place of %(teacher)s.", name=name, teacher=teacher)
    return _("The teacher cannot come. Somebody to stand in is being looked for.")


def short_notice(cover: Cover) -> str:
    """The same in a few words, where the date stands beside it."""
    if cover.status is CoverStatus.CANCELLED:
        return _("not held")
    if cover.agreed is not None:
        return _("taught by %(name)s", name=cover.agreed.teacher.name)
    return _("substitute sought")
