"""A broken hard rule, named by a code and the culprits; sentences are for others to write."""

from typing import NamedTuple


class Violation(NamedTuple):
    """``code`` names the rule, ``parameters`` the section, room, teacher or date that break it, in the rule's order."""

    code: str
    parameters: tuple[str, ...]


def breaks(code: str, *parameters: object) -> Violation:
    """A violation whose parameters are written as text."""
    return Violation(code, tuple(map(str, parameters)))
