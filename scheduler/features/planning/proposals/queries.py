"""Reads proposed sections: the user's newest run of a term, course by course."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, union_all
from sqlalchemy.orm import joinedload, selectinload

from scheduler.audit.changesets import done_to, in_effect
from scheduler.audit.states.registers import PROPOSALS
from scheduler.core.extensions import db
from scheduler.domain.term_scope import inside
from scheduler.maps.geography import street_metres
from scheduler.models import (
    ChangeEntry,
    ChangeSet,
    Community,
    Course,
    Demand,
    Proposal,
    ProposalRun,
    ProposalState,
    ProposedCourse,
    ProposedLearners,
    Section,
    SectionLearners,
    Term,
    Unit,
)
from scheduler.web.access import Scope


@dataclass(frozen=True)
class ProposalProgress:
    """How many courses of a run are solved."""

    solved: int
    total: int

    @property
    def percent(self) -> int:
        """How much is done."""
        return 100 * self.solved // max(1, self.total)


@dataclass(frozen=True)
class CourseOutcome:
    """A course of a run in numbers. ``metres`` is the mean way of those in sections that are proposed or accepted."""

    asked: ProposedCourse
    proposed: int
    accepted: int
    learners: int
    metres: float | None

    @property
    def left_out(self) -> int:
        """People without a section."""
        return sum(int(str(people)) for _community, people, _why in self.asked.left_out)


@dataclass(frozen=True)
class Ways:
    """How far the learners of a section have to its gathering place, in metres."""

    mean: float
    farthest: int


@dataclass(frozen=True)
class Unserved:
    """People of a community without a section, and the code of the reason."""

    community: Community
    people: int
    why: str


def newest_run(user_id: int, term: Term) -> ProposalRun | None:
    """What the user had proposed last."""
    statement = select(ProposalRun).where(ProposalRun.term_id == term.id, ProposalRun.user_id == user_id)
    return db.session.scalars(statement.order_by(ProposalRun.id.desc()).limit(1)).first()


def run_of(user_id: int, term: Term) -> ProposalRun:
    """The same, or 404 when nothing was proposed."""
    return db.one_or_404(
        select(ProposalRun)
        .where(ProposalRun.term_id == term.id, ProposalRun.user_id == user_id)
        .order_by(ProposalRun.id.desc())
        .limit(1)
    )


def run_by(user_id: int, term: Term, run_id: int) -> ProposalRun:
    """A run of the user's own, or 404."""
    return db.one_or_404(
        select(ProposalRun).where(
            ProposalRun.id == run_id, ProposalRun.term_id == term.id, ProposalRun.user_id == user_id
        )
    )


def progress(run: ProposalRun) -> ProposalProgress:
    """How far the run has come."""
    counted = select(func.count()).select_from(ProposedCourse).where(ProposedCourse.run_id == run.id)
    return ProposalProgress(
        db.session.scalar(counted.where(ProposedCourse.solved)) or 0, db.session.scalar(counted) or 0
    )


def next_course(run: ProposalRun) -> ProposedCourse | None:
    """The course to be solved next, the most wanted first; locked, so that two requests do not solve it twice."""
    waiting = select(ProposedCourse).where(ProposedCourse.run_id == run.id, ~ProposedCourse.solved)
    return db.session.scalars(waiting.order_by(ProposedCourse.position).limit(1).with_for_update()).first()


def waiting_by_course(scope: Scope, term: Term, course_id: int | None) -> dict[int, int]:
    """People without a section by course id, for one course or all, counted in the scope's communities.

    Those who want a course and, below zero, those who have a section are summed together by course and community:
    PostgreSQL does this in two thirds of the time that it takes to join the two sums.
    """
    demand = select(Demand.course_id, Demand.community_id, Demand.people).where(Demand.term_id == term.id)
    served = (
        select(Section.course_id, SectionLearners.community_id, -SectionLearners.people)
        .join(SectionLearners.section)
        .where(Section.term_id == term.id, Section.archived_at.is_(None))
    )
    if course_id is not None:
        demand, served = demand.where(Demand.course_id == course_id), served.where(Section.course_id == course_id)
    course, community, people = union_all(demand, served).subquery().columns
    left = (
        select(course.label("course"), community.label("community"), func.sum(people).label("people"))
        .group_by(course, community)
        .having(func.sum(people) > 0)
        .subquery()
    )
    counted = select(Community.id).join(Community.unit).where(Community.archived_at.is_(None), scope.units())
    waiting = (
        select(left.c.course, func.sum(left.c.people))
        .where(left.c.course.in_(select(Course.id).where(Course.archived_at.is_(None))))
        .where(left.c.community.in_(counted))
        .group_by(left.c.course)
    )
    return {course_id: int(number) for course_id, number in db.session.execute(waiting)}


