"""Features, subjects and courses of the catalogue."""

from dataclasses import dataclass
from fractions import Fraction

from scheduler.demonstration.tables import rows as own_rows, weekly
from scheduler.features.registers.courses.starter.catalogue import rows
from scheduler.models import Category, Course, CourseWindow, Feature, Subject, TargetGroup


@dataclass(frozen=True)
class CourseAssumption:
    """A course and what is assumed of the people who ask for it."""

    course: Course
    per_thousand: Fraction
    share_of_people: str
    reach_urban: int
    reach_rural: int
    priority: int


@dataclass(frozen=True)
class Catalogue:
    """What can be taught, and what a room may have, by code."""

    features: dict[str, Feature]
    subjects: dict[str, Subject]
    offers: list[CourseAssumption]


def build_catalogue() -> Catalogue:
    """The catalogue as new rows, not yet added to the session."""
    features = {row["code"]: Feature(**row) for row in rows("features")}
    subjects = {row["code"]: Subject(**{**row, "category": Category(row["category"])}) for row in rows("subjects")}
    groups = {row["target_group"]: row for row in rows("groups")}
    offers = []
    for row in rows("courses"):
        needs = [features[code] for code in row["needs"].split()]
        offers.append(_offer(row, groups[row["target_group"]], subjects[row["subject"]], needs))
    return Catalogue(features, subjects, offers)


def _offer(row: dict[str, str], group: dict[str, str], subject: Subject, needs: list[Feature]) -> CourseAssumption:
    numbers = ("minutes", "sessions", "per_week", "every_weeks", "day_gap", "minimum_size", "maximum_size")
    course = Course(
        title_zh=row["title_zh"], title_en=row["title_en"], subject=subject, needs=needs,
        target_group=TargetGroup(row["target_group"]), reach_metres=int(group["reach_urban"]),
        **{name: int(row[name]) for name in numbers},
    )
    course.windows = _hours(row["target_group"])
    return CourseAssumption(
        course, Fraction(row["per_thousand"]), group["share_of_people"], int(group["reach_urban"]),
        int(group["reach_rural"]), int(group["priority"]),
    )


def _hours(target_group: str) -> list[CourseWindow]:
    return [
        CourseWindow(weekday=weekday, start_minute=start, end_minute=end, cost=int(row["cost"]))
        for row in own_rows("group_hours") if row["target_group"] == target_group
        for weekday, start, end in weekly(row)
    ]
