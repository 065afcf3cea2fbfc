"""One line of dates: lists and spans of them, then hours or a note, then perhaps further dates."""

import re
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Final, NoReturn

from flask_babel import gettext as _

from scheduler.calendar.date_signs import NoDateError, NoYearError, WrittenDate, begins_date, date_at, weekday_at
from scheduler.calendar.hour_tokens import HourToken, TokenKind, narrowed, tokens
from scheduler.web.labels import weekday_name

LONGEST_NOTE: Final = 200
LONGEST_HOURS: Final = 200
"""Letters behind a date among which hours are looked for; what is longer is refused."""
DASH: Final = re.compile(r" ?(?:-{1,2}|~|至|到|\b(?:to|until|till|through|thru)\b) ?")
SEPARATOR: Final = re.compile(r" ?(?:[,、]|和|及|与|以及|&|\band\b) ?")
NOTHING_LEFT: Final = re.compile(r"[ ,;、。]*$")
ITEM_ENDS: Final = re.compile(r" ?[;,、。] ?")
QUOTED: Final = re.compile(r'[ ,:，：]*(?:“(.*?)”|"(.*?)"|「(.*?)」) ?(?:$|[;,，；、。] ?(?=\d))')
MONTHS: Final = "(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)"
LIKE_DATES: Final = re.compile(
    "|".join((
        r"\d ?[-/.:~至到] ?\d|\d ?[年月点时]|\d ?日(?![游间内后])|\d{5}|\d ?[ap]\.?m\b",
        r"\d ?号(?![楼馆厅门线教会机院])",
        r"(?:^|[ ,、])\d{1,2}(?=$|[ ,、])",
        r"^(?:起|开始|以后|之后|以前|之前|为止|止|(?:onwards?|until|before|after|from)\b)",
        r"(?:周|星期|礼拜)[一二三四五六日天]|(?:mon|tues|wednes|thurs|fri|satur|sun)day",
        r"上午|下午|早上|晚上|凌晨|中午|傍晚|\b(?:mornings?|afternoons?|evenings?)\b",
        rf"\b{MONTHS}[a-z]*\.? ?\d|\d(?:st|nd|rd|th)? ?{MONTHS}",
    ))
)
HOUR_KINDS: Final = {
    TokenKind.TIME, TokenKind.PART, TokenKind.DASH, TokenKind.COMMA, TokenKind.ALL_DAY, TokenKind.ALWAYS
}


@dataclass(frozen=True)
class DateItem:
    """Dates that have hours or a note in common; ``spans`` are first and last dates, ``hours`` as they were typed."""

    spans: tuple[tuple[date, date], ...]
    hours: str
    note: str


def line_error(number: int, sentence: str) -> str:
    """What is said of a line."""
    return _("Line %(number)d: %(sentence)s", number=number, sentence=sentence)


