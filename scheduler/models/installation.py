"""Facts about this installation."""

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.core.database import Base


class Installation(Base):
    """The single row that says whether this is the demonstration."""

    __tablename__ = "installation"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    demonstration: Mapped[bool] = mapped_column(default=False)
