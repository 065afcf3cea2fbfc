"""Pages of long lists, kept in the address so that a link can be sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import request, url_for
from sqlalchemy import ColumnElement, Select, func, inspect, select

from scheduler.core.database import in_tuples
from scheduler.core.extensions import db

T = TypeVar("T")
PER_PAGE = 50


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of rows; ``number`` counts from 1."""

    rows: list[T]
    number: int
    total: int
    per_page: int = PER_PAGE

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.per_page))

    @property
    def has_next(self) -> bool:
        """Whether a page follows."""
        return self.number < self.pages

    @property
    def has_previous(self) -> bool:
        """Whether a page comes before."""
        return self.number > 1

    @property
    def first(self) -> int:
        """Number of the first row shown, counted from 1; 0 on an empty page."""
        return (self.number - 1) * self.per_page + 1 if self.rows else 0

    @property
    def last(self) -> int:
        """Number of the last row shown."""
        return self.first + len(self.rows) - 1 if self.rows else 0

    def url(self, number: int) -> str:
        """The address of another page of the same list."""
        arguments: dict[str, Any] = {**(request.view_args or {}), **request.args.to_dict(flat=False), "page": number}
        return url_for(str(request.endpoint), **arguments)


def requested_page() -> int:
    """The page number in the address, 1 when missing or senseless."""
    number = request.args.get("page", 1, int) or 1
    return min(max(number, 1), 100_000)


def searched() -> tuple[str, bool]:
    """What a list is narrowed to by its address: words without spaces around them, and whether archived rows show."""
    return request.args.get("q", "").strip()[:100], request.args.get("archived") == "1"


def paginate(
    statement: Select[T], number: int | None = None, per_page: int = PER_PAGE, total: int | None = None
) -> Page[T]:
    """One page of an ordered statement that selects entities; a number beyond the end gives the last page.

    ``total`` is the number of rows where it is known, or found faster than by the statement.
    """
    if total is None:
        total = db.session.scalar(select(func.count()).select_from(statement.order_by(None).subquery())) or 0
    number = min(number or requested_page(), max(1, -(-total // per_page)))
    keys = _keys(statement.limit(per_page).offset((number - 1) * per_page))
    rows = db.session.scalars(statement.where(keys)).unique().all()
    return Page(list(rows), number, total, per_page)


def _keys(page: Select[T]) -> ColumnElement[bool]:
    """A condition for the rows of a page, found by keys alone: databases sort narrow rows many times as fast."""
    key = inspect(page.column_descriptions[0]["entity"]).primary_key
    keys = [tuple(row) for row in db.session.execute(page.with_only_columns(*key, maintain_column_froms=True))]
    return in_tuples(key, keys) if len(key) > 1 else key[0].in_([value for (value,) in keys])


def paginated(rows: Sequence[T], per_page: int = PER_PAGE) -> Page[T]:
    """The requested page of rows that were read already; a number beyond the end gives the last page."""
    number = min(requested_page(), max(1, -(-len(rows) // per_page)))
    return Page(list(rows[(number - 1) * per_page : number * per_page]), number, len(rows), per_page)
