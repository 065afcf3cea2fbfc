"""Language of a request, and how numbers and dates are written in it."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from babel.dates import format_skeleton
from flask import Flask, has_request_context, request, session
from flask_babel import (
    force_locale,
    format_date,
    format_datetime,
    format_decimal,
    format_number,
    format_percent,
    get_locale,
    gettext as _,
)
from werkzeug.wrappers import Response

from scheduler.core.clock import clock
from scheduler.web.labels import label, weekday_name

P = ParamSpec("P")
R = TypeVar("R", bound=Response)
LANGUAGES = {"zh_CN": "中文", "en": "English"}
WALKING_METRES_PER_MINUTE = 70


def choose_language() -> str:
    """The language chosen by the visitor, else by their browser, else Chinese; Chinese too where nobody visits."""
    if not has_request_context():
        return "zh_CN"
    chosen = session.get("language")
    if chosen in LANGUAGES:
        return str(chosen)
    best = request.accept_languages.best_match(["zh-CN", "zh", "en"], default="zh-CN")
    return "en" if best == "en" else "zh_CN"


def names_language() -> bool:
    """Whether the address of this request names a language that there is (``lang``)."""
    return request.args.get("lang", "") in LANGUAGES


def in_asked_language(view: Callable[P, R]) -> Callable[P, R]:
    """A view whose address names its language (``lang``), as those must that calendars and caches keep.

    Where it does not, the answer says on what its language depends.
    """

    @wraps(view)
    def translated(*args: P.args, **kwargs: P.kwargs) -> R:
        if names_language():
            with force_locale(request.args["lang"]):
                return view(*args, **kwargs)
        with force_locale(str(get_locale())):
            response = view(*args, **kwargs)
        response.vary.update(("Accept-Language", "Cookie"))
        return response

    return translated


def html_language() -> str:
    """The language as HTML names it."""
    return "en" if str(get_locale()) == "en" else "zh-CN"


def in_language(chinese: str, english: str) -> str:
    """The one of two texts that the reader understands, or the other where it is empty."""
    return (english or chinese) if html_language() == "en" else (chinese or english)


def names_in_language(rows: Iterable[Any]) -> str:
    """The names of rows such as subjects, in a line."""
    return _(", ").join(in_language(row.name_zh, row.name_en) for row in rows)


def distance(metres: float) -> str:
    """850 m or 1.2 km."""
    if metres < 950:
        return _("%(number)s m", number=format_number(int(round(metres, -1))))
    return _("%(number)s km", number=format_decimal(round(metres / 1000, 1), format="#,##0.0"))


def walking(metres: float) -> str:
    """Walking time, rounded up to whole minutes."""
    return _("%(number)s min on foot", number=format_number(max(1, -(-int(metres) // WALKING_METRES_PER_MINUTE))))


def yuan(amount: int) -> str:
    """An amount of money with its sign."""
    return f"¥{format_number(amount)}"


def percent(share: float) -> str:
    """A share between 0 and 1 with one digit behind the point."""
    return format_percent(share, format="0.0%")


def day_month(day: date) -> str:
    """A date without its year, as tables need it: 3月15日 or Mar 15."""
    return format_skeleton("MMMd", day, locale=get_locale() or "zh_CN")


def date_short(day: date) -> str:
    """A date with its weekday, without its year: 3月15日周一 or Mon, Mar 15."""
    return format_skeleton("MMMEd", day, locale=get_locale() or "zh_CN")


def week_with_date(week: int, first_day: date) -> str:
    """Week 3 (15 March): the number with the date of its Monday."""
    monday = first_day + timedelta(weeks=week - 1)
    return _("week %(number)d (%(date)s)", number=week, date=format_date(monday, "medium"))


def register(app: Flask) -> None:
    """Offer these to every template as filters and globals."""
    app.jinja_env.filters.update(
        label=label, clock=clock, distance=distance, walking=walking, yuan=yuan, number=format_number, date=format_date,
        day_month=day_month, date_short=date_short, datetime=format_datetime, percent=percent, weekday=weekday_name,
    )
    app.jinja_env.globals.update(
        in_language=in_language, names_in_language=names_in_language, week_with_date=week_with_date, languages=LANGUAGES
    )
    app.context_processor(lambda: {"html_lang": html_language()})
