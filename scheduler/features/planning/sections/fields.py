"""Fields of a section's form: learners by community, and pinned meetings by weekday; both work without JavaScript."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _
from wtforms import Field, SelectChoice
from wtforms.validators import ValidationError

from scheduler.calendar.day_hours import MIDNIGHT
from scheduler.calendar.weekly_hours import minute_of
from scheduler.core.clock import clock
from scheduler.web.labels import weekday_name

MAXIMUM_ROWS = 100
MAXIMUM_PEOPLE = 1000


@dataclass
class LearnersRow:
    """A community and its people as the two inputs show them."""

    number: int
    prefix: str
    community: str = ""
    people: str = ""
    errors: list[str] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The id of the input that a message leads to."""
        return f"{self.prefix}-{self.number}-community"

    @property
    def people_id(self) -> str:
        """The id of the input for people."""
        return f"{self.prefix}-{self.number}-people"

    @property
    def label(self) -> str:
        """What the row is called in messages."""
        return _("row %(number)d", number=self.number + 1)


class LearnersField(Field):
    """Rows of community and people; data is people by community id. ``choices`` must be set before validation."""

    choices: Sequence[SelectChoice] = ()

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Take the rows of a submitted form, or show people by community id given as data."""
        self.process_errors: list[str] = []
        self.object_data = data
        self.data: dict[int, int] = dict(data) if isinstance(data, dict) else {}
        if formdata is not None and f"{self.name}-0-community" in formdata:
            self._take(formdata)
        else:
            self.show(self.data)

    def show(self, people: dict[int, int]) -> None:
        """Rows for these people by community id, and an empty one where there is none."""
        self.data = people
        self.rows = [self._row(number, str(key), str(count)) for number, (key, count) in enumerate(people.items())]
        if not self.rows:
            self.add_row()

    def words(self, people: dict[int, int]) -> str:
        """People by community in a line."""
        names = {choice.value: str(choice.label) for choice in self.choices}
        return _(", ").join(f"{names.get(str(key), key)} {count}" for key, count in people.items())

    def add_row(self) -> None:
        """One more empty row."""
        self.rows.append(self._row(len(self.rows)))

    def pre_validate(self, form: Any) -> None:
        """Read every row; each wrong one says what is wrong with it."""
        self.data, names = {}, {choice.value: choice.label for choice in self.choices}
        for row in self.rows:
            if row.community or row.people:
                row.errors = self._mistakes(row, names)
                if not row.errors:
                    self.data[int(row.community)] = int(row.people)
        if any(row.errors for row in self.rows):
            raise ValidationError(_("Mend the rows marked below."))
        if not self.data:
            raise ValidationError(_("Say who is to learn: choose a community and write how many people."))

    def _take(self, formdata: Any) -> None:
        """Rows as submitted; those left empty in between go, so that the others close up."""
        sent = [
            (
                formdata.get(f"{self.name}-{number}-community", "")[:20],
                formdata.get(f"{self.name}-{number}-people", "")[:20],
            )
            for number in range(MAXIMUM_ROWS)
        ]
        filled = [
            (community.strip(), people.strip()) for community, people in sent if community.strip() or people.strip()
        ]
        self.rows = [self._row(number, *texts) for number, texts in enumerate(filled)]
        if not self.rows:
            self.add_row()

    def _row(self, number: int, community: str = "", people: str = "") -> LearnersRow:
        return LearnersRow(number, self.name, community, people)

    def _mistakes(self, row: LearnersRow, names: dict[str, str]) -> list[str]:
        if row.community not in names:
            return [_("Choose the community that these people come from.")]
        if int(row.community) in self.data:
            return [_("%(name)s stands here twice. Put its people into one row.", name=names[row.community])]
        if not row.people.isdecimal() or len(row.people) > 9 or not 1 <= int(row.people) <= MAXIMUM_PEOPLE:
            message = _(
                "How many people of %(name)s? Write a number from 1 to %(most)d.",
                name=names[row.community],
                most=MAXIMUM_PEOPLE,
            )
            return [message]
        return []


@dataclass
class MeetingRow:
    """A weekday with the time at which the section is to begin there, if any."""

    weekday: int
    id: str
    value: str
    errors: list[str] = field(default_factory=list)

    @property
    def label(self) -> str:
        """The weekday in the reader's language."""
        return weekday_name(self.weekday)


class MeetingsField(Field):
    """A time of day for each weekday, most of them empty; data is a list of (weekday, minute)."""

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Take the seven inputs of a submitted form, or show the meetings given as data."""
        self.process_errors: list[str] = []
        self.object_data = data
        self.data: list[tuple[int, int]] = list(data or [])
        names = [f"{self.name}-{weekday}" for weekday in range(7)]
        if formdata is not None and any(name in formdata for name in names):
            texts = [formdata.get(name, "").strip() for name in names]
        else:
            starts = dict(self.data)
            texts = [clock(starts[weekday]) if weekday in starts else "" for weekday in range(7)]
        self.rows = [
            MeetingRow(weekday, name, text) for weekday, (name, text) in enumerate(zip(names, texts, strict=True))
        ]

    def words(self, meetings: list[tuple[int, int]]) -> str:
        """Meetings in a line."""
        return _(", ").join(f"{weekday_name(weekday)} {clock(start)}" for weekday, start in meetings)

    def pre_validate(self, form: Any) -> None:
        """Read the times."""
        self.data = []
        for row in self.rows:
            minute = minute_of(row.value)
            if minute is not None and minute != MIDNIGHT:
                self.data.append((row.weekday, minute))
            elif row.value:
                row.errors = [_("Write a time like 09:30.")]
        if any(row.errors for row in self.rows):
            raise ValidationError(_("Mend the times marked below."))
