"""Pages of the network register."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from scheduler.core.transaction import transaction
from scheduler.domain.in_use import uses_of
from scheduler.features.registers.network import operations, queries
from scheduler.features.registers.network.forms import CommunityForm, EditCommunityForm, RenameUnitForm, UnitForm
from scheduler.models import Community, Role, Unit
from scheduler.web.access import current_scope, requires
from scheduler.web.archiving import archive_or_restore
from scheduler.web.choices import parent_choices, unit_choices
from scheduler.web.editing import editing
from scheduler.web.flash import redirect_saved, redirect_with
from scheduler.web.pagination import paginate, paginated, searched
from scheduler.web.sorting import sorting

blueprint = Blueprint("network", __name__, url_prefix="/desk/network")
TREE_ROWS = 150


@blueprint.get("")
@requires(Role.COORDINATOR)
def index() -> str:
    """The tree of units with the number of communities below each, searchable."""
    search, archived = searched()
    page = paginated(queries.tree(current_scope(), search, archived), per_page=TREE_ROWS)
    return render_template("network/index.html", page=page, search=search, archived=archived)


@blueprint.get("/units/<int:unit_id>")
@requires(Role.COORDINATOR)
def unit(unit_id: int) -> str:
    """A unit with its census and the communities of its subtree, searchable."""
    shown = queries.unit_in(current_scope(), unit_id)
    search, archived = searched()
    order = sorting(queries.COMMUNITY_SORTS)
    page = paginate(order.of(queries.communities(current_scope(), search, shown, archived)))
    return render_template(
        "network/unit.html", unit=shown, ancestors=queries.ancestors(shown), page=page, search=search,
        archived=archived, order=order,
    )


@blueprint.route("/units/new", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
@transaction
def create_unit() -> ResponseReturnValue:
    """A form for a unit below one of the scope's units."""
    form = UnitForm()
    form.parent.choices = parent_choices(current_scope())
    if form.validate_on_submit() and (unit := form.apply(lambda: _create_unit(form))):
        return redirect_with(_("%(name)s is in the network.", name=unit.name), url_for("network.unit", unit_id=unit.id))
    return render_template("network/create_unit.html", form=form)


def _create_unit(form: UnitForm) -> Unit:
    parent = queries.unit_in(current_scope(), int(form.parent.data)) if form.parent.data else None
    return operations.create_unit(parent, **form.values("parent"))


@blueprint.route("/units/<int:unit_id>/edit", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
@transaction
def edit_unit(unit_id: int) -> ResponseReturnValue:
    """A form for a unit's name."""
    unit = queries.unit_in(current_scope(), unit_id)
    form = editing(unit, lambda: RenameUnitForm.showing(unit))
    if form.validate_on_submit():
        operations.rename_unit(unit, **form.values())
        return redirect_saved(url_for("network.unit", unit_id=unit.id))
    return render_template("network/edit_unit.html", form=form, unit=unit)


@blueprint.route("/communities/new", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
@transaction
def create_community() -> ResponseReturnValue:
    """A form for a new community."""
    form = CommunityForm(data={"unit": request.args.get("unit")})
    form.unit.choices = unit_choices(current_scope())
    if form.validate_on_submit() and (community := form.apply(lambda: _create_community(form))):
        return redirect_with(
            _("%(name)s is in the network.", name=community.name), url_for("network.unit", unit_id=community.unit_id)
        )
    return render_template("network/create_community.html", form=form)


def _create_community(form: CommunityForm) -> Community:
    unit = queries.unit_in(current_scope(), int(form.unit.data))
    return operations.create_community(unit, **form.values("unit"))


@blueprint.route("/communities/<int:community_id>/edit", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
@transaction
def edit_community(community_id: int) -> ResponseReturnValue:
    """A form for a community's facts."""
    community = queries.community_in(current_scope(), community_id)
    form = editing(community, lambda: EditCommunityForm.showing(community, unit=str(community.unit_id)))
    form.unit.choices = unit_choices(current_scope())
    if form.validate_on_submit() and form.apply(lambda: _edit_community(community, form)):
        return redirect_saved(url_for("network.unit", unit_id=community.unit_id))
    return render_template("network/edit_community.html", form=form, community=community)


def _edit_community(community: Community, form: EditCommunityForm) -> Community:
    unit = queries.unit_in(current_scope(), int(form.unit.data))
    return operations.edit_community(community, unit, **form.values("unit"))


@blueprint.post("/communities/<int:community_id>/archive")
@requires(Role.COORDINATOR)
@transaction
def archive_community(community_id: int) -> ResponseReturnValue:
    """Archive a community, or with ``restore`` bring it back."""
    community = queries.community_in(current_scope(), community_id)
    page = url_for("network.unit", unit_id=community.unit_id)
    return archive_or_restore(community, community.name, page, uses=uses_of(community))


@blueprint.post("/units/<int:unit_id>/archive")
@requires(Role.COORDINATOR)
@transaction
def archive_unit(unit_id: int) -> ResponseReturnValue:
    """Archive a unit, or with ``restore`` bring it back."""
    unit = queries.unit_in(current_scope(), unit_id)
    return archive_or_restore(unit, unit.name, url_for("network.index"), uses=uses_of(unit))
