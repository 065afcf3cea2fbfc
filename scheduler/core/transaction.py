"""One commit per request: views that change something are marked with ``@transaction``."""

from collections.abc import Callable
from functools import wraps
from typing import Any

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
