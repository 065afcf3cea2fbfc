"""Messages about what was done, some with a way back."""

from flask import flash, redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _


def flash_with_undo(text: str, undo_url: str) -> None:
    """Tell that something was done, with a button that posts to ``undo_url`` and takes it back."""
    flash({"text": text, "undo_url": undo_url}, "success")  # type: ignore[arg-type] # Flask stores any JSON


def redirect_with(text: str, url: str) -> ResponseReturnValue:
    """The answer to a form that was carried out: another page, which says what was done."""
    flash(text, "success")
    return redirect(url, 303)


def redirect_saved(url: str) -> ResponseReturnValue:
    """The answer to a form whose values were saved."""
    return redirect_with(_("Saved."), url)
