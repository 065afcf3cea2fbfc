"""The network as two sheets: units from the city down to streets, and the communities where learners live."""

from flask_babel import gettext as _, lazy_gettext as _l
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload
from wtforms import IntegerField
from wtforms.validators import NumberRange, Optional

from scheduler.audit.states import registers
from scheduler.core.errors import DomainError
from scheduler.core.extensions import db
from scheduler.core.typed_numbers import PEOPLE
from scheduler.features.registers.network.forms import CommunityForm, UnitForm
from scheduler.features.registers.network.operations import (
    create_community,
    create_unit,
    edit_community,
    middle_of,
    rename_unit,
)
from scheduler.models import Community, PlaceSource, Unit
from scheduler.web.forms import DegreesField
from scheduler.workbooks.directory import Directory
from scheduler.workbooks.kinds import Degrees, Whole
from scheduler.workbooks.references import Reference
from scheduler.workbooks.register import RegisterColumn, WorkbookRegister, text


class CommunityRowForm(CommunityForm):
    """A community whose place and population need not be known yet."""

    population = IntegerField(_l("Population"), [Optional(), NumberRange(0, 10_000_000)], default=0)
    latitude = DegreesField(
        _l("Latitude"), [Optional(), NumberRange(-90, 90)],
        description=_l("In degrees, north positive. Left empty, the community is assumed in the middle of its street."),
    )
    longitude = DegreesField(
        _l("Longitude"), [Optional(), NumberRange(-180, 180)], axis="longitude",
        description=_l("In degrees, east positive."),
    )


def _units(names: Directory) -> Select[Unit]:
    return (
        select(Unit).where(names.own, Unit.archived_at.is_(None)).order_by(Unit.path).options(joinedload(Unit.parent))
    )


def _communities(names: Directory) -> Select[Community]:
    return (
        select(Community).join(Community.unit).where(names.own, Community.archived_at.is_(None))
        .order_by(Unit.path, Community.code).options(joinedload(Community.unit))
    )


def _save_unit(names: Directory, unit: Unit | None, form: UnitForm) -> Unit:
    parent = db.session.get_one(Unit, int(form.parent.data)) if form.parent.data else None
    if unit is None:
        if parent is None and not names.scope.everything:
            raise DomainError(_("Only an administrator begins a network. Say to which unit it belongs."), "parent")
        return create_unit(parent, form.code.data, form.name.data)
    if (unit.code, unit.parent_id) != (form.code.data, parent.id if parent else None):
        raise DomainError(_("A unit keeps its code and its place in the network. Enter a new one instead."), "code")
    rename_unit(unit, form.name.data)
    return unit


def _save_community(names: Directory, community: Community | None, form: CommunityRowForm) -> Community:
    unit = db.session.get_one(Unit, int(form.unit.data))
    latitude, longitude = form.latitude.data, form.longitude.data
    if (latitude is None) != (longitude is None):
        raise DomainError(_("Write both degrees of a place, or none."), "latitude" if latitude is None else "longitude")
    written = None if latitude is None or longitude is None else (latitude, longitude)
    if community is not None:
        if community.code != form.code.data:
            raise DomainError(_("A community keeps its code. Enter a new one instead."), "code")
        place = written or (community.latitude, community.longitude)
        return edit_community(community, unit, form.name.data, form.population.data or 0, *place)
    place = written or middle_of(unit, names.middle)
    community = create_community(unit, form.code.data, form.name.data, form.population.data or 0, *place)
    if written is None:
        community.place_source = PlaceSource.ASSUMED
        db.session.flush()
    return community


def _assumed(community: Community) -> list[str]:
    """What is said of a place that nobody has written."""
    if community.place_source is PlaceSource.KNOWN:
        return []
    return [_("Its place is not known: it is assumed in the middle of %(unit)s.", unit=community.unit.name)]


UNITS = WorkbookRegister(
    name="units",
    words=_l("Units"),
    codec=registers.UNITS,
    entity="unit",
    form=UnitForm,
    columns=(
        text("code"),
        text("name"),
        RegisterColumn("parent", Reference("unit"), lambda unit: str(unit.parent_id or "")),
    ),
    rows=_units,
    natural=("code",),
    title=lambda unit: str(unit.name),
    save=_save_unit,
    announces=lambda cells: [
        cells.get("code", ""), cells.get("name", ""), f"{cells.get('parent')}/{cells.get('name')}",
    ],
)
COMMUNITIES = WorkbookRegister(
    name="communities",
    words=_l("Communities"),
    codec=registers.COMMUNITIES,
    entity="community",
    form=CommunityRowForm,
    columns=(
        text("code"),
        text("name"),
        RegisterColumn("unit", Reference("unit"), lambda community: str(community.unit_id)),
        text("population", Whole(PEOPLE)),
        text("latitude", Degrees("latitude")),
        text("longitude", Degrees("longitude")),
    ),
    rows=_communities,
    natural=("code",),
    title=lambda community: str(community.name),
    save=_save_community,
    warnings=_assumed,
    announces=lambda cells: [
        cells.get("code", ""), cells.get("name", ""), f"{cells.get('unit')}/{cells.get('name')}",
    ],
)
