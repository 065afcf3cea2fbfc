"""Sections that the location model proposes for a term, until the coordinator accepts them or proposes anew."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduler.core.database import Base, Name, UtcDateTime, choice, now
from scheduler.models.accounts import User
from scheduler.models.courses import Course
from scheduler.models.network import Community, Unit
from scheduler.models.sections import Section
from scheduler.models.terms import Term
from scheduler.models.venues import Venue


class ProposalState(StrEnum):
    """What the coordinator has said to a proposed section."""

    OPEN = "open"
    LEFT_OUT = "left_out"
    ACCEPTED = "accepted"


class ProposalRun(Base):
    """One time that a user had sections proposed; only their newest of a term is shown.

    ``most_sections`` and ``most_yuan`` limit all courses together; ``stopped`` leaves the rest of the courses waiting.
    """

    __tablename__ = "proposal_runs"
    __table_args__ = (
        CheckConstraint("most_sections BETWEEN 0 AND 100000", name="most_sections"),
        CheckConstraint("most_yuan BETWEEN 0 AND 1000000000", name="most_yuan"),
    )
    __audited__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    term_id: Mapped[int] = mapped_column(ForeignKey("terms.id", ondelete="CASCADE"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    most_sections: Mapped[int | None] = mapped_column(default=None)
    most_yuan: Mapped[int | None] = mapped_column(default=None)
    stopped: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    term: Mapped[Term] = relationship()
    user: Mapped[User] = relationship()
    courses: Mapped[list["ProposedCourse"]] = relationship(
        cascade="all, delete-orphan", order_by="ProposedCourse.position", back_populates="run"
    )


class ProposedCourse(Base):
    """A course of a run: how many people wait, and once it is solved who is left out and why.

    ``left_out`` are [community id, people, reason]. ``venues`` is False where no venue has a room for the course, so
    that communities themselves were taken as gathering places.
    """

    __tablename__ = "proposed_courses"
    __table_args__ = (
        UniqueConstraint("run_id", "course_id"),
        CheckConstraint("people BETWEEN 0 AND 1000000000", name="people"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("proposal_runs.id", ondelete="CASCADE"))
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"), index=True)
    position: Mapped[int]
    people: Mapped[int] = mapped_column(doc="who want it and have no section yet")
    solved: Mapped[bool] = mapped_column(default=False)
    proven: Mapped[bool] = mapped_column(default=False, doc="nothing weighs less")
    venues: Mapped[bool] = mapped_column(default=True)
    left_out: Mapped[list[list[object]]] = mapped_column(JSON, default=list)

    run: Mapped[ProposalRun] = relationship(back_populates="courses")
    course: Mapped[Course] = relationship()
    proposals: Mapped[list["Proposal"]] = relationship(
        cascade="all, delete-orphan", order_by="Proposal.id", back_populates="asked"
    )


class Proposal(Base):
    """A proposed section. It gathers at a venue, or at a community where no venue is known.

    ``name`` is empty until somebody writes one; ``edited`` says that somebody has changed the learners.
    """

    __tablename__ = "proposals"
    __table_args__ = (
        CheckConstraint("venue_id IS NULL OR gathering_id IS NULL", name="gathers"),
        CheckConstraint("price BETWEEN 0 AND 1000000000", name="price"),
    )
    __audited__ = True
    __audit_inserts__ = False

    id: Mapped[int] = mapped_column(primary_key=True)
    asked_id: Mapped[int] = mapped_column(ForeignKey("proposed_courses.id", ondelete="CASCADE"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    venue_id: Mapped[int | None] = mapped_column(ForeignKey("venues.id"), index=True, default=None)
    gathering_id: Mapped[int | None] = mapped_column(ForeignKey("communities.id"), index=True, default=None)
    section_id: Mapped[int | None] = mapped_column(
        ForeignKey("sections.id", ondelete="SET NULL"), index=True, default=None
    )
    name: Mapped[str] = mapped_column(Name, default="")
    price: Mapped[int] = mapped_column(default=0, doc="yuan for room and teacher, estimated")
    state: Mapped[ProposalState] = mapped_column(choice(ProposalState), default=ProposalState.OPEN)
    edited: Mapped[bool] = mapped_column(default=False)

    asked: Mapped[ProposedCourse] = relationship(back_populates="proposals")
    unit: Mapped[Unit] = relationship()
    venue: Mapped[Venue | None] = relationship()
    gathering: Mapped[Community | None] = relationship()
    section: Mapped[Section | None] = relationship()
    learners: Mapped[list["ProposedLearners"]] = relationship(cascade="all, delete-orphan", back_populates="proposal")

    @property
    def size(self) -> int:
        """Learners of all communities."""
        return sum(entry.people for entry in self.learners)

    @property
    def place(self) -> Venue | Community | None:
        """Where it gathers."""
        return self.venue or self.gathering


class ProposedLearners(Base):
    """People of one community who are to learn in a proposed section."""

    __tablename__ = "proposed_learners"
    __table_args__ = (CheckConstraint("people BETWEEN 1 AND 1000", name="people"),)

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id", ondelete="CASCADE"), primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id"), primary_key=True, index=True)
    people: Mapped[int]

    proposal: Mapped[Proposal] = relationship(back_populates="learners")
    community: Mapped[Community] = relationship()
