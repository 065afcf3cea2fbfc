"""One commit per request: views that change something are marked with ``@transaction``."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from sqlalchemy import Executable
from sqlalchemy.exc import OperationalError

from scheduler.core.extensions import db


def transaction(view: Callable[..., Any]) -> Callable[..., Any]:
    """Commit when the view returns, roll back when it raises; operations themselves never commit."""

    @wraps(view)
    def committed(*args: Any, **kwargs: Any) -> Any:
        try:
            response = view(*args, **kwargs)
            db.session.commit()
        except BaseException:
            db.session.rollback()
            raise
        return response

    return committed


def write_if_free(statement: Executable) -> bool:
    """Carry a statement out at once in a transaction of its own; False where somebody else is writing the same."""
    with db.engine.connect().execution_options(read_only=False, patience=0) as connection:
        try:
            connection.execute(statement)
            connection.commit()
        except OperationalError:
            connection.rollback()
            return False
    return True
