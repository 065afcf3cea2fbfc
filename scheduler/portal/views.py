"""Public pages: courses near the visitor, one course, and where the visitor is."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from scheduler.access import public
from scheduler.geography import Point
from scheduler.models import Category, Community, TargetGroup
from scheduler.pagination import Page, requested_page
from scheduler.portal import near, offers, pictures
from scheduler.portal.filters import DISTANCES, Filters, Order, TimeOfDay
from scheduler.portal.finding import find, soon
from scheduler.portal.structured import course_data
from scheduler.week_grid import today

blueprint = Blueprint("portal", __name__)
PER_PAGE = 20
CHIPS = (TargetGroup.ELDERLY, TargetGroup.FAMILY, TargetGroup.YOUTH, TargetGroup.WORKER, TargetGroup.FARMER)


def _asked_community() -> Community | None:
    """The community named in the address (a link that was sent), else the visitor's own."""
    code = request.args.get("near", "")[:40]
    return (near.community(code) if code else None) or near.chosen()


@blueprint.get("/")
@public
def home() -> str:
    """Search, what is held soon, and all courses that fit."""
    filters, here = Filters.read(request.args), _asked_community()
    found = find(filters, here, today(), needed=requested_page() * PER_PAGE)
    number = min(requested_page(), max(1, -(-len(found.keys) // PER_PAGE)))
    page = Page(found.page(number, PER_PAGE), number, len(found.keys), PER_PAGE)
    next_sessions = [] if filters.any or number > 1 else soon(found)
    return render_template(
        "portal/home.html", filters=filters, here=here, page=page, soon=next_sessions, today=today(), chip_groups=CHIPS,
        categories=Category, groups=TargetGroup, times=TimeOfDay, orders=Order, distances=DISTANCES,
    )


@blueprint.get("/courses/<int:section_id>")
@public
def section(section_id: int) -> str:
    """One course: when, where, who teaches, for whom, how to keep it in a calendar."""
    here = _asked_community()
    offer = offers.of_section(section_id, here, today())
    if offer is None:
        abort(404)
    return render_template(
        "portal/section.html", offer=offer, here=here, today=today(), picture=pictures.surroundings(offer, here),
        data=course_data(offer), feed=url_for("calendars.course", section_id=section_id, _external=True),
    )


@blueprint.get("/near")
@public
def choose() -> str:
    """Choose a community: by search, or street by street."""
    search, street = request.args.get("q", "").strip()[:40], request.args.get("street", "")[:40]
    communities = near.matching(search) if search else near.communities_of(street) if street else []
    return render_template(
        "portal/near.html", search=search, street=street, communities=communities, streets=near.streets(),
        here=near.chosen(),
    )


@blueprint.post("/near")
@public
def remember() -> ResponseReturnValue:
    """Keep the chosen community in the visitor's browser, or forget it."""
    code = request.form.get("code", "")[:40]
    if code and near.community(code) is None:
        abort(404)
    return _back_with(code)


@blueprint.post("/near/position")
@public
def locate() -> ResponseReturnValue:
    """Choose the community nearest to the position that the browser names; the position itself is not kept."""
    here = Point(request.form.get("latitude", 999.0, float), request.form.get("longitude", 999.0, float))
    found = near.nearest(here) if abs(here.latitude) <= 90 and abs(here.longitude) <= 180 else None
    if found is None:
        flash(_("No community of this network is near you. Choose one from the list."), "info")
        return redirect(url_for("portal.choose"), 303)
    return _back_with(found.code)


def _back_with(code: str) -> Response:
    response = redirect(url_for("portal.home"), 303)
    near.remember(response, code)
    return response
