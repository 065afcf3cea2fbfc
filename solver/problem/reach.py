"""Which communities a section reaches at a venue: the one definition that costs, rules, search and analysis read."""

from solver.problem.term import Community, Section, Term, Venue, distance


def reaches(section: Section, community: Community, venue: Venue) -> bool:
    """Whether learners of a community come to a venue: it lies within the section's ``max_metres``."""
    return distance(community, venue) <= section.max_metres


def reached_communities(term: Term, section: Section, venue: Venue) -> tuple[str, ...]:
    """The communities of a section's learners within its reach of a venue, in the order of the section."""
    return tuple(name for name in section.learners if reaches(section, term.community[name], venue))


def reached_learners(term: Term, section: Section, venue: Venue) -> int:
    """How many of a section's learners live within its reach of a venue."""
    return sum(section.learners[name] for name in reached_communities(term, section, venue))
