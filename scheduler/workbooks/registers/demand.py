"""The demand of a term as a sheet."""

from flask_babel import gettext as _, lazy_gettext as _l
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from scheduler.audit.states import registers
from scheduler.core.errors import DomainError
from scheduler.core.extensions import db
from scheduler.core.typed_numbers import PEOPLE
from scheduler.features.planning.demand.forms import DemandForm
from scheduler.features.planning.demand.operations import create_demand, set_people
from scheduler.models import Community, Course, Demand, Unit
from scheduler.workbooks.directory import Directory
from scheduler.workbooks.kinds import Whole
from scheduler.workbooks.references import Reference
from scheduler.workbooks.register import RegisterColumn, WorkbookRegister, text


def _demand(names: Directory) -> Select[Demand]:
    return (
        select(Demand).join(Demand.community).join(Community.unit).join(Demand.course)
        .where(names.own, Demand.term_id == (names.term.id if names.term else 0))
        .order_by(Course.title_zh, Unit.path, Community.code)
        .options(joinedload(Demand.course), joinedload(Demand.community))
    )


def _save(names: Directory, entry: Demand | None, form: DemandForm) -> Demand:
    course, community = int(form.course.data), int(form.community.data)
    if entry is None:
        assert names.term is not None
        return create_demand(
            names.term, db.session.get_one(Course, course), db.session.get_one(Community, community), form.people.data
        )
    if (entry.course_id, entry.community_id) != (course, community):
        field = "course" if entry.course_id != course else "community"
        raise DomainError(_("Course and community of an entry stay. Leave the number empty to enter another."), field)
    set_people([entry], {entry.id: form.people.data})
    return entry


DEMAND = WorkbookRegister(
    name="demand",
    words=_l("Demand"),
    codec=registers.DEMAND,
    entity="demand",
    form=DemandForm,
    columns=(
        RegisterColumn("course", Reference("course"), lambda entry: str(entry.course_id)),
        RegisterColumn("community", Reference("community"), lambda entry: str(entry.community_id)),
        text("people", Whole(PEOPLE)),
    ),
    rows=_demand,
    natural=("course", "community"),
    title=lambda entry: f"{entry.course.title_zh} · {entry.community.name}",
    save=_save,
    in_term=True,
)
