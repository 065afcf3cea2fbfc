"""Ids of rows in addresses and forms: whole numbers that the databases can hold, so that no other reaches a query."""

from flask import Flask
from werkzeug.routing import IntegerConverter

LARGEST = 2**31 - 1
"""What an INTEGER column of PostgreSQL holds."""


def row_id(text: str) -> int:
    """The id that a text names, for ``request.args.get(…, type=row_id)``; ValueError for anything that is none."""
    number = int(text)
    if not 0 < number <= LARGEST:
        raise ValueError(f"no row has the id {text[:20]}")
    return number


def row_id_or_none(text: object) -> int | None:
    """The id that a value of a form or of an address names, None for whatever is none."""
    try:
        return row_id(str(text))
    except ValueError:
        return None


class _RowIdConverter(IntegerConverter):
    """``<int:…>`` in a route: an address with a number that no row can have is not found."""

    regex = r"\d{1,10}"

    def __init__(self, url_map: object, *arguments: int, **options: int) -> None:
        super().__init__(url_map, *arguments, **{"max": LARGEST, **options})  # type: ignore[arg-type]


def register(app: Flask) -> None:
    """Use the converter; before any route is added."""
    app.url_map.converters["int"] = _RowIdConverter
