"""Asks the location model which sections of a course to open for those who wait."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import mean

from sqlalchemy import select
from sqlalchemy.orm import selectinload

import solver
from scheduler.core.extensions import db
from scheduler.domain.term_scope import near
from scheduler.maps.geography import Plane, middle
from scheduler.models import Community, Course, CourseWindow, Room, Teacher, Term, Unit, Venue

LEFT_OUT, SECTION, UNFAIR = 3, 10, 1
"""What a person left out, a section, and a person above half of a community left out weigh, each times the reach."""
MAX_SECTIONS = 1000
REASONS = tuple(why.value for why in solver.Why)


@dataclass(frozen=True)
class ProposedClass:
    """A section to be opened: it gathers at a venue, or at a community where none is known."""

    venue: Venue | None
    gathering: Community | None
    learners: dict[Community, int]
    yuan: int

    @property
    def size(self) -> int:
        """Learners of all communities."""
        return sum(self.learners.values())


@dataclass(frozen=True)
class CourseProposal:
    """The sections for a course, and who stays without one: community, people and the reason's code."""

    classes: list[ProposedClass]
    left_out: list[tuple[Community, int, str]]
    proven: bool
    venues: bool


@dataclass(frozen=True)
class _Offer:
    """What a venue has for a course: seats of its largest fitting room, weekly hours for sections, yuan for each."""

    venue: Venue
    seats: int
    sections: int
    yuan: int


def propose_sections(
    term: Term, course: Course, wanting: Mapping[Community, int], most_sections: int | None, most_yuan: int | None
) -> CourseProposal:
    """Sections for the people of these communities; whether hours and teachers are free only a plan can say."""
    if sum(wanting.values()) < course.minimum_size:
        left_out = [(community, people, solver.Why.TOO_FEW.value) for community, people in wanting.items()]
        return CourseProposal([], left_out, proven=True, venues=True)
    places = {f"v{offer.venue.id}": offer for offer in _offers(term, course)}
    communities = {str(community.id): community for community in wanting}
    instance = _instance(term, course, wanting, places, solver.OpeningLimits(most_sections, most_yuan))
    proposal = solver.propose_sections(instance)
    prices = {place.id: place.price for place in instance.places}
    return CourseProposal(
        classes=[
            ProposedClass(
                places[section.place].venue if places else None,
                None if places else communities[section.place],
                {communities[name]: people for name, people in section.taken},
                prices[section.place],
            )
            for section in proposal.sections
        ],
        left_out=[(communities[entry.community], entry.people, entry.why.value) for entry in proposal.left_out],
        proven=proposal.proven,
        venues=bool(places),
    )


def _instance(
    term: Term,
    course: Course,
    wanting: Mapping[Community, int],
    offers: Mapping[str, _Offer],
    limits: solver.OpeningLimits,
) -> solver.LocationProblem:
    """The course as the location model sees it; where no venue is known, people gather in any of the communities."""
    plane = Plane(middle([offer.venue for offer in offers.values()] or list(wanting)))
    yuan = course.sessions * _teacher_fee(term, course)
    communities = tuple(
        solver.WaitingCommunity(str(community.id), *plane.metres(community), people)
        for community, people in wanting.items()
    )
    places = tuple(
        solver.GatheringPlace(name, *plane.metres(offer.venue), offer.seats, offer.sections, offer.yuan + yuan)
        for name, offer in offers.items()
    )
    return solver.LocationProblem(
        communities=communities,
        places=places or tuple(solver.GatheringPlace(each.id, each.x, each.y, price=yuan) for each in communities),
        minimum=course.minimum_size,
        maximum=course.maximum_size,
        reach=course.reach_metres,
        limits=limits,
        weights=_weights(course.reach_metres),
    )


def _weights(reach: int) -> solver.LocationWeights:
    """All is weighed in metres of way, so that courses with long and with short ways are treated alike."""
    return solver.LocationWeights(
        distance=1,
        left_out=LEFT_OUT * reach,
        section=min(SECTION * reach, solver.HEAVIEST),
        unfair=UNFAIR * reach,
    )


def _offers(term: Term, course: Course) -> list[_Offer]:
    """The venues with a room that fits the course and is open in its hours."""
    by_venue: defaultdict[Venue, list[tuple[Room, int]]] = defaultdict(list)
    for room in _rooms(term, course):
        if hours := _sections_a_week(room, course.windows, course):
            by_venue[room.venue].append((room, hours))
    return [
        _Offer(
            venue,
            max(room.capacity for room, _hours in rooms),
            min(MAX_SECTIONS, sum(hours for _room, hours in rooms)),
            course.sessions * min(room.fee for room, _hours in rooms),
        )
        for venue, rooms in by_venue.items()
    ]


def _rooms(term: Term, course: Course) -> Sequence[Room]:
    statement = (
        select(Room)
        .join(Room.venue)
        .join(Unit)
        .where(
            near(term), Venue.archived_at.is_(None), Room.archived_at.is_(None), Room.capacity >= course.minimum_size
        )
        .order_by(Room.venue_id, Room.id)
        .options(selectinload(Room.venue), selectinload(Room.features), selectinload(Room.windows))
    )
    needs = set(course.needs)
    return [room for room in db.session.scalars(statement) if needs <= set(room.features)]


def _sections_a_week(room: Room, windows: Sequence[CourseWindow], course: Course) -> int:
    """How many sections the room could hold in the hours that suit the course, were it used for nothing else."""
    length = course.minutes + room.turnaround_minutes
    meetings = sum(
        max(0, min(window.end_minute, room_window.end_minute) - max(window.start_minute, room_window.start_minute)
            + room.turnaround_minutes) // length
        for window in windows for room_window in room.windows
        if window.weekday == room_window.weekday
    )
    return meetings // course.per_week


def _teacher_fee(term: Term, course: Course) -> int:
    """What teachers of the subject take for a session, on average."""
    fees = db.session.scalars(
        select(Teacher.fee)
        .join(Teacher.unit)
        .where(near(term), Teacher.archived_at.is_(None), Teacher.subjects.any(code=course.subject_code))
    ).all()
    return round(mean(fees)) if fees else 0
