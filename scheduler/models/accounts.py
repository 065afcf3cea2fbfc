"""Users and the roles they hold over units, venues or as teachers."""

from datetime import datetime
from enum import StrEnum

from flask_login import UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduler.core.database import Base, Code, Name, UtcDateTime, choice, now
from scheduler.models.network import Unit
from scheduler.models.teachers import Teacher
from scheduler.models.venues import Venue


class Role(StrEnum):
    """What a user may do; each grant of a role names where."""

    ADMINISTRATOR = "administrator"
    COORDINATOR = "coordinator"
    VENUE_MANAGER = "venue_manager"
    TEACHER = "teacher"
    RESIDENT = "resident"


class User(UserMixin, Base):
    """Someone who can sign in. The name is that of a role or desk; no private data is kept."""

    __tablename__ = "users"
    __audited__ = True
    __audit_ignores__ = frozenset({"password_hash", "session_key"})

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(Code, unique=True)
    name: Mapped[str] = mapped_column(Name)
    password_hash: Mapped[str] = mapped_column(String(200))
    session_key: Mapped[str] = mapped_column(String(40), unique=True, doc="in the cookie; a new one ends all sessions")
    active: Mapped[bool] = mapped_column(default=True)
    must_change_password: Mapped[bool] = mapped_column(
        default=False, server_default=false(), doc="somebody else knows it, who has set it"
    )
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    grants: Mapped[list["Grant"]] = relationship(cascade="all, delete-orphan", back_populates="user")

    @property
    def is_active(self) -> bool:
        """Whether the user may sign in (asked by Flask-Login)."""
        return self.active

    def get_id(self) -> str:
        """What the session cookie names the user by (asked by Flask-Login)."""
        return self.session_key

    @property
    def roles(self) -> frozenset[Role]:
        """All roles held anywhere."""
        return frozenset(grant.role for grant in self.grants)


class Grant(Base):
    """A role and where it holds: a unit and all below it, a venue, or a teacher's own record."""

    __tablename__ = "grants"
    __table_args__ = (
        UniqueConstraint("user_id", "role", "unit_id", "venue_id", "teacher_id"),
        CheckConstraint("(role = 'coordinator') = (unit_id IS NOT NULL)", name="coordinator_of_unit"),
        CheckConstraint("(role = 'venue_manager') = (venue_id IS NOT NULL)", name="manager_of_venue"),
        CheckConstraint("(role = 'teacher') = (teacher_id IS NOT NULL)", name="teacher_of_record"),
    )
    __audited__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    role: Mapped[Role] = mapped_column(choice(Role))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), default=None)
    venue_id: Mapped[int | None] = mapped_column(ForeignKey("venues.id"), default=None, index=True)
    teacher_id: Mapped[int | None] = mapped_column(ForeignKey("teachers.id"), default=None)

    user: Mapped[User] = relationship(back_populates="grants")
    unit: Mapped[Unit | None] = relationship()
    venue: Mapped[Venue | None] = relationship()
    teacher: Mapped[Teacher | None] = relationship()
