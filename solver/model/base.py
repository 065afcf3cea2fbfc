"""What every hard rule and every part of the cost offers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from solver.model.timetable import Placed
from solver.problem.plan import Meeting
from solver.problem.term import Room, Section, Teacher, Term, Weights
from solver.problem.violation import Violation

if TYPE_CHECKING:
    from solver.model.assignment_model import AssignmentModel
    from solver.model.domain import SectionDomain
    from solver.model.expression import Expression

Subject = TypeVar("Subject")


class Rule(ABC, Generic[Subject]):
    """A hard rule, said twice: for the model by ``narrow`` and ``post``, for a finished plan by ``check``.

    A rule that concerns one section alone narrows the domain of the section, so that the model never sees what it
    forbids; a rule between sections posts constraints in the model.
    """

    code: ClassVar[str]
    """The code of the rule's violations."""
    about: ClassVar[type]
    """The class of the subjects that ``check`` looks at, one of those in ``solver.model.timetable``."""

    def narrow(self, domain: SectionDomain) -> None:
        """Take from the domain of one section what this rule forbids whatever the other sections do."""

    def post(self, model: AssignmentModel) -> None:
        """Post the constraints between sections."""

    @abstractmethod
    def check(self, subject: Subject) -> Iterator[Violation]:
        """The violations of one subject of a finished plan."""


class CostPart(ABC, Generic[Subject]):
    """A part of the cost, said twice: as an expression over the model and as amounts of a finished plan."""

    name: ClassVar[str]
    """The key of the part in the document's weights and in reports."""
    about: ClassVar[type]
    """The class of the subjects that ``amounts`` looks at."""

    def weight(self, weights: Weights) -> int:
        """What one piece weighs in a term."""
        weight: int = getattr(weights, self.name)
        return weight

    @abstractmethod
    def express(self, model: AssignmentModel) -> Expression:
        """The unweighted amount of the sections that are free in the model."""

    @abstractmethod
    def amounts(self, subject: Subject) -> Iterator[int]:
        """The unweighted amounts of one subject of a finished plan."""


class RoomCost(CostPart[Placed]):
    """A part that depends on a section and its room alone."""

    about = Placed

    @abstractmethod
    def of_room(self, term: Term, section: Section, room: Room) -> int:
        """The unweighted amount of holding a section in a room."""

    def express(self, model: AssignmentModel) -> Expression:
        """The amount of each option, where it is taken."""
        return model.total((option, self.of_room(model.term, option.section, option.room)) for option in model.options)


class PairCost(CostPart[Placed]):
    """A part that depends on a section, its room and its teacher alone."""

    about = Placed

    @abstractmethod
    def of_pair(self, term: Term, section: Section, room: Room, teacher: Teacher) -> int:
        """The unweighted amount of holding a section in a room with a teacher."""

    def express(self, model: AssignmentModel) -> Expression:
        """The amount of each option, where it is taken."""
        return model.total(
            (option, self.of_pair(model.term, option.section, option.room, option.teacher)) for option in model.options
        )


class SeriesCost(CostPart[Any]):
    """A part that depends on a section and its hours alone."""

    @abstractmethod
    def of_series(self, term: Term, section: Section, week: int, meetings: Sequence[Meeting]) -> int:
        """The unweighted amount of holding a section at these hours."""

    def express(self, model: AssignmentModel) -> Expression:
        """The amount of each option, where it is taken."""
        return model.total(
            (option, self.of_series(model.term, option.section, option.series.week, option.series.meetings))
            for option in model.options
        )
