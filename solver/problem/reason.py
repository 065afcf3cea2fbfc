"""Why a section is not placed: typed, for others to put into words."""

from typing import NamedTuple


class Reason(NamedTuple):
    """``code`` says what is missing or in the way, ``parameters`` name culprits and numbers in the code's own order."""

    code: str
    parameters: tuple[str, ...] = ()


def because(code: str, *parameters: object) -> Reason:
    """A reason whose parameters are written as text."""
    return Reason(code, tuple(map(str, parameters)))
