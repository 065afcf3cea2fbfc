"""Messages that offer a way back."""

from flask import flash


def flash_with_undo(text: str, undo_url: str) -> None:
    """Tell that something was done, with a button that posts to ``undo_url`` and takes it back."""
    flash({"text": text, "undo_url": undo_url}, "success")  # type: ignore[arg-type] # Flask stores any JSON
