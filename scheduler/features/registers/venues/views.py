"""Pages of the register of venues and rooms."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from scheduler.calendar import weekly_hours
from scheduler.core.clock import today
from scheduler.core.extensions import db
from scheduler.core.row_ids import row_id
from scheduler.core.transaction import transaction
from scheduler.domain.in_use import uses_of
from scheduler.features.registers.venues import operations, queries
from scheduler.features.registers.venues.forms import (
    EditRoomForm,
    EditVenueForm,
    FeatureForm,
    HoursForm,
    RoomForm,
    VenueForm,
)
from scheduler.models import Feature, Role, Unit, Venue, VenueKind
from scheduler.web.access import current_scope, requires, scope_of
from scheduler.web.archiving import archive_or_restore
from scheduler.web.choices import feature_choices, unit_choices
from scheduler.web.editing import editing
from scheduler.web.flash import redirect_saved, redirect_with
from scheduler.web.pagination import paginate
from scheduler.web.sorting import sorting

blueprint = Blueprint("venues", __name__, url_prefix="/desk/venues")


def _may_edit(unit: Unit) -> bool:
    """Whether the user coordinates the unit; managers see their venues and set hours only."""
    return scope_of(current_user, Role.COORDINATOR).covers(unit)


@blueprint.get("")
@requires(Role.COORDINATOR, Role.VENUE_MANAGER)
def index() -> str:
    """Venues in the user's reach, searchable by name or address, kind and unit."""
    scope = current_scope()
    filters = queries.filters_of(scope, request.args)
    units = unit_choices(scope)
    order = sorting(queries.VENUE_SORTS)
    page = paginate(order.of(queries.venues(scope, filters)))
    return render_template(
        "venues/index.html", page=page, filters=filters, units=units, kinds=VenueKind, order=order
    )


@blueprint.get("/rooms")
@requires(Role.COORDINATOR, Role.VENUE_MANAGER)
def rooms() -> str:
    """Rooms of all venues in the user's reach, searchable by name, seats and what they have."""
    filters, scope = queries.room_filters_of(request.args), current_scope()
    order = sorting(queries.ROOM_SORTS)
    page = paginate(order.of(queries.rooms(scope, filters)))
    return render_template(
        "venues/rooms.html", page=page, filters=filters, features=feature_choices(), summary=weekly_hours.summary,
        coordinates=scope.everything or bool(scope.paths), order=order,
    )


@blueprint.get("/<int:venue_id>")
@requires(Role.COORDINATOR, Role.VENUE_MANAGER)
def show(venue_id: int) -> str:
    """A venue with its rooms and those who answer for it."""
    venue = queries.venue_in(current_scope(), venue_id)
    return render_template(
        "venues/show.html", venue=venue, may_edit=_may_edit(venue.unit), managers=queries.managers(venue),
        nearest=queries.nearest_community(venue), summary=weekly_hours.summary,
    )


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
@transaction
def create() -> ResponseReturnValue:
    """A form for a new venue."""
    form = VenueForm(data={"unit_id": request.args.get("unit", type=row_id)})
    form.unit_id.choices = unit_choices(current_scope())
    if form.validate_on_submit() and (venue := form.apply(lambda: _create(form))):
        return redirect_with(
            _("%(name)s is in the register. Add its rooms next.", name=venue.name),
            url_for("venues.show", venue_id=venue.id),
        )
    return render_template("venues/create.html", form=form)


def _create(form: VenueForm) -> Venue:
    unit = queries.unit_in(current_scope(), form.unit_id.data)
    return operations.create_venue(unit, **form.values("unit_id"))


