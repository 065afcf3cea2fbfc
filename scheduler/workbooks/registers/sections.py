"""The sections of a term as a sheet."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from scheduler.audit.states import registers
from scheduler.core.clock import clock
from scheduler.core.typed_numbers import DAYS, METRES, MINUTES, PEOPLE, TIMES, WEEKS
from scheduler.features.planning.sections.checks import refuse, warnings
from scheduler.features.planning.sections.forms import SectionForm
from scheduler.features.planning.sections.operations import create_section, edit_section
from scheduler.models import FORMAT, Course, Section, Unit
from scheduler.web.labels import PRIORITIES
from scheduler.workbooks.clashes import slot_of
from scheduler.workbooks.directory import Directory
from scheduler.workbooks.kinds import ChoiceKind, Times, Value, Whole
from scheduler.workbooks.references import Learners, Reference, References
from scheduler.workbooks.register import RegisterColumn, WorkbookRegister, text


def _sections(names: Directory) -> Select[Section]:
    return (
        select(Section).join(Section.unit).join(Section.course)
        .where(names.own, Section.term_id == (names.term.id if names.term else 0), Section.archived_at.is_(None))
        .order_by(Unit.path, Course.title_zh, Section.name)
        .options(
            joinedload(Section.course), joinedload(Section.unit), selectinload(Section.learners),
            selectinload(Section.allowed_venues), selectinload(Section.allowed_teachers),
            selectinload(Section.pinned_meetings), selectinload(Section.needs),
        )
    )


def _save(names: Directory, section: Section | None, form: SectionForm) -> Section:
    if section is not None:
        return edit_section(section, form.facts(section))
    assert names.term is not None
    return create_section(names.term, form.facts())


def _learners(section: Section) -> Value:
    entries = sorted(section.learners, key=lambda entry: entry.community_id)
    return {str(entry.community_id): str(entry.people) for entry in entries}


def _meetings(section: Section) -> Value:
    meetings = sorted(section.pinned_meetings, key=lambda meeting: meeting.weekday)
    return {str(meeting.weekday): clock(meeting.start_minute) for meeting in meetings}


def _ids(rows: list[int]) -> Value:
    return [str(key) for key in sorted(rows)]


UNITS_OF_FORMAT = {
    "minutes": MINUTES, "sessions": TIMES, "per_week": TIMES, "every_weeks": WEEKS, "day_gap": DAYS,
    "minimum_size": PEOPLE, "maximum_size": PEOPLE,
}
"""What may stand behind each number of a format."""

SECTIONS = WorkbookRegister(
    name="sections",
    words=_l("Sections"),
    codec=registers.SECTIONS,
    entity="section",
    form=SectionForm,
    columns=(
        text("name"),
        RegisterColumn("course", Reference("course"), lambda section: str(section.course_id)),
        RegisterColumn("unit", Reference("unit"), lambda section: str(section.unit_id)),
        RegisterColumn("learners", Learners(), _learners),
        text("earliest_week", Whole(WEEKS)),
        text("latest_week", Whole(WEEKS)),
        text("priority", ChoiceKind({str(number): words for number, words in PRIORITIES.items()})),
        text("reach_metres", Whole(METRES)),
        RegisterColumn("venues", References("venue"), lambda section: _ids([v.id for v in section.allowed_venues])),
        RegisterColumn(
            "teachers", References("teacher"), lambda section: _ids([t.id for t in section.allowed_teachers])
        ),
        *(text(name, Whole(UNITS_OF_FORMAT[name])) for name in FORMAT),
        RegisterColumn("needs", References("feature"), lambda section: sorted(
            (feature.code for feature in section.needs), key=lambda code: (len(code), code)
        )),
        text("pinned_week", Whole(WEEKS)),
        RegisterColumn("pinned_meetings", Times(), _meetings),
        RegisterColumn("pinned_room", Reference("room"), lambda section: str(section.pinned_room_id or "")),
        RegisterColumn("pinned_teacher", Reference("teacher"), lambda section: str(section.pinned_teacher_id or "")),
    ),
    rows=_sections,
    natural=("name",),
    title=lambda section: str(section.name),
    save=_save,
    warnings=warnings,
    slot=slot_of,
    check=lambda section, form: refuse(section.term, form.facts(section)),
    in_term=True,
)
