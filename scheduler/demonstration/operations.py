"""Builds the demonstration in an empty database."""

from sqlalchemy import select

from scheduler.core.extensions import db
from scheduler.demonstration.accounts import build_accounts
from scheduler.demonstration.activities import build_activities
from scheduler.demonstration.catalogue import build_catalogue
from scheduler.demonstration.demand import build_budgets, build_demand, build_shared
from scheduler.demonstration.invitations import invite
from scheduler.demonstration.network import build_network
from scheduler.demonstration.sections import build_sections, openings
from scheduler.demonstration.surroundings import Surroundings
from scheduler.demonstration.teachers import build_teachers
from scheduler.demonstration.term import FIRST_DAY, build_term
from scheduler.demonstration.venues import build_venues
from scheduler.models import Installation, Term, Unit, User


def is_empty() -> bool:
    """Whether nobody has used this database yet: it has neither a unit nor a user."""
    return db.session.scalar(select(Unit.id).limit(1)) is None and db.session.scalar(select(User.id).limit(1)) is None


def load() -> Term:
    """Add the whole demonstration to an empty database, and return its term, which is not planned yet.

    The same rows come out on every machine. Nothing is committed.
    """
    network, catalogue = build_network(), build_catalogue()
    venues = build_venues(network, catalogue, FIRST_DAY)
    term = build_term(network.district)
    asked, surroundings = openings(network, catalogue), Surroundings(network, venues)
    sections = build_sections(term, asked, surroundings)
    invite(sections, venues, surroundings)
    term.budgets = build_budgets(sections)
    teachers = build_teachers(network, term, sections)
    communities = [community for town in network.towns for community in town.communities]
    subjects, features = catalogue.subjects.values(), catalogue.features.values()
    db.session.add_all([*subjects, *features, *communities, *venues, *teachers, term, *sections])
    db.session.add_all(build_demand(term, asked, sections))
    db.session.flush()
    db.session.add_all(build_shared(sections))
    build_activities(network, term)
    build_accounts(network, venues, teachers)
    db.session.add(Installation(demonstration=True))
    db.session.flush()
    return term
