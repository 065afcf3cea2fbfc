"""Hours of one day and times of day as people write them: 9:00-11:00, 下午2点至4点半, 9am to noon, 上午.

What can be meant in two ways is refused with a message that names it; words without hours stand for assumed ones.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, NoReturn

from flask_babel import gettext as _

from scheduler.calendar.hour_tokens import DayPart, HourToken, TokenKind, TypedTime, tokens
from scheduler.core.clock import clock

Span = tuple[int, int]
"""First and last minute, since midnight."""
MIDNIGHT: Final = 24 * 60
ASSUMED_HOURS: Final[dict[DayPart, Span]] = {
    DayPart.MORNING: (8 * 60 + 30, 11 * 60 + 30),
    DayPart.AFTERNOON: (14 * 60, 17 * 60),
    DayPart.EVENING: (18 * 60 + 30, 20 * 60 + 30),
}
"""What a part of the day means where no hours stand with it."""
ASSUMED_DAY: Final[Span] = (8 * 60 + 30, 17 * 60)
BEFORE_NOON: Final = {DayPart.NIGHT, DayPart.MORNING, DayPart.AM}
FIRST_CLEAR_HOUR: Final = 7
"""An hour below this is more often meant after noon, unless its minutes are written."""
LONGEST_TIME: Final = 40
SEPARATORS: Final = {TokenKind.COMMA, TokenKind.BREAK}


def assumed_hours_text() -> str:
    """What words without hours are read as, as a sentence."""
    morning, afternoon, evening = (_written(span) for span in ASSUMED_HOURS.values())
    return _(
        "Without hours “morning” is read as %(morning)s, “afternoon” as %(afternoon)s, “evening” as %(evening)s, "
        "“all day” as %(day)s.",
        morning=morning, afternoon=afternoon, evening=evening, day=_written(ASSUMED_DAY),
    )


def _written(span: Span) -> str:
    return f"{clock(span[0])}-{clock(span[1])}"


class TokenReader:
    """Tokens that are taken one after the other, and what is said of one that does not belong where it stands."""

    def __init__(self, text: str) -> None:
        self.text, self.tokens, self.place = text, tokens(text), 0

    def peek(self, ahead: int = 0) -> HourToken | None:
        """The token that comes next, or one farther ahead; None behind the last."""
        place = self.place + ahead
        return self.tokens[place] if place < len(self.tokens) else None

    def next_is(self, *kinds: TokenKind) -> bool:
        """Whether the next token is of one of these kinds."""
        token = self.peek()
        return token is not None and token.kind in kinds

    def take(self) -> HourToken:
        """The next token, which is behind us from now on."""
        self.place += 1
        return self.tokens[self.place - 1]

    def skip(self, *kinds: TokenKind) -> None:
        """Pass over tokens of these kinds."""
        while self.next_is(*kinds):
            self.place += 1

    def between(self, first: HourToken, last: HourToken) -> str:
        """What was typed from one token to another."""
        return self.text[first.start:last.end]

    def refuse(self, token: HourToken | None) -> NoReturn:
        """Say that a token does not belong there."""
        raise ValueError(not_understood("" if token is None else token.text))


def not_understood(text: str) -> str:
    """What is said of a part of some hours that means nothing."""
    if not text.strip():
        return _("Write hours like 09:00-12:00, separated by commas.")
    return _("Write hours like 09:00-12:00, separated by commas; “%(text)s” is not.", text=text[:40])


@dataclass
class DayContent:
    """What stands for some days: hours, or that it is closed. ``spans`` is empty where neither was written."""

    spans: list[Span]
    closed: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing was said."""
        return not self.spans and not self.closed


@dataclass(frozen=True)
class TypedSpan:
    """Two times as typed; ``text`` is for messages, ``last`` the part of the day that held before."""

    start: TypedTime
    end: TypedTime
    text: str


def read_day(
    reader: TokenReader,
    day_named: bool,
    assumed_hours: Mapping[DayPart, Span] = ASSUMED_HOURS,
    all_day: Span = ASSUMED_DAY,
) -> DayContent:
    """The hours up to the next weekday or the end. ``day_named``: bare numbers cannot be weekdays then.

    ``assumed_hours`` and ``all_day`` are what words without hours mean.
    """
    spans: list[Span] = []
    typed: list[TypedSpan] = []
    closed, assumed = None, None
    while (token := reader.peek()) is not None and token.kind is not TokenKind.DAYS:
        if token.kind in SEPARATORS:
            reader.take()
        elif token.kind is TokenKind.CLOSED:
            closed = reader.take()
        elif token.kind is TokenKind.ALWAYS:
            reader.take()
            spans.append((0, MIDNIGHT))
        elif _stands_alone(reader):
            assumed = reader.take()
            spans.append(all_day if assumed.part is None else assumed_hours[assumed.part])
        else:
            typed.append(_typed_span(reader, day_named))
    if closed and (spans or typed):
        raise ValueError(_("“%(text)s” stands beside hours of the same day.", text=closed.text))
    if assumed and typed:
        raise ValueError(_("“%(text)s” stands without hours beside hours. Write hours for it, too.", text=assumed.text))
    return DayContent(spans + _resolved(typed), closed is not None)


def _stands_alone(reader: TokenReader) -> bool:
    """Whether the next token is a word for hours by itself."""
    token, after = reader.peek(), reader.peek(1)
    if token is None or token.kind is TokenKind.ALL_DAY:
        return token is not None
    followed = after is not None and after.kind is TokenKind.TIME
    return token.kind is TokenKind.PART and not followed and token.part in ASSUMED_HOURS


