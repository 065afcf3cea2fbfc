"""Some classes take place where they are invited to: in the library, the culture hall … All assumed."""

from collections import Counter

from scheduler.demonstration.surroundings import Surroundings
from scheduler.demonstration.tables import dice, rows
from scheduler.models import Section, Venue

ACCEPTED = 0.6  # of the invitations that suit the learners


def invite(sections: list[Section], venues: list[Venue], surroundings: Surroundings) -> None:
    """Let venues of the whole district be the only ones allowed for some sections of the subjects they invite to."""
    random = dice("invitations")
    inviting = {row["name"]: row["invites"].split() for row in rows("venues") if row["invites"]}
    hosts = {code: venue for venue in venues for code in inviting.get(venue.name, ())}
    for section in sections:
        host = hosts.get(section.course.subject.code)
        learners = Counter({entry.community: entry.people for entry in section.learners})
        suits = host and surroundings.has_room(section.course, learners, section.reach_metres, host)
        if host and suits and random.random() < ACCEPTED:
            section.allowed_venues = [host]
