"""The numbers of a term document with their bounds."""

from typing import Annotated

from msgspec import Meta

Minute = Annotated[int, Meta(ge=0, le=1440)]
Minutes = Annotated[int, Meta(ge=1, le=1440)]
Pause = Annotated[int, Meta(ge=0, le=1440)]
Metres = Annotated[int, Meta(ge=0, le=10_000_000)]
Coordinate = Annotated[int, Meta(ge=-10_000_000, le=10_000_000)]
Week = Annotated[int, Meta(ge=1, le=120)]
Count = Annotated[int, Meta(ge=0, le=100_000)]
Yuan = Annotated[int, Meta(ge=0, le=1_000_000)]
Budget = Annotated[int, Meta(ge=0, le=1_000_000_000)]
Weight = Annotated[int, Meta(ge=0, le=100_000)]
