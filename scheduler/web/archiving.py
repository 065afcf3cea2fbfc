"""Archiving: one button takes a row out of the lists, its undo or “Bring back” puts it there again."""

from collections.abc import Sequence

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from scheduler.core.database import Archivable, now
from scheduler.core.extensions import db
from scheduler.web.flash import flash_with_undo, redirect_with


def set_archived(row: Archivable, archived: bool) -> None:
    """Take a row out of the lists and of the next plan, or bring it back; nothing that refers to it is lost."""
    row.archived_at = now() if archived else None
    db.session.flush()


def archive_or_restore(
    row: Archivable, name: str, page: str, list_page: str = "", told: str = "", uses: Sequence[str] = ()
) -> ResponseReturnValue:
    """Do what the posted request asks for, say so and lead to a page: archive, or with ``restore`` bring back.

    ``uses`` are sentences about what hangs on the row: where there are any, it is archived once they were shown. A row
    that is archived leads to ``list_page`` where one is given, and ``told`` is said of it instead of the usual
    sentence. The undo posts to the same route.
    """
    restore = "restore" in request.values
    if uses and not restore and "confirmed" not in request.form:
        return render_template("archiving/confirm.html", name=name, uses=uses, page=page)
    set_archived(row, not restore)
    if restore:
        return redirect_with(_("%(name)s is back.", name=name), page)
    undo = url_for(str(request.endpoint), **(request.view_args or {}), restore=1)
    flash_with_undo(told or _("%(name)s is archived.", name=name), undo)
    return redirect(list_page or page, 303)
