"""How long and how hard to search."""

from typing import Annotated

from msgspec import Meta, Struct


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """Typed settings; ``msgspec.json.decode(data, type=Settings)`` reads them from a file."""

    seconds: Annotated[float, Meta(gt=0, le=1_000_000)] = 60.0
    """When to end by the clock."""
    workers: Annotated[int, Meta(ge=1, le=256)] = 2
    """How many processes search; one searches inside the caller's process."""
    seed: Annotated[int, Meta(ge=0, lt=2**31)] = 1
    """Where chance starts."""
    max_rounds: Annotated[int, Meta(ge=0)] | None = None
    """When to end whatever the clock says: with one worker and the same seed, the same plan."""
    bound_share: Annotated[float, Meta(ge=0, le=1)] = 0.1
    """How much of the first minute's effort raises the bound; more in long runs, nothing where it is 0."""
    warmth: Annotated[float, Meta(ge=0, le=1)] = 0.08
    """How much dearer a plan may be to go on from it at first, as a share of what a placed section costs on average."""
    part_size: Annotated[int, Meta(ge=1)] = 1200
    """How many sections are planned together; a term of more is cut into parts."""
    executor: str | None = None
    """The address of a Dask scheduler whose workers plan the parts of a large term; else it is done on this machine."""
