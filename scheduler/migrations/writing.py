"""How new migrations are written: without anything of the application, so that they stay what they are."""

from typing import Any, Literal

from scheduler.core.database import UtcDateTime


def render_plainly(kind: str, value: Any, _context: Any) -> str | Literal[False]:
    """How Alembic writes a type of the application down; False leaves all else to Alembic."""
    return "sa.DateTime()" if kind == "type" and isinstance(value, UtcDateTime) else False
