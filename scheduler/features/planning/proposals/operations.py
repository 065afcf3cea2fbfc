"""Has sections proposed course after course, and opens those that the coordinator accepts."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import delete, func, select

from scheduler.audit.changesets import ChangeLog, forget_orphans, undo
from scheduler.audit.states.registers import PINS, PROPOSALS, SECTIONS
from scheduler.core.database import now
from scheduler.core.errors import DomainError
from scheduler.core.extensions import db
from scheduler.domain.section_opening import open_section, still_wanting
from scheduler.engine.analysis.section_proposals import ProposedClass, propose_sections
from scheduler.features.planning.proposals import queries
from scheduler.models import (
    ChangeSet,
    ChangeSetKind,
    Community,
    Proposal,
    ProposalRun,
    ProposalState,
    ProposedCourse,
    ProposedLearners,
    Section,
    Term,
    Unit,
)
from scheduler.web.access import Scope

KEPT = timedelta(days=30)
AS_OPENED = ("archived", "learners", *PINS)
"""Parts of a section in which it has to be as it was opened, so that it is closed again."""
Enough = Callable[[], bool]


def start(
    scope: Scope, term: Term, user_id: int, course_id: int | None, most_sections: int | None, most_yuan: int | None
) -> ProposalRun:
    """Note which courses are to be solved, the most wanted first; what lies around from long ago goes."""
    waiting = queries.waiting_by_course(scope, term, course_id)
    if not waiting:
        raise DomainError(
            _("Nobody waits for a section here: all demand is met, or none is entered. Nothing was changed."), "course"
        )
    db.session.execute(delete(ProposalRun).where(ProposalRun.at < now() - KEPT))
    forget_orphans(ProposalRun)
    run = ProposalRun(term=term, user_id=user_id, most_sections=most_sections, most_yuan=most_yuan)
    ordered = sorted(waiting.items(), key=lambda entry: (-entry[1], entry[0]))
    run.courses = [
        ProposedCourse(course_id=course, position=position, people=people)
        for position, (course, people) in enumerate(ordered)
    ]
    db.session.add(run)
    db.session.flush()
    return run


def go_on(run: ProposalRun, scope: Scope, enough: Enough) -> None:
    """Solve the next course, and others after it until it is enough."""
    while not run.stopped and (asked := queries.next_course(run)) is not None:
        _solve(asked, scope)
        if enough():
            return


def _solve(asked: ProposedCourse, scope: Scope) -> None:
    run = asked.run
    wanting = still_wanting(scope, run.term, asked.course)
    sections, yuan = _left(run)
    proposal = propose_sections(run.term, asked.course, wanting, sections, yuan)
    asked.people = sum(wanting.values())
    asked.proposals = [_proposal(some) for some in proposal.classes]
    asked.left_out = [[community.id, people, why] for community, people, why in proposal.left_out]
    asked.solved, asked.proven, asked.venues = True, proposal.proven, proposal.venues
    db.session.flush()


def _left(run: ProposalRun) -> tuple[int | None, int | None]:
    """How many sections and yuan the courses solved so far have left."""
    used, spent = db.session.execute(
        select(func.count(Proposal.id), func.coalesce(func.sum(Proposal.price), 0))
        .join(Proposal.asked)
        .where(ProposedCourse.run_id == run.id)
    ).one()
    return (
        None if run.most_sections is None else max(0, run.most_sections - used),
        None if run.most_yuan is None else max(0, run.most_yuan - int(spent)),
    )


def _proposal(some: ProposedClass) -> Proposal:
    """The unit from which most learners come opens it."""
    by_unit: Counter[int] = Counter()
    for community, people in some.learners.items():
        by_unit[community.unit_id] += people
    unit_id = max(by_unit, key=lambda key: (by_unit[key], -key))
    return Proposal(
        unit_id=unit_id,
        venue=some.venue,
        gathering=some.gathering,
        price=some.yuan,
        learners=[ProposedLearners(community=community, people=people) for community, people in some.learners.items()],
    )


def stop(run: ProposalRun) -> None:
    """Leave the courses that wait unsolved; what is proposed stays."""
    run.stopped = True
    db.session.flush()


def edit(proposal: Proposal, name: str, unit: Unit, learners: Mapping[int, int]) -> Proposal:
    """Another name, another unit, other learners by community id."""
    _refuse_accepted(proposal)
    entries = {entry.community_id: entry for entry in proposal.learners}
    proposal.edited = proposal.edited or {key: entry.people for key, entry in entries.items()} != learners
    proposal.name, proposal.unit = name, unit
    for community_id, people in learners.items():
        if community_id in entries:
            entries[community_id].people = people
        else:
            proposal.learners.append(ProposedLearners(community_id=community_id, people=people))
    for community_id, entry in entries.items():
        if community_id not in learners:
            proposal.learners.remove(entry)
    db.session.flush()
    return proposal


def leave_out(proposal: Proposal, left_out: bool) -> None:
    """Do not open it, or think better of that."""
    _refuse_accepted(proposal)
    proposal.state = ProposalState.LEFT_OUT if left_out else ProposalState.OPEN
    db.session.flush()


def _refuse_accepted(proposal: Proposal) -> None:
    if proposal.state is ProposalState.ACCEPTED:
        raise DomainError(_("This section is open already. Change it in the list of sections."))


def accept(run: ProposalRun, scope: Scope, chosen: Sequence[Proposal]) -> ChangeSet:
    """Open the chosen sections together; all of them or none."""
    if not chosen:
        raise DomainError(_("Choose at least one section that is proposed."))
    _refuse_outdated(run, scope, chosen)
    log = ChangeLog(ChangeSetKind.SECTIONS_OPENED, run, run.term_id)
    for proposal in chosen:
        learners = {entry.community: entry.people for entry in proposal.learners}
        section = open_section(run.term, proposal.asked.course, proposal.unit, proposal.name, learners)
        log.making(section, AS_OPENED, section.name)
        log.changing(proposal, title=section.name)
        proposal.section, proposal.state = section, ProposalState.ACCEPTED
    return log.close()


def _refuse_outdated(run: ProposalRun, scope: Scope, chosen: Sequence[Proposal]) -> None:
    """Demand that was met or withdrawn since must not be met twice; who edits a proposal answers for that."""
    for asked in dict.fromkeys(proposal.asked for proposal in chosen):
        proposed_people: Counter[Community] = Counter()
        for proposal in chosen:
            if proposal.asked is asked and not proposal.edited:
                proposed_people.update({entry.community: entry.people for entry in proposal.learners})
        waiting = still_wanting(scope, run.term, asked.course)
        over = [community.name for community, people in proposed_people.items() if people > waiting.get(community, 0)]
        if over:
            raise DomainError(
                _(
                    "The demand of %(names)s for “%(course)s” was met or changed since. Propose the sections anew; "
                    "nothing was opened.",
                    names=_(", ").join(over[:3]) + (" …" if len(over) > 3 else ""),
                    course=asked.course.title_zh,
                )
            )


def take_back(change_set: ChangeSet) -> int:
    """Close the sections that were opened together, as a whole; DomainError where one was changed or is used by now."""
    result = undo(change_set, whole=True)
    if result.blocked:
        entry = result.blocked[-1].entry
        section = db.session.get(Section, int(entry.row)) if entry.register == SECTIONS.name else None
        raise DomainError(_in_use(section.name if section else entry.title))
    return sum(entry.register == PROPOSALS.name for entry in result.restored)


def _in_use(name: str) -> str:
    return _(
        "“%(name)s” was changed since or stands in a plan, so this cannot be undone as a whole. Nothing was changed.",
        name=name,
    )
