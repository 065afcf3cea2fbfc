"""Usual subjects and courses from which a new catalogue is chosen; where they come from says ``README.md``."""

import csv
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sqlalchemy import select

from scheduler.core.extensions import db
from scheduler.features.registers.courses import operations
from scheduler.features.registers.courses.presets import PRESETS
from scheduler.models import Category, Course, Feature, Subject, TargetGroup

TABLES = Path(__file__).resolve().parent
NUMBERS = ("minutes", "sessions", "per_week", "every_weeks", "day_gap", "minimum_size", "maximum_size")


@dataclass(frozen=True)
class StarterCourse:
    """A course of the tables; ``there`` says that the catalogue has one of this title already."""

    title_zh: str
    title_en: str
    category: Category
    subject_zh: str
    subject_en: str
    target_group: TargetGroup
    minutes: int
    sessions: int
    there: bool


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of ``<name>.csv``, in order, as texts by column."""
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def starter_courses() -> dict[Category, list[StarterCourse]]:
    """All courses of the tables by category, subject by subject."""
    subjects = {row["code"]: row for row in rows("subjects")}
    there = set(db.session.scalars(select(Course.title_zh)))
    courses: dict[Category, list[StarterCourse]] = {}
    for row in rows("courses"):
        subject = subjects[row["subject"]]
        category = Category(subject["category"])
        courses.setdefault(category, []).append(StarterCourse(
            row["title_zh"], row["title_en"], category, subject["name_zh"], subject["name_en"],
            TargetGroup(row["target_group"]), int(row["minutes"]), int(row["sessions"]), row["title_zh"] in there,
        ))
    return courses


def add_courses(titles: Collection[str]) -> list[Course]:
    """New courses of these Chinese titles, with the subjects and features that they need; those there already stay."""
    there = set(db.session.scalars(select(Course.title_zh)))
    return [_add(row) for row in rows("courses") if row["title_zh"] in titles and row["title_zh"] not in there]


def _add(row: dict[str, str]) -> Course:
    needs = row["needs"].split()
    for code in needs:
        if db.session.get(Feature, code) is None:
            db.session.add(Feature(**next(feature for feature in rows("features") if feature["code"] == code)))
    if db.session.get(Subject, row["subject"]) is None:
        subject = next(subject for subject in rows("subjects") if subject["code"] == row["subject"])
        db.session.add(Subject(**{**subject, "category": Category(subject["category"])}))
    db.session.flush()
    group = next(group for group in rows("groups") if group["target_group"] == row["target_group"])
    hours = PRESETS[TargetGroup(row["target_group"])]
    return operations.save_course(
        None, title_zh=row["title_zh"], title_en=row["title_en"], subject_code=row["subject"],
        target_group=TargetGroup(row["target_group"]), reach_metres=int(group["reach_urban"]), needs=needs,
        best_hours=hours.best, possible_hours=hours.possible, possible_cost=hours.cost,
        **{name: int(row[name]) for name in NUMBERS},
    )