def _typed_span(reader: TokenReader, day_named: bool) -> TypedSpan:
    """A time, a dash, a time."""
    first = reader.peek()
    start = read_time(reader)
    if not reader.next_is(TokenKind.DASH):
        reader.refuse(first)
    reader.take()
    end = read_time(reader)
    following = reader.peek()
    assert first is not None
    text = reader.between(first, reader.tokens[reader.place - 1])
    bare = start.bare and end.bare
    if bare and (not day_named or (following is not None and following.kind is TokenKind.TIME)):
        sentence = _("“%(text)s” can be meant in several ways. Write hours like %(example)s.")
        raise ValueError(sentence % {"text": text, "example": "09:00-12:00"})
    return TypedSpan(start, end, text)


def read_time(reader: TokenReader) -> TypedTime:
    """The time of day that comes next, with the part of the day before it."""
    part = reader.take().part if reader.next_is(TokenKind.PART) else None
    if not reader.next_is(TokenKind.TIME):
        reader.refuse(reader.peek() or (reader.tokens[-1] if reader.tokens else None))
    token = reader.take()
    assert token.time is not None
    if part and token.time.part:
        reader.refuse(token)
    return replace(token.time, part=part or token.time.part)


def _resolved(typed: Sequence[TypedSpan]) -> list[Span]:
    """The minutes of spans of one day; ValueError where a time of twelve hours may be meant in two ways."""
    twelve_hours = any(span.start.part or span.end.part for span in typed)
    spans, after_noon = [], False
    for span in typed:
        if span.start.part is span.end.part is None:
            _refuse_unclear(span, twelve_hours, after_noon)
        after_noon |= any(time.part is not None and time.part not in BEFORE_NOON for time in (span.start, span.end))
        spans.append(_minutes(span))
    return spans


def _refuse_unclear(span: TypedSpan, twelve_hours: bool, after_noon: bool) -> None:
    """A time without a word for its part of the day, where others have one or where nobody writes minutes."""
    for time in (span.start, span.end):
        spoken = twelve_hours or not time.exact
        if (0 < time.hour < FIRST_CLEAR_HOUR and spoken) or (0 < time.hour <= 12 and after_noon):
            raise ValueError(_unclear(time))


def _unclear(time: TypedTime) -> str:
    hour = time.hour % 12
    return _(
        "%(hour)d o'clock may be in the morning or in the afternoon. Write %(early)s or %(late)s.",
        hour=time.hour, early=clock(60 * hour + time.minute), late=clock(60 * (hour + 12) + time.minute),
    )


def _minutes(span: TypedSpan) -> Span:
    """The two minutes; a part of the day that stands at one time holds for the other one where that has none."""
    start, end = span.start, span.end
    if start.part and not end.part and end.hour <= 12:
        end = replace(end, part=start.part)
    elif not start.part and end.part in {DayPart.AM, DayPart.PM}:
        start = _before(start, end)
    elif not start.part and end.part and 0 < start.hour < FIRST_CLEAR_HOUR:
        raise ValueError(_unclear(start))
    first = minute_at(start, span.text)
    last = minute_at(end, span.text, closing=first > 0)
    if first >= last:
        raise ValueError(_("“%(text)s” ends before it starts.", text=span.text))
    return first, last


def _before(start: TypedTime, end: TypedTime) -> TypedTime:
    """The start of 9-11am or 11-1pm: in the same half of the day where that lies before the end."""
    if start.hour > 12 or not start.hour:
        return start
    same = replace(start, part=end.part)
    if minute_at(same, "") < minute_at(end, "", closing=True):
        return same
    return replace(start, part=DayPart.AM)


def minute_at(time: TypedTime, text: str, closing: bool = False) -> int:
    """Minutes since midnight; ``closing`` reads midnight as the end of the day. ValueError where it is no time."""
    hour = _hour(time, closing)
    if hour is None or time.minute >= 60 or 60 * hour + time.minute > MIDNIGHT:
        raise ValueError(_("“%(text)s” is not a time of day.", text=text))
    minute = 60 * hour + time.minute
    return MIDNIGHT if closing and minute == 0 else minute


def _hour(time: TypedTime, closing: bool) -> int | None:
    """The hour of 24, None where the part of the day does not have it."""
    hour, part = time.hour, time.part
    if part is None:
        return hour
    by_part: dict[DayPart, dict[int, int]] = {
        DayPart.AM: {12: 0, **{hour: hour for hour in range(12)}},
        DayPart.NIGHT: {12: 0, **{hour: hour for hour in range(7)}},
        DayPart.MORNING: {hour: hour for hour in range(5, 13)},
        DayPart.NOON: {10: 10, 11: 11, 12: 12, 13: 13, 14: 14, 1: 13, 2: 14, 3: 15},
        DayPart.AFTERNOON: {**{hour: hour for hour in range(12, 20)}, **{hour: hour + 12 for hour in range(1, 8)}},
        DayPart.PM: {**{hour: hour for hour in range(12, 24)}, **{hour: hour + 12 for hour in range(1, 12)}},
        DayPart.EVENING: {
            **{hour: hour for hour in range(17, 25)}, **{hour: hour + 12 for hour in range(5, 12)},
            **({12: 24} if closing else {}),
        },
    }
    return by_part[part].get(hour)


def read_minute(text: str) -> int | None:
    """Minutes since midnight of a text that is one time of day, such as 09:30, 9.30, 下午2点 or 2pm; else None."""
    if len(text) > LONGEST_TIME:
        return None
    reader = TokenReader(text)
    try:
        time = read_time(reader)
        minute = minute_at(time, text)
    except ValueError:
        return None
    unclear = time.bare or (not time.exact and time.part is None and 0 < time.hour < FIRST_CLEAR_HOUR)
    return None if unclear or reader.peek() is not None else minute
