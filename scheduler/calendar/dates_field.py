"""The field of a form for dates: a text with lists and spans of them."""

from typing import Any

from wtforms import TextAreaField

from scheduler.calendar.date_text import UnavailableTime, format_dates, parse_dates


class DatesField(TextAreaField):
    """Dates or spans of dates, each with hours or a note if need be; data say when something cannot be had."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read every line; the first wrong line is named with its number."""
        self.raw = str(valuelist[0]) if valuelist else ""
        self.data = parse_dates(self.raw)

    def show(self, times: list[UnavailableTime]) -> None:
        """Show these dates, whatever was written."""
        self.data, self.raw = times, format_dates(times)

    def words(self, times: list[UnavailableTime]) -> str:
        """Dates in a line."""
        return format_dates(times).replace("\n", "; ")

    def _value(self) -> str:
        return self.raw if hasattr(self, "raw") else format_dates(self.data or [])
