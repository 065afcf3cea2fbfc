"""Teachers near the sections, enough of them for each subject: all assumed, and roles rather than persons."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from scheduler.demonstration.network import Network, Town, point_near
from scheduler.demonstration.tables import dice
from scheduler.models import PlaceSource, Section, Subject, Teacher, TeacherAbsence, TeacherKind, TeacherWindow, Term

Hours = list[tuple[int, int, int]]

MORNING, AFTERNOON, EVENING, DAY = (510, 720), (810, 1050), (1080, 1290), (510, 1290)
WORKDAYS, WEEKEND, ALL_DAYS = range(5), range(5, 7), range(7)
HALVES: Hours = [
    *((day, *half) for day in WORKDAYS for half in (MORNING, AFTERNOON, EVENING)),
    *((day, *half) for day in WEEKEND for half in (MORNING, AFTERNOON)),
]
KIND_WORDS = {TeacherKind.FULL_TIME: "专职", TeacherKind.PART_TIME: "兼职", TeacherKind.VOLUNTEER: "志愿"}
KINDS = (TeacherKind.VOLUNTEER, TeacherKind.PART_TIME, TeacherKind.FULL_TIME)
SHARES = (5, 4, 1)
SUBJECTS = {TeacherKind.VOLUNTEER: 2, TeacherKind.PART_TIME: 3, TeacherKind.FULL_TIME: 5}
USED = 0.85  # of a teacher's week can be filled, given hours and journeys
ENOUGH = 0.5  # meetings a week of a subject that neighbouring towns can give


@dataclass(frozen=True)
class Service:
    """What one teacher can give."""

    kind: TeacherKind
    hours: Hours
    max_day: int
    max_week: int
    wanted_week: int
    fee: int
    reach_metres: int


def build_teachers(network: Network, term: Term, sections: list[Section]) -> list[Teacher]:
    """Teachers for the sections of each town as new rows."""
    random = dice("teachers")
    return [
        teacher
        for town in network.towns
        for teacher in _staff(random, town, term, [section for section in sections if section.unit is town.unit])
    ]


def _staff(random: Random, town: Town, term: Term, sections: list[Section]) -> Iterator[Teacher]:
    """Hire for the subject that lacks most until each has enough meetings a week to give."""
    lacking: dict[Subject, float] = {}
    for section in sections:
        lacking[section.course.subject] = lacking.get(section.course.subject, 0) + section.per_week
    numbers: Counter[Subject] = Counter()
    while lacking and max(lacking.values()) > ENOUGH:
        by_need = sorted(lacking, key=lambda subject: (-lacking[subject], subject.code))
        service = _service(random, town)
        others = random.sample(by_need[1:], min(len(by_need) - 1, SUBJECTS[service.kind] - 1))
        subjects = [by_need[0], *others]
        for subject, share in zip(subjects, _shares(len(subjects)), strict=True):
            lacking[subject] -= share * service.max_week * USED
        numbers[by_need[0]] += 1
        yield _teacher(random, town, term, service, subjects, numbers[by_need[0]])


def _shares(subjects: int) -> list[float]:
    """How a teacher's week falls to their subjects: half to the first."""
    return [1.0] if subjects == 1 else [0.5, *[0.5 / (subjects - 1)] * (subjects - 1)]


def _teacher(
    random: Random, town: Town, term: Term, service: Service, subjects: list[Subject], number: int
) -> Teacher:
    home = point_near(random, town.place, 1500 if town.urban else 4000)
    return Teacher(
        unit=town.unit, name=f"{subjects[0].name_zh}教师 {number}（{KIND_WORDS[service.kind]}）", kind=service.kind,
        subjects=subjects, max_day=service.max_day, max_week=service.max_week, wanted_week=service.wanted_week,
        fee=service.fee, reach_metres=service.reach_metres, latitude=home.latitude, longitude=home.longitude,
        place_source=PlaceSource.ASSUMED, assumed=True,
        windows=[TeacherWindow(weekday=day, start_minute=start, end_minute=end) for day, start, end in service.hours],
        absences=[TeacherAbsence(date=day, reason="") for day in _absences(random, term)],
    )


def _absences(random: Random, term: Term) -> list[date]:
    days = random.sample(range(term.weeks * 7), random.choice((0, 0, 0, 1, 2)))
    return sorted(term.first_day + timedelta(days=day) for day in days)


def _service(random: Random, town: Town) -> Service:
    kind = random.choices(KINDS, SHARES)[0]
    if kind is TeacherKind.VOLUNTEER:
        return _volunteer(random, town)
    if kind is TeacherKind.PART_TIME:
        return _part_time(random)
    days = sorted(random.sample(ALL_DAYS, 5))
    return Service(kind, [(day, *DAY) for day in days], 4, 14, 10, 0, 40_000)


def _volunteer(random: Random, town: Town) -> Service:
    hours = sorted(random.sample(HALVES, random.randint(5, 10)))
    most, wanted_week = random.randint(2, 4), random.randint(1, 2)
    return Service(TeacherKind.VOLUNTEER, hours, 2, most, wanted_week, 0, 6_000 if town.urban else 12_000)


def _part_time(random: Random) -> Service:
    free = set(random.sample(ALL_DAYS, 4))
    hours = [(day, *(DAY if day in free else EVENING)) for day in ALL_DAYS]
    return Service(
        TeacherKind.PART_TIME, hours, 4, random.randint(5, 9), 5, random.choice((80, 100, 150)), 25_000
    )
