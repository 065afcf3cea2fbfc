"""Public pages: courses near the visitor, one course, and where the visitor is."""

from collections.abc import Mapping

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from scheduler.calendar.occurrences import days_off_of
from scheduler.core.clock import today
from scheduler.core.extensions import db, limiter
from scheduler.core.transaction import transaction
from scheduler.domain.activity_links import public_event_of
from scheduler.domain.cover_notices import public_notice, short_notice
from scheduler.domain.covers import Moment, covers_of
from scheduler.features.residents.portal import near, offers, operations, posters, venue_map, wishes
from scheduler.features.residents.portal.filters import DISTANCES, PortalFilters, ResultOrder, TimeOfDay
from scheduler.features.residents.portal.search import find, soon
from scheduler.features.residents.portal.structured import course_data
from scheduler.maps.geography import Point
from scheduler.models import Category, Community, Course, Cover, TargetGroup, Unit, Venue
from scheduler.web.access import public
from scheduler.web.flash import flash_with_undo
from scheduler.web.forms import BaseForm
from scheduler.web.i18n import in_asked_language
from scheduler.web.pagination import Page, requested_page
from scheduler.web.pdf import pdf_response
from scheduler.web.redirects import own_address

blueprint = Blueprint("portal", __name__)
PER_PAGE = 20
POSTERS_ALLOWED = "20 per minute; 200 per hour"
POSTER_SECONDS = 900
CHIPS = (TargetGroup.ELDERLY, TargetGroup.FAMILY, TargetGroup.YOUTH, TargetGroup.WORKER, TargetGroup.FARMER)


def _asked_community() -> Community | None:
    """The community named in the address (a link that was sent), else the visitor's own."""
    code = request.args.get("near", "")[:40]
    return (near.community(code) if code else None) or near.chosen()


