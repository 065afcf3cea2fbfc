"""Turns timetables that cities publish into workbooks that the term's Excel page takes.

``python -m tools.timetables gangnam FILE.csv -o BOOK.xlsx …`` reads the lifelong-learning courses of Gangnam district,
Seoul (data.go.kr 15013110), ``berlin FOLDER`` the courses, sessions and venues of Berlin's adult education centres.
Unit, community and subject have to stand in the registers already; they, and what is not published, are options:

- each course becomes a course of the catalogue and a section whose hours, room and teacher are pinned as published;
- learners are as many as the course has places, all of ``--community``; every course and teacher has ``--subject``;
- rooms and teachers may be used daily from 06:00 to 23:00; where a place is not published, it is ``--place``.

Rooms and teachers that are published twice for the same hours come along as they are: the preview warns of them.
"""

import argparse
import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter

from scheduler.workbooks.words import folded

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
KOREAN = {f"{sign}요일": weekday for weekday, sign in enumerate("월화수목금토일")}
ALL_DAY = "daily 06:00-23:00"
FAR = 200_000
Cells = dict[str, str | int | float]


@dataclass(frozen=True)
class Context:
    """What the sources do not say. ``first_day`` is the Monday of the term's week 1."""

    unit: str
    community: str
    subject: str
    place: tuple[float, float]
    first_day: date
    weeks: int


@dataclass
class Held:
    """A course as it was published: its dates, the minute at which it begins on each weekday, and where."""

    key: str
    title: str
    dates: list[date]
    starts: dict[int, int]
    minutes: int
    seats: int
    venue: str
    room: str
    teacher: str


@dataclass
class Source:
    """A whole publication; venues are (latitude, longitude, address, step-free) by name."""

    courses: list[Held]
    venues: dict[str, tuple[float | str, float | str, str, str]] = field(default_factory=dict)


def _minute(clock: str) -> int:
    hour, minute = clock.split(":")[:2]
    return 60 * int(hour) + int(minute)


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def _dates(first: date, last: date, weekdays: Iterable[int]) -> list[date]:
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [day for day in days if day.weekday() in set(weekdays)]


def gangnam(file: Path) -> Source:
    """One row is one course with its first and last date, its weekdays and its hours."""
    source = Source([])
    for row in _rows(file):
        weekdays = [KOREAN[name] for name in row["weekdays"].split("+")]
        first, last = date.fromisoformat(row["start_date"]), date.fromisoformat(row["end_date"])
        start = _minute(row["start"])
        source.venues[row["site"]] = ("", "", row["road_address"], "not known")
        source.courses.append(Held(
            row["course_id"], row["name"], _dates(first, last, weekdays), dict.fromkeys(weekdays, start),
            _minute(row["end"]) - start, int(row["capacity"]), row["site"], row["room"] or "강의실", row["teacher_id"],
        ))
    return source


def berlin(folder: Path) -> Source:
    """Courses with dated sessions; the usual hour of each weekday, room and teacher stand for all."""
    sessions: dict[str, list[dict[str, str]]] = {}
    for row in _rows(folder / "berlin_vhs_sessions.csv"):
        sessions.setdefault(row["course_id"], []).append(row)
    named, source = {}, Source([])
    for row in _rows(folder / "berlin_vhs_venues.csv"):
        name = f"{row['facility'] or row['street']} ({row['venue_id']})"
        named[row["venue_id"]] = name
        known = {"true": "yes", "false": "no"}.get(row["accessible"], "not known")
        address = f"{row['street']}, {row['postal_code'].strip()}"
        source.venues[name] = (row["lat"], row["lon"], address, known)
    for row in _rows(folder / "berlin_vhs_courses.csv"):
        held = sessions.get(row["course_id"])
        if held:
            source.courses.append(_of_sessions(row, held, named))
    return source


def _usual(values: Iterable[Any]) -> Any:
    return Counter(values).most_common(1)[0][0]


def _of_sessions(course: dict[str, str], held: list[dict[str, str]], venues: dict[str, str]) -> Held:
    dates = sorted({date.fromisoformat(row["date"]) for row in held})
    starts: dict[int, list[int]] = {}
    for row in held:
        starts.setdefault(date.fromisoformat(row["date"]).weekday(), []).append(_minute(row["start"]))
    venue, room = _usual((venues.get(row["venue_id"], row["venue_id"]), row["room"]) for row in held)
    return Held(
        course["course_id"], course["name_en"].strip(), dates, {day: _usual(found) for day, found in starts.items()},
        _usual(_minute(row["end"]) - _minute(row["start"]) for row in held), int(course["max_participants"] or 1),
        venue, room or "?", course["teacher_ids"].split("|")[0] or "T?",
    )


def _week(day: date, context: Context) -> int:
    return (day - context.first_day).days // 7 + 1


