"""Sections where people ask for courses: for learners of neighbouring communities. All assumed."""

from collections import Counter
from dataclasses import dataclass
from math import ceil
from random import Random

from scheduler.demonstration.catalogue import Catalogue, CourseAssumption
from scheduler.demonstration.network import Network, Town
from scheduler.demonstration.surroundings import Surroundings
from scheduler.demonstration.tables import dice
from scheduler.models import Community, Course, Section, SectionLearners, TargetGroup, Term

BEGINS_IN_WEEK_ONE = 0.7  # the share of sections that may begin in the first week


@dataclass(frozen=True)
class Opening:
    """What is asked for in a town: a course, by how many people, and the largest class for whom a room is near."""

    offer: CourseAssumption
    town: Town
    people: float

    @property
    def course(self) -> Course:
        """The course asked for."""
        return self.offer.course

    @property
    def reach_metres(self) -> int:
        """How far its learners go."""
        return self.offer.reach_urban if self.town.urban else self.offer.reach_rural


def openings(network: Network, catalogue: Catalogue) -> list[Opening]:
    """What is asked for, town by town and course by course."""
    return [
        Opening(offer, town, _group_people(network, town, offer) * float(offer.per_thousand) / 1000)
        for town in network.towns for offer in catalogue.offers
    ]


def build_sections(term: Term, asked: list[Opening], surroundings: Surroundings) -> list[Section]:
    """Sections for what is asked for as new rows; none where no room is near."""
    random = dice("sections")
    sections: list[Section] = []
    for opening in asked:
        mean_size = (opening.course.minimum_size + opening.course.maximum_size) / 2
        count = int(opening.people / mean_size + random.random())
        classes = [_learners(random, opening, surroundings) for _ in range(count)]
        usable = [some for some in classes if surroundings.has_room(opening.course, some, opening.reach_metres)]
        sections += [_section(random, term, opening, number, some) for number, some in enumerate(usable, 1)]
    return sections


def _group_people(network: Network, town: Town, offer: CourseAssumption) -> float:
    """People of the course's target group who live in the town."""
    if offer.course.target_group is TargetGroup.FARMER and town.urban:
        return 0
    share = offer.share_of_people
    return town.people * (getattr(network.district.census, share) if share.startswith("share") else float(share))


def _learners(random: Random, opening: Opening, surroundings: Surroundings) -> Counter[Community]:
    near = surroundings.nearest(opening.town, random.choice(opening.town.communities), random.randint(1, 4))
    seats = random.randint(opening.course.minimum_size, opening.course.maximum_size)
    return Counter(random.choices(near, [community.population for community in near], k=seats))


def _section(random: Random, term: Term, opening: Opening, number: int, learners: Counter[Community]) -> Section:
    earliest, latest = _first_weeks(random, term, opening.course)
    return Section(
        term=term, course=opening.course, unit=opening.town.unit, earliest_week=earliest, latest_week=latest,
        name=f"{opening.town.unit.name}·{opening.course.title_zh} {number} 班", priority=opening.offer.priority,
        reach_metres=opening.reach_metres, assumed=True,
        learners=[
            SectionLearners(community=community, people=people)
            for community, people in sorted(learners.items(), key=lambda entry: entry[0].code)
        ],
    )


def _first_weeks(random: Random, term: Term, course: Course) -> tuple[int, int]:
    """Weeks in which it may begin, so that days off still leave room for the last session."""
    length = (ceil(course.sessions / course.per_week) - 1) * course.every_weeks + 1
    last = max(1, term.weeks - 1 - length)
    latest = min(last, random.choice((1, 1, 2, 3) if length > term.weeks // 2 else (2, 4, 8)))
    earliest = 1 if latest <= 3 or random.random() < BEGINS_IN_WEEK_ONE else latest
    return earliest, latest