@blueprint.route("/<int:venue_id>/edit", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
@transaction
def edit(venue_id: int) -> ResponseReturnValue:
    """A form for a venue's facts."""
    venue = queries.venue_in(current_scope(), venue_id)
    form = editing(venue, lambda: EditVenueForm.showing(venue))
    form.unit_id.choices = unit_choices(current_scope())
    if form.validate_on_submit() and form.apply(lambda: _edit(venue, form)):
        return redirect_saved(url_for("venues.show", venue_id=venue.id))
    return render_template("venues/edit.html", form=form, venue=venue)


def _edit(venue: Venue, form: EditVenueForm) -> Venue:
    unit = queries.unit_in(current_scope(), form.unit_id.data)
    return operations.edit_venue(venue, unit, **form.values("unit_id"))


@blueprint.post("/<int:venue_id>/archive")
@requires(Role.COORDINATOR)
@transaction
def archive(venue_id: int) -> ResponseReturnValue:
    """Archive a venue, or with ``restore`` bring it back."""
    venue = queries.venue_in(current_scope(), venue_id)
    return archive_or_restore(venue, venue.name, url_for("venues.show", venue_id=venue.id), uses=uses_of(venue))


@blueprint.get("/rooms/<int:room_id>")
@requires(Role.COORDINATOR, Role.VENUE_MANAGER)
def room(room_id: int) -> str:
    """A room with its week of opening hours and its closed dates."""
    shown = queries.room_in(current_scope(), room_id)
    now = today()
    return render_template(
        "venues/room.html",
        room=shown,
        may_edit=_may_edit(shown.venue.unit),
        week=weekly_hours.WeekHours.of(shown.windows),
        closures=queries.closures_from(shown, now),
        stranded=queries.sessions_outside_hours(shown, now),
    )


@blueprint.route("/<int:venue_id>/rooms/new", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
@transaction
def create_room(venue_id: int) -> ResponseReturnValue:
    """A form for a new room; its hours follow on the next page."""
    venue = queries.venue_in(current_scope(), venue_id)
    form = RoomForm()
    form.features.choices = feature_choices()
    if form.validate_on_submit() and (room := form.apply(lambda: operations.create_room(venue, **form.values()))):
        return redirect_with(
            _("%(name)s is in the register. Say when it is open.", name=room.name),
            url_for("venues.hours", room_id=room.id),
        )
    return render_template("venues/create_room.html", form=form, venue=venue)


@blueprint.route("/rooms/<int:room_id>/edit", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
@transaction
def edit_room(room_id: int) -> ResponseReturnValue:
    """A form for a room's facts."""
    room = queries.room_in(current_scope(), room_id)
    form = editing(
        room, lambda: EditRoomForm.showing(room, features=[feature.code for feature in room.features])
    )
    form.features.choices = feature_choices()
    if form.validate_on_submit() and form.apply(lambda: operations.edit_room(room, **form.values())):
        return redirect_saved(url_for("venues.room", room_id=room.id))
    return render_template("venues/edit_room.html", form=form, room=room)


@blueprint.route("/rooms/<int:room_id>/hours", methods=["GET", "POST"])
@requires(Role.COORDINATOR, Role.VENUE_MANAGER)
@transaction
def hours(room_id: int) -> ResponseReturnValue:
    """A form for a room's opening hours and closed dates; a room without hours is offered those of a room beside it."""
    room = queries.room_in(current_scope(), room_id)
    model = room if room.windows else queries.room_with_hours(room.venue)
    form = editing(room, lambda: HoursForm.of(room, model))
    if form.validate_on_submit():
        operations.set_hours(room, **form.values())
        return redirect_with(_("The hours are saved."), url_for("venues.room", room_id=room.id))
    return render_template("venues/hours.html", form=form, room=room, model=model)


@blueprint.post("/rooms/<int:room_id>/archive")
@requires(Role.COORDINATOR)
@transaction
def archive_room(room_id: int) -> ResponseReturnValue:
    """Archive a room, or with ``restore`` bring it back."""
    room = queries.room_in(current_scope(), room_id)
    return archive_or_restore(room, room.name, url_for("venues.show", venue_id=room.venue_id), uses=uses_of(room))


@blueprint.route("/features", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
@transaction
def features() -> ResponseReturnValue:
    """Everything rooms can have, and a form to add to it."""
    form = FeatureForm()
    if form.validate_on_submit() and (feature := form.apply(lambda: operations.create_feature(**form.values()))):
        return redirect_with(_("Rooms can have “%(name)s” now.", name=feature.name_zh), url_for("venues.features"))
    return render_template("venues/features.html", form=form, features=queries.features())


@blueprint.route("/features/<code>", methods=["GET", "POST"])
@requires(Role.ADMINISTRATOR)
@transaction
def edit_feature(code: str) -> ResponseReturnValue:
    """Other words for something that rooms can have."""
    feature = db.get_or_404(Feature, code)
    form = editing(feature, lambda: FeatureForm.showing(feature))
    if form.validate_on_submit() and form.apply(lambda: operations.rename_feature(feature, **form.values())):
        return redirect_saved(url_for("venues.features"))
    return render_template("venues/edit_feature.html", form=form, feature=feature)
