"""What is said of a term's readiness."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import LazyString

MISSING, DOUBTFUL, FINE = "conflict", "waiting", "good"


@dataclass(frozen=True)
class Example:
    """One culprit with the page that mends it, and why it is one where that differs from the others."""

    name: str
    url: str
    why: str = ""


@dataclass(frozen=True)
class Finding:
    """What a check says: its tone is that of a badge, ``url`` and ``action`` mend it."""

    tone: str
    text: str
    url: str
    action: str | LazyString
    examples: Sequence[Example] = ()
    more: int = 0


@dataclass(frozen=True)
class Readiness:
    """All that was found, what hinders planning first."""

    findings: list[Finding]

    @property
    def missing(self) -> int:
        """How many findings keep sections from being planned."""
        return sum(finding.tone == MISSING for finding in self.findings)

    @property
    def doubtful(self) -> int:
        """How many findings are worth a look."""
        return sum(finding.tone == DOUBTFUL for finding in self.findings)
