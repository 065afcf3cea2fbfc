"""The four-level network: city, county, street (units) and the communities where learners live."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduler.core.database import Archivable, Base, Code, Name, choice
from scheduler.core.spelling import Spelled


class Level(StrEnum):
    """Levels of the tree above the communities."""

    CITY = "city"
    COUNTY = "county"
    STREET = "street"


class PlaceSource(StrEnum):
    """Whether a place on the map was looked up or had to be assumed."""

    KNOWN = "known"
    ASSUMED = "assumed"


class Placed:
    """Mixin: a point on the map in degrees (WGS 84)."""

    latitude: Mapped[float] = mapped_column(CheckConstraint("latitude BETWEEN -90 AND 90", name="latitude"))
    longitude: Mapped[float] = mapped_column(CheckConstraint("longitude BETWEEN -180 AND 180", name="longitude"))
    place_source: Mapped[PlaceSource] = mapped_column(choice(PlaceSource), default=PlaceSource.KNOWN)


class Unit(Archivable, Spelled, Base):
    """A node of the network; it runs a community university, a college or a school by its level."""

    __tablename__ = "units"
    __table_args__ = (CheckConstraint("parent_id IS NOT NULL OR level = 'city'", name="parent"),)
    __audited__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(Code, unique=True)
    name: Mapped[str] = mapped_column(Name)
    level: Mapped[Level] = mapped_column(choice(Level))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    path: Mapped[str] = mapped_column(String(200), index=True, doc="codes from the root, each followed by a slash")

    parent: Mapped["Unit | None"] = relationship(remote_side=id, back_populates="children")
    children: Mapped[list["Unit"]] = relationship(back_populates="parent", order_by="Unit.code")
    communities: Mapped[list["Community"]] = relationship(back_populates="unit", order_by="Community.code")
    census: Mapped["Census | None"] = relationship(back_populates="unit", cascade="all, delete-orphan")


class Census(Base):
    """What the census says about a unit; shares are fractions of its population."""

    __tablename__ = "census"
    __table_args__ = (
        CheckConstraint("population >= 0", name="population"),
        CheckConstraint("share_60_plus BETWEEN 0 AND 1", name="share_60_plus"),
    )

    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id", ondelete="CASCADE"), primary_key=True)
    year: Mapped[int]
    population: Mapped[int]
    share_0_14: Mapped[float]
    share_5_14: Mapped[float]
    share_60_plus: Mapped[float]
    share_65_plus: Mapped[float]
    source: Mapped[str] = mapped_column(Name)

    unit: Mapped[Unit] = relationship(back_populates="census")


class Community(Archivable, Placed, Spelled, Base):
    """A neighbourhood or village: where learners live and where its learning point stands."""

    __tablename__ = "communities"
    __table_args__ = (CheckConstraint("population >= 0", name="population"),)
    __audited__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(Code, unique=True)
    name: Mapped[str] = mapped_column(Name)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    population: Mapped[int] = mapped_column(default=0)

    unit: Mapped[Unit] = relationship(back_populates="communities")