def outcomes(run: ProposalRun) -> list[CourseOutcome]:
    """The courses of the run in their order."""
    courses = db.session.scalars(
        select(ProposedCourse)
        .where(ProposedCourse.run_id == run.id)
        .order_by(ProposedCourse.position)
        .options(
            joinedload(ProposedCourse.course).joinedload(Course.subject),
            *(selectinload(ProposedCourse.proposals).options(option) for option in _WHOLE),
        )
    ).all()
    return [_outcome(asked) for asked in courses]


_WHOLE = (
    joinedload(Proposal.venue),
    joinedload(Proposal.gathering),
    joinedload(Proposal.unit),
    joinedload(Proposal.section),
    selectinload(Proposal.learners).joinedload(ProposedLearners.community).joinedload(Community.unit),
)


def _outcome(asked: ProposedCourse) -> CourseOutcome:
    counted = [proposal for proposal in asked.proposals if proposal.state is not ProposalState.LEFT_OUT]
    learners = sum(proposal.size for proposal in counted)
    walked = sum(ways_of(proposal).mean * proposal.size for proposal in counted)
    accepted = sum(proposal.state is ProposalState.ACCEPTED for proposal in counted)
    return CourseOutcome(asked, len(counted) - accepted, accepted, learners, walked / learners if learners else None)


def ways_of(proposal: Proposal) -> Ways:
    """The ways of its learners."""
    assert proposal.place is not None
    ways = [(street_metres(entry.community, proposal.place), entry.people) for entry in proposal.learners]
    people = sum(number for _metres, number in ways)
    return Ways(sum(metres * number for metres, number in ways) / max(1, people), max(metres for metres, _n in ways))


def course_of(run: ProposalRun, course_id: int) -> ProposedCourse:
    """A course of the run with all its proposals, or 404."""
    return db.one_or_404(
        select(ProposedCourse)
        .where(ProposedCourse.run_id == run.id, ProposedCourse.course_id == course_id)
        .options(*(selectinload(ProposedCourse.proposals).options(option) for option in _WHOLE))
    )


def unserved(asked: ProposedCourse) -> list[Unserved]:
    """Who stays without a section of the course, the most people first."""
    ids = [int(str(community)) for community, _people, _why in asked.left_out]
    statement = select(Community).where(Community.id.in_(ids)).options(joinedload(Community.unit))
    communities = {community.id: community for community in db.session.scalars(statement)}
    rows = [
        Unserved(communities[int(str(community))], int(str(people)), str(why))
        for community, people, why in asked.left_out
    ]
    return sorted(rows, key=lambda row: (-row.people, row.community.code))


def proposal_of(run: ProposalRun, proposal_id: int) -> Proposal:
    """A proposal of the run, or 404."""
    return db.one_or_404(
        select(Proposal)
        .join(Proposal.asked)
        .where(Proposal.id == proposal_id, ProposedCourse.run_id == run.id)
        .options(*_WHOLE)
    )


def chosen(run: ProposalRun, ids: Iterable[int], course_ids: Iterable[int]) -> list[Proposal]:
    """Open proposals of the run: those with these ids, and all of these courses; locked, so that none opens twice."""
    return list(db.session.scalars(
        select(Proposal)
        .join(Proposal.asked)
        .where(
            ProposedCourse.run_id == run.id,
            Proposal.state == ProposalState.OPEN,
            Proposal.id.in_(list(ids)) | ProposedCourse.course_id.in_(list(course_ids)),
        )
        .order_by(ProposedCourse.position, Proposal.id)
        .options(*_WHOLE)
        .with_for_update(of=Proposal)
    ))


def opened(run: ProposalRun, change_set_id: int) -> ChangeSet:
    """What was opened together, or 404."""
    return db.one_or_404(done_to(run).where(ChangeSet.id == change_set_id))


def opened_together(run: ProposalRun) -> list[tuple[int, int]]:
    """What was opened together and not taken back: number of the change and how many sections, the latest first."""
    changes = in_effect(run).with_only_columns(ChangeSet.id).order_by(None).subquery()
    statement = (
        select(changes.c.id, func.count())
        .join(ChangeEntry, ChangeEntry.change_set_id == changes.c.id)
        .where(ChangeEntry.register == PROPOSALS.name)
        .group_by(changes.c.id)
        .order_by(changes.c.id.desc())
    )
    return [(number, count) for number, count in db.session.execute(statement)]


def may_come(scope: Scope, term: Term, proposal: Proposal) -> Sequence[Community]:
    """The communities of a proposal's course within reach of its place that want the course, and its own."""
    assert proposal.place is not None
    own = {entry.community_id for entry in proposal.learners}
    wanting = db.session.scalars(
        select(Community)
        .join(Community.unit)
        .where(inside(scope, term), Community.archived_at.is_(None))
        .where(
            Community.id.in_(own)
            | Community.id.in_(
                select(Demand.community_id).where(
                    Demand.term_id == term.id, Demand.course_id == proposal.asked.course_id
                )
            )
        )
        .order_by(Unit.path, Community.code)
    )
    reach = proposal.asked.course.reach_metres
    return [each for each in wanting if each.id in own or street_metres(each, proposal.place) <= reach]
