"""The sources of a term's demand as a sheet."""

from flask_babel import gettext as _, lazy_gettext as _l
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from scheduler.audit.states import registers
from scheduler.core.errors import DomainError
from scheduler.core.extensions import db
from scheduler.core.typed_numbers import PEOPLE, PERCENT
from scheduler.features.planning.demand.sources.forms import SourceForm
from scheduler.features.planning.demand.sources.operations import create_source, edit_source
from scheduler.models import Community, Course, DemandSource, SourceKind, Unit
from scheduler.web.labels import label
from scheduler.workbooks.directory import Directory
from scheduler.workbooks.kinds import ChoiceKind, Whole
from scheduler.workbooks.references import Reference
from scheduler.workbooks.register import RegisterColumn, WorkbookRegister, text


def _sources(names: Directory) -> Select[DemandSource]:
    return (
        select(DemandSource).join(DemandSource.community).join(Community.unit).join(DemandSource.course)
        .where(names.own, DemandSource.term_id == (names.term.id if names.term else 0))
        .order_by(Course.title_zh, Unit.path, Community.code, DemandSource.kind)
        .options(joinedload(DemandSource.course), joinedload(DemandSource.community))
    )


def _save(names: Directory, source: DemandSource | None, form: SourceForm) -> DemandSource:
    course, community = int(form.course.data), int(form.community.data)
    if source is None:
        assert names.term is not None
        place = db.session.get_one(Community, community)
        facts = form.values("course", "community")
        return create_source(names.term, db.session.get_one(Course, course), place, **facts)
    key = {"course": source.course_id, "community": source.community_id, "kind": source.kind}
    for field, value in {"course": course, "community": community, "kind": form.kind.data}.items():
        if key[field] != value:
            raise DomainError(_("This stays as it is. Leave the number empty to enter another source."), field)
    return edit_source(source, form.people.data, form.percent.data)


DEMAND_SOURCES = WorkbookRegister(
    name="demand_sources",
    words=_l("Sources of demand"),
    codec=registers.DEMAND_SOURCES,
    entity="demand_source",
    form=SourceForm,
    columns=(
        RegisterColumn("course", Reference("course"), lambda source: str(source.course_id)),
        RegisterColumn("community", Reference("community"), lambda source: str(source.community_id)),
        text("kind", ChoiceKind.of(SourceKind)),
        text("people", Whole(PEOPLE)),
        text("percent", Whole(PERCENT)),
    ),
    rows=_sources,
    natural=("course", "community", "kind"),
    title=lambda source: f"{source.course.title_zh} · {source.community.name} · {label(source.kind)}",
    save=_save,
    in_term=True,
)
