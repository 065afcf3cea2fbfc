"""What-ifs of a term: changes of the registers that are tried in a plan before anybody makes them true."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduler.core.database import Archivable, Base, Name, UtcDateTime, now
from scheduler.models.accounts import User
from scheduler.models.terms import Term


class Scenario(Archivable, Base):
    """A named list of changes against the registers as they are; the registers know nothing of it.

    ``changes`` is ``{"version": 1, "changes": […]}``, the records of ``scheduler.engine.analysis.changes``. What
    they wrote once they are taken over is kept as a change set, for the undo.
    """

    __tablename__ = "scenarios"
    __table_args__ = (UniqueConstraint("term_id", "name"),)
    __audited__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    term_id: Mapped[int] = mapped_column(ForeignKey("terms.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(Name)
    changes: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    taken_over_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)

    term: Mapped[Term] = relationship()
    created_by: Mapped[User | None] = relationship()

    @property
    def taken_over(self) -> bool:
        """Whether its changes stand in the registers."""
        return self.taken_over_at is not None
