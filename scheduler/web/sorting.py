"""Lists in the order of any of their columns, kept in the address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import request, url_for
from sqlalchemy import ColumnElement, Select, inspect
from sqlalchemy.orm import InstrumentedAttribute

T = TypeVar("T")
Columns = Sequence[ColumnElement[Any] | InstrumentedAttribute[Any]]


@dataclass(frozen=True)
class Sorting:
    """The column by which a list is sorted, "" for the list's own order, and whether the largest comes first."""

    columns: Mapping[str, Columns]
    chosen: str
    descending: bool

    def of(self, statement: Select[T]) -> Select[T]:
        """The statement in this order; rows that are alike keep that of their keys."""
        if not self.chosen:
            return statement
        ways = [column.desc() if self.descending else column.asc() for column in self.columns[self.chosen]]
        key = inspect(statement.column_descriptions[0]["entity"]).primary_key
        return statement.order_by(None).order_by(*ways, *key)

    def state(self, column: str) -> str:
        """How a column is sorted, in the words of aria-sort; "" where the list is sorted otherwise."""
        if column != self.chosen:
            return ""
        return "descending" if self.descending else "ascending"

    def url(self, column: str) -> str:
        """The address of the list sorted by a column, or the other way round where it is already."""
        turned = column == self.chosen and not self.descending
        arguments: dict[str, Any] = {**(request.view_args or {}), **request.args.to_dict(flat=False)}
        arguments.pop("page", None)
        return url_for(str(request.endpoint), **{**arguments, "sort": f"-{column}" if turned else column})


def sorting(columns: Mapping[str, Columns]) -> Sorting:
    """What the address of this request asks for; a column that the list does not have is left out."""
    asked = request.args.get("sort", "")[:40]
    chosen = asked.removeprefix("-")
    return Sorting(columns, chosen if chosen in columns else "", asked.startswith("-"))
