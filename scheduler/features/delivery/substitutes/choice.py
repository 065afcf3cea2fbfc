"""Who could stand in for a session, and for how many of the section's other open sessions they could, too."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.domain.teacher_answers import with_account
from scheduler.engine.analysis.ranking import Candidate, TeacherObstacle, obstacle_of, ranked, why_not
from scheduler.engine.analysis.substitutes import for_session
from scheduler.models import Cover, CoverStatus


@dataclass(frozen=True)
class SubstituteChoice:
    """Candidates for a session, the best first; ``dates`` says by teacher for how many of ``together`` they fit.

    ``doubt`` says why somebody who is set already no longer fits.
    """

    candidates: list[Candidate]
    why_not: list[TeacherObstacle]
    together: list[Cover]
    dates: Counter[int]
    accounts: set[int]
    doubt: str = ""


def choice_for(cover: Cover, together: Sequence[Cover]) -> SubstituteChoice:
    """Judge every teacher of the subject for an open session; for a settled one only who stands in."""
    engaged = {substitution.teacher_id for substitution in cover.substitutions}
    if cover.status is not CoverStatus.OPEN:
        return SubstituteChoice([], [], [], Counter(), with_account(engaged), _doubt(cover))
    judged = {session.id: for_session(session) for session in (cover, *together)}
    dates = Counter(fit.teacher.id for session in together for fit in judged[session.id].fits if fit.fits)
    candidates = ranked(judged[cover.id], cover.section)
    accounts = with_account(engaged | {candidate.fit.teacher.id for candidate in candidates})
    return SubstituteChoice(candidates, why_not(judged[cover.id]), list(together), dates, accounts)


def _doubt(cover: Cover) -> str:
    """Why the substitute no longer fits, "" where they do."""
    if cover.standing is None:
        return ""
    return obstacle_of(for_session(cover).obstacles_of(cover.standing.teacher_id) or ())