class DateLineReader:
    """One line, of which dates, hours and notes are taken one after the other."""

    def __init__(self, number: int, typed: str, before: WrittenDate | None) -> None:
        self.number, self.typed, self.before = number, typed, before
        self.text, self.place = narrowed(typed), 0

    @property
    def over(self) -> bool:
        """Whether nothing but blanks and signs is left."""
        return NOTHING_LEFT.match(self.text, self.place) is not None

    def item(self) -> DateItem:
        """The dates that come next, with their hours and note."""
        spans = [self._span("," if self.before else "")]
        while (follows := self._goes_on()) is not None:
            spans.append(self._span(follows))
        start = self.place
        hours = self._hours()
        if hours and len(spans) > 1:
            self._refuse(_("“%(text)s”: write the hours of each date in a line of its own."), start)
        return DateItem(tuple(spans), hours, self._note())

    def _span(self, follows: str) -> tuple[date, date]:
        """A date, or a first and a last one."""
        start = self.place
        first = last = self._date(follows)
        match = DASH.match(self.text, self.place)
        if match and self.text[match.end():match.end() + 1].isalnum():
            if self._is_date(match.end(), "-"):
                self.place = match.end()
                last = self._date("-")
            elif self.text[match.end()].isdecimal():
                self._refuse(_("“%(text)s” is not a date. Write it like 2027-05-01."), start)
        if last < first:
            raise ValueError(_("Line %(number)d: the last date lies before the first.", number=self.number))
        return first, last

    def _date(self, follows: str) -> date:
        """The date that comes next; the weekday beside it has to be its own."""
        start = self.place
        said = weekday_at(self.text, start)
        if said:
            self.place = said[1] + len(self.text[said[1]:]) - len(self.text[said[1]:].lstrip(" ,"))
        try:
            written = date_at(self.text, self.place, self.before, follows)
        except NoYearError:
            self._refuse(_("“%(text)s”: write the year, too, such as 2027-05-01."), start)
        except NoDateError:
            written = None
        if written is None:
            self._refuse(_("“%(text)s” is not a date. Write it like 2027-05-01."), start)
        self.before, self.place = written, written.end
        behind = weekday_at(self.text, self.place)
        if behind:
            self.place = behind[1]
        for weekday, _end in filter(None, (said, behind)):
            if weekday != written.date.weekday():
                name = weekday_name(written.date.weekday())
                sentence = _("%(date)s is a %(weekday)s.", date=written.date, weekday=name)
                raise ValueError(line_error(self.number, sentence))
        return written.date

    def _is_date(self, place: int, follows: str) -> bool:
        """Whether a date stands there, be it one without a year or one that does not exist."""
        try:
            written = date_at(self.text, place, self.before, follows)
        except (NoYearError, NoDateError):
            return True
        return written is not None or weekday_at(self.text, place) is not None

    def _goes_on(self) -> str | None:
        """Pass over what lies between two dates of a list; the sign between them, None where no further date stands."""
        match = SEPARATOR.match(self.text, self.place)
        blank = self.text[self.place:self.place + 1] == " "
        follows, place = (",", match.end()) if match else (" ", self.place + 1)
        if not (match or blank) or not self._is_date(place, follows):
            return None
        self.place = place
        return follows

    def _hours(self) -> str:
        """The hours that stand behind the dates, as they were typed; "" where none do."""
        rest, hours = tokens(self.typed[self.place:self.place + LONGEST_HOURS]), list[HourToken]()
        for token, after in zip_longest(rest, rest[1:]):
            spoken_of = token.kind is TokenKind.PART and len(token.text) == 1  # 早教, 晚会
            if token.kind not in HOUR_KINDS or (spoken_of and not (after and after.kind is TokenKind.TIME)):
                break
            hours.append(token)
        while hours and hours[-1].kind is TokenKind.COMMA:
            hours.pop()
        if not _mean_hours([(token.kind, bool(token.time and not token.time.bare)) for token in hours]):
            return ""
        first, last = hours[0].start, hours[-1].end
        if last == LONGEST_HOURS:
            self._refuse(_("“%(text)s”: write the hours of each date in a line of its own."), self.place)
        behind = rest[len(hours)] if len(hours) < len(rest) else None
        start, self.place = self.place, self.place + last
        if hours[-1].kind is TokenKind.PART and behind is not None and behind.start == last:
            self._refuse(_("“%(text)s”: write hours like 09:00-12:00, or the note between quotation marks “…”."), start)
        return self.typed[start + first:self.place].lstrip(" ,，:：、")

    def _note(self) -> str:
        """The text up to the next date of the line, or to its end."""
        start = self.place
        quoted = self._quoted()
        if quoted is not None:
            return self._short(quoted)
        end = following = len(self.text)
        for match in ITEM_ENDS.finditer(self.text, self.place):
            if self._item_begins(match):
                end, following = match.span()
                break
        note = self.typed[self.place:end].strip(" ,，:：;；、")
        self.place, note = following, self._short(note)
        if LIKE_DATES.search(narrowed(note)):
            self._refuse(_(
                "“%(text)s” looks like a date or an hour that is not understood here. "
                "Write each date in a line of its own, and a note that holds such between quotation marks “…”."
            ), start)
        return note

    def _item_begins(self, match: re.Match[str]) -> bool:
        """Whether another date stands behind a sign; behind a semicolon any number should be one."""
        return begins_date(self.text, match.end()) or (
            ";" in match[0] and self.text[match.end():match.end() + 1].isdecimal()
        )

    def _quoted(self) -> str | None:
        """The note between quotation marks that stands there, which may hold anything."""
        match = QUOTED.match(self.typed, self.place)
        if match is None:
            return None
        self.place = match.end()
        return next(group for group in match.groups() if group is not None).strip()

    def _short(self, note: str) -> str:
        if len(note) > LONGEST_NOTE:
            raise ValueError(line_error(self.number, _("A note has at most %(number)d letters.", number=LONGEST_NOTE)))
        return note

    def _refuse(self, sentence: str, start: int) -> NoReturn:
        """Refuse what stands from a place on."""
        raise ValueError(line_error(self.number, sentence % {"text": self.typed[start:].strip(" ,，")[:40]}))


def _mean_hours(kinds: list[tuple[TokenKind, bool]]) -> bool:
    """Whether tokens are hours and not a number of a note: (kind, whether a time is more than a bare number)."""
    clear = any(full or kind in {TokenKind.PART, TokenKind.ALL_DAY, TokenKind.ALWAYS} for kind, full in kinds)
    names = [kind for kind, _full in kinds if kind is not TokenKind.COMMA]
    return clear or names[:3] == [TokenKind.TIME, TokenKind.DASH, TokenKind.TIME]