@blueprint.get("/")
@public
def home() -> str:
    """Search, what is held soon, and all courses that fit."""
    filters, community = PortalFilters.read(request.args), _asked_community()
    results = find(filters, community, today())
    number = min(requested_page(), max(1, -(-len(results.keys) // PER_PAGE)))
    page = Page(results.page(number, PER_PAGE), number, len(results.keys), PER_PAGE)
    next_sessions = [] if filters.any or number > 1 else soon(results)
    return render_template(
        "portal/home.html", filters=filters, community=community, page=page, soon=next_sessions, today=today(),
        results=results, chip_groups=CHIPS, categories=Category, groups=TargetGroup, times=TimeOfDay,
        orders=ResultOrder, distances=DISTANCES,
    )


@blueprint.get("/courses/<int:section_id>")
@public
def section(section_id: int) -> str:
    """One course: when, where, who teaches, for whom, how to keep it in a calendar."""
    community = _asked_community()
    offer = offers.of_section(section_id, community, today())
    if offer is None:
        abort(404)
    covers = covers_of([section_id]).get(section_id, {})
    return render_template(
        "portal/section.html", offer=offer, community=community, today=today(),
        venue_map=venue_map.surroundings(offer, community), wishes=wishes.given(), event=public_event_of(section_id),
        data=course_data(offer, covers), covers=covers, notices=_notices(covers), short_notice=short_notice,
        days_off_of=days_off_of,
        feed=url_for("calendars.course", section_id=section_id, _external=True),
    )


def _notices(covers: Mapping[Moment, Cover]) -> list[str]:
    """What is different on dates to come."""
    return [public_notice(cover) for (day, _start), cover in covers.items() if day >= today()]


@blueprint.get("/near")
@public
def choose() -> str:
    """Choose a community: by search, or street by street."""
    search, street = request.args.get("q", "").strip()[:40], request.args.get("street", "")[:40]
    communities = near.matching(search) if search else near.communities_of(street) if street else []
    return render_template(
        "portal/near.html", search=search, street=street, communities=communities, streets=near.streets(),
        chosen=near.chosen(), following=_following(),
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
    position = Point(request.form.get("latitude", 999.0, float), request.form.get("longitude", 999.0, float))
    community = near.nearest(position) if abs(position.latitude) <= 90 and abs(position.longitude) <= 180 else None
    if community is None:
        flash(_("No community of this network is near you. Choose one from the list."), "info")
        return redirect(url_for("portal.choose"), 303)
    return _back_with(community.code)


def _following() -> str | None:
    """The page that asked where the visitor lives, to which they go on."""
    return own_address(request.values.get("next", "")[:200])


def _back_with(code: str) -> Response:
    response = redirect(_following() or url_for("portal.home"), 303)
    near.remember(response, code)
    return response


@blueprint.get("/wishes")
@public
def wish_list() -> str:
    """All courses of the catalogue; with one tap the visitor says which ones they would like."""
    search, chosen = request.args.get("q", "").strip()[:40], request.args.get("category", type=Category)
    return render_template(
        "portal/wishes.html", search=search, category=chosen, categories=Category, community=near.chosen(),
        courses=wishes.courses(search, chosen), wishes=wishes.given(),
    )


@blueprint.post("/wishes/<int:course_id>")
@public
@limiter.limit("30 per hour; 100 per day")
@transaction
def wish(course_id: int) -> ResponseReturnValue:
    """Count that the visitor would like a course; once for each browser."""
    community, given, course = near.chosen(), wishes.given(), wishes.course(course_id)
    back = _following() or url_for("portal.wish_list")
    if community is None:
        return redirect(url_for("portal.choose", next=back), 303)
    if course_id not in given and (counted := _count(course, community, len(given))):
        given[course_id] = counted
        undo = url_for("portal.unwish", course_id=course_id, next=back)
        flash_with_undo(_("You are on the interest list of %(place)s. We keep no name.", place=community.name), undo)
    response = redirect(back, 303)
    wishes.remember(response, given)
    return response


def _count(course: Course, community: Community, wished: int) -> wishes.Wish | None:
    form = BaseForm()
    if wished >= wishes.MAX_WISHES:
        flash(_("You have wished for %(most)s courses. Take one back first.", most=wishes.MAX_WISHES), "info")
        return None
    counted = form.apply(lambda: operations.count_wish(course, community))
    if counted is None:
        flash(" ".join(map(str, form.form_errors)), "info")
    return counted


@blueprint.post("/wishes/<int:course_id>/back")
@public
@limiter.limit("30 per hour; 100 per day")
@transaction
def unwish(course_id: int) -> ResponseReturnValue:
    """Take a wish back."""
    given = wishes.given()
    if (wished := given.pop(course_id, None)) is not None:
        operations.uncount_wish(wished)
        flash(_("Your wish is taken back."), "success")
    response = redirect(_following() or url_for("portal.wish_list"), 303)
    wishes.remember(response, given)
    return response


def _printed(poster: posters.Poster, name: str) -> Response:
    """The poster; where its address names the language, anybody may keep it for a while."""
    response = pdf_response("poster.typ", poster, name)
    if "lang" in request.args:
        response.headers["Cache-Control"] = f"public, max-age={POSTER_SECONDS}"
    return response


@blueprint.get("/posters/community/<int:community_id>.pdf")
@public
@limiter.limit(POSTERS_ALLOWED)
@in_asked_language
def community_poster(community_id: int) -> Response:
    """A poster on A3 of what is held near a community."""
    community = db.get_or_404(Community, community_id)
    return _printed(posters.near_community(community, today()), f"poster-community-{community.id}")


@blueprint.get("/posters/venue/<int:venue_id>.pdf")
@public
@limiter.limit(POSTERS_ALLOWED)
@in_asked_language
def venue_poster(venue_id: int) -> Response:
    """A poster on A3 of what is held in a venue."""
    venue = db.get_or_404(Venue, venue_id)
    return _printed(posters.at_venue(venue, today()), f"poster-venue-{venue.id}")


@blueprint.get("/posters/unit/<int:unit_id>.pdf")
@public
@limiter.limit(POSTERS_ALLOWED)
@in_asked_language
def unit_poster(unit_id: int) -> Response:
    """A poster on A3 of what is held in the venues of a unit."""
    unit = db.get_or_404(Unit, unit_id)
    return _printed(posters.in_unit(unit, today()), f"poster-venue-{unit.id}")
