"""Some hours of a date become the whole date for a program that knows no hours, and dates stay as they are."""

from datetime import date

from alembic.script import ScriptDirectory
from flask import current_app
from flask_migrate import downgrade, upgrade
from sqlalchemy import text

from scheduler.core.extensions import db
from scheduler.models import RoomClosure, TeacherAbsence
from tests.factories import Town


def before_hours() -> str:
    """The revision before the one that gives dates hours."""
    config = current_app.extensions["migrate"].migrate.get_config()
    scripts = ScriptDirectory.from_config(config).walk_revisions()
    return next(str(script.down_revision) for script in scripts if script.path.endswith("_hours_of_dates.py"))


def stored(table: str) -> list[tuple[str, str]]:
    with db.engine.connect() as connection:
        rows = connection.execute(text(f"SELECT date, reason FROM {table} ORDER BY date"))  # noqa: S608
        return [(str(row.date), row.reason) for row in rows]


def test_hours_of_dates_close_the_whole_date_again(town: Town) -> None:
    hours = [
        (date(2027, 5, 1), "全天", None, None), (date(2027, 5, 1), "上午", 540, 720),
        (date(2027, 5, 2), "上午", 540, 720), (date(2027, 5, 2), "下午", 840, 900),
        (date(2027, 5, 3), "晚上", 1080, 1440),
    ]
    for day, reason, start, end in hours:
        town.hall.closures.append(RoomClosure(date=day, reason=reason, start_minute=start, end_minute=end))
        town.teacher.absences.append(TeacherAbsence(date=day, reason=reason, start_minute=start, end_minute=end))
    db.session.commit()
    db.session.remove()
    downgrade(revision=before_hours())
    try:
        whole = [("2027-05-01", "全天"), ("2027-05-02", "上午"), ("2027-05-03", "晚上")]
        assert stored("room_closures") == stored("teacher_absences") == whole
    finally:
        upgrade()
    assert all(closure.whole_day for closure in db.session.scalars(db.select(RoomClosure)))
