"""Archiving: one button takes a row out of the lists, its undo or “Bring back” puts it there again."""

from flask import flash, request, url_for
from flask_babel import gettext as _

from scheduler.core.database import Archivable, now
from scheduler.core.extensions import db
from scheduler.web.flash import flash_with_undo


def set_archived(row: Archivable, archived: bool) -> None:
    """Take a row out of the lists and of the next plan, or bring it back; nothing that refers to it is lost."""
    row.archived_at = now() if archived else None
    db.session.flush()


def archive_or_restore(row: Archivable, name: str, told: str = "") -> bool:
    """Do what the posted request asks for and say so: archive, or with ``restore`` bring back.

    ``told`` is said instead of the usual sentence when the row is archived. The undo posts to the same route. Answers
    whether the row was archived.
    """
    restore = "restore" in request.values
    set_archived(row, not restore)
    if restore:
        flash(_("%(name)s is back.", name=name), "success")
    else:
        again = url_for(str(request.endpoint), **(request.view_args or {}), restore=1)
        flash_with_undo(told or _("%(name)s is archived.", name=name), again)
    return not restore