def sheets(source: Source, context: Context) -> dict[str, list[Cells]]:
    """The rows of each sheet, by the words of its columns; courses that begin outside the term stay behind."""
    held = [course for course in source.courses if 1 <= _week(course.dates[0], context) <= context.weeks]
    titles = Counter(folded(course.title) for course in held)
    for course in held:
        course.title = course.title if titles[folded(course.title)] == 1 else f"{course.title} ({course.key})"
        course.minutes = min(max(course.minutes, 15), 480)
        latest = 23 * 60 - course.minutes
        course.starts = {day: max(6 * 60, min(start, latest) // 5 * 5) for day, start in course.starts.items()}
    return {
        "Venues": list(_venues(source, held, context)),
        "Rooms": list(_rooms(held)),
        "Teachers": list(_teachers(held, context)),
        "Courses": [_course(course, context) for course in held],
        "Sections": [_section(course, context) for course in held],
    }


def _venues(source: Source, held: list[Held], context: Context) -> Iterator[Cells]:
    for name in sorted({course.venue for course in held}):
        latitude, longitude, address, step_free = source.venues.get(name, ("", "", "", "not known"))
        yield {
            "Name": name, "Kind": "other venue", "Belongs to": context.unit, "Address": address,
            "Latitude": latitude or context.place[0], "Longitude": longitude or context.place[1],
            "Step-free from the street to the rooms": step_free, "Who answers booking requests": "confirmed at once",
        }


def _rooms(held: list[Held]) -> Iterator[Cells]:
    seats: dict[tuple[str, str], int] = {}
    for course in held:
        place = (course.venue, course.room)
        seats[place] = max(seats.get(place, 1), _learners(course))
    for (venue, room), number in sorted(seats.items()):
        yield {
            "Venue": venue, "Name": room, "Seats": number, "Minutes between two uses": 0, "Opening hours": ALL_DAY
        }


def _teachers(held: list[Held], context: Context) -> Iterator[Cells]:
    for name in sorted({course.teacher for course in held}):
        yield {
            "Name of the role": name, "Belongs to": context.unit, "Serves": "part-time", "Subjects": context.subject,
            "Sessions a day at most": 12, "Sessions a week at most": 60, "Sessions a week they want": 10,
            "How far they travel from home, in metres": FAR, "Latitude of their home": context.place[0],
            "Longitude of their home": context.place[1], "Hours in which they can teach": ALL_DAY,
        }


def _course(course: Held, context: Context) -> Cells:
    left = (context.weeks - _week(course.dates[0], context) + 1) * len(course.starts)
    return {
        "Title in Chinese": course.title, "Title in English": course.title, "Subject": context.subject,
        "For whom": "everyone", "Minutes of a session": course.minutes, "Meetings a week": len(course.starts),
        "Sessions in all": max(1, min(len(course.dates), left, 300)), "Smallest class": 1,
        "Largest class": _learners(course), "How far its learners go, in metres": FAR, "Best hours": ALL_DAY,
    }


def _section(course: Held, context: Context) -> Cells:
    week = _week(course.dates[0], context)
    times = (f"{WEEKDAYS[day]} {start // 60:02d}:{start % 60:02d}" for day, start in sorted(course.starts.items()))
    return {
        "Name": f"{course.key} {course.title}"[:200], "Course": course.title, "Unit": context.unit,
        "Learners": f"{context.community} {_learners(course)}", "May begin from week": week,
        "May begin up to week": week, "Begins in week": week, "Meets at": "; ".join(times),
        "Room": f"{course.venue}/{course.room}", "Teacher": course.teacher,
    }


def _learners(course: Held) -> int:
    return min(max(course.seats, 1), 1000)


def write(book: dict[str, list[Cells]], target: Any) -> None:
    """The rows as a workbook; ``target`` is a path or a binary file."""
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False}) as out:
        for name, rows in book.items():
            sheet = out.add_worksheet(name)
            heads = list(rows[0]) if rows else []
            named: Cells = {head: head for head in heads}
            for number, line in enumerate([named, *rows]):
                for place, head in enumerate(heads):
                    sheet.write(number, place, line[head])


def main() -> None:
    """Convert one publication."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", choices=["gangnam", "berlin"])
    parser.add_argument("path", type=Path)
    parser.add_argument("-o", "--output", required=True)
    for name in ("unit", "community", "subject"):
        parser.add_argument(f"--{name}", required=True, help="name or code")
    parser.add_argument("--place", type=float, nargs=2, default=(0.0, 0.0), metavar=("LATITUDE", "LONGITUDE"))
    parser.add_argument("--first-day", type=date.fromisoformat, required=True)
    parser.add_argument("--weeks", type=int, default=53)
    given = parser.parse_args()
    place = (given.place[0], given.place[1])
    context = Context(given.unit, given.community, given.subject, place, given.first_day, given.weeks)
    write(sheets({"gangnam": gangnam, "berlin": berlin}[given.source](given.path), context), given.output)


if __name__ == "__main__":
    main()
