"""Asking several teachers at once: for every session without a teacher whoever fits best, and is still free then."""

from collections.abc import Callable
from dataclasses import dataclass, field

from scheduler.domain.teacher_answers import with_account
from scheduler.engine.analysis.ranking import Candidate, ranked
from scheduler.engine.analysis.substitutes import for_session
from scheduler.features.delivery.substitutes import operations
from scheduler.features.delivery.substitutes.queries import teacher_of
from scheduler.models import Cover, Substitution, Teacher
from scheduler.web.forms import BaseForm


@dataclass(frozen=True)
class OpenSession:
    """A session without a teacher, who fits, the best first, and who is proposed: the best who is not busy then."""

    cover: Cover
    candidates: list[Candidate]
    proposed: int | None


@dataclass
class Asked:
    """Who is asked, and the sessions for which that could not be done, with why."""

    substitutions: list[Substitution] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    @property
    def without_account(self) -> list[Teacher]:
        """Those who have to be called."""
        teachers = {asked.teacher_id: asked.teacher for asked in self.substitutions}
        accounts = with_account(set(teachers))
        return [teacher for teacher_id, teacher in teachers.items() if teacher_id not in accounts]


def open_sessions(covers: list[Cover]) -> list[OpenSession]:
    """Each session with its candidates; nobody is proposed for two that overlap."""
    sessions, taken = [], list[tuple[int, Cover]]()
    for cover in covers:
        candidates = ranked(for_session(cover), cover.section)
        proposed = next(
            (candidate.fit.teacher.id for candidate in candidates if _is_free(candidate.fit.teacher.id, cover, taken)),
            None,
        )
        if proposed is not None:
            taken.append((proposed, cover))
        sessions.append(OpenSession(cover, candidates, proposed))
    return sessions


def _is_free(teacher_id: int, cover: Cover, taken: list[tuple[int, Cover]]) -> bool:
    return not any(
        teacher_id == other_id and cover.date == other.date
        and cover.start_minute < other.end_minute and other.start_minute < cover.end_minute
        for other_id, other in taken
    )


def ask_several(covers: list[Cover], chosen: Callable[[Cover], int | None], user_id: int) -> Asked:
    """Ask whoever is chosen for each session; where one does not fit any more the others are asked all the same."""
    asked = Asked()
    for cover in covers:
        teacher_id = chosen(cover)
        if teacher_id is None:
            continue
        form = BaseForm()
        done = form.apply(lambda: operations.set_substitute([cover], teacher_of(teacher_id), user_id))  # noqa: B023
        asked.substitutions += done or []
        asked.refused += map(str, form.form_errors)
    return asked
