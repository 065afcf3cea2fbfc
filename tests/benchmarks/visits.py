"""What was measured of pages: a visit with its times, and all visits as a table and a summary."""

from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median, quantiles

LIMIT = 0.3
"""Seconds that a page may take in 95 of 100 cases."""
FAILED = 400
WHOLE = {
    "statistics.download": "a file of the whole plan",
    "workbooks.download": "a file of the whole register or term",
    "workbooks.marked": "a file that somebody has uploaded",
    "plan_documents.term_document": "a file of the whole term",
    "accounts.download_trail": "a file of some thousand entries",
    "plan_documents.plan_document": "a file of the whole plan",
    "plan_workbook.download": "a file of the whole plan",
    "plan_workbook.progress": "only while such a file is written",
    "board.ready": "asked for in the background when a board is opened",
    "look=1": "fetched by a page that is already shown and says so",
    "portal.unit_poster": "a file: a poster of a whole city",
    "planning.why": "a search for reasons, said to take seconds where it is linked",
    "board?section=": "a section in hand: every place in reach is tried",
}
"""What is long by its nature, by endpoint or part of the address, and is therefore not held to the limit."""


@dataclass
class Visit:
    """A page as somebody opens it: who, the route and the address; seconds of each time and SQL statements."""

    username: str
    endpoint: str
    address: str
    status: int = 0
    statements: int = 0
    in_database: float = 0.0
    seconds: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)
    cold: float = 0.0

    @property
    def long(self) -> bool:
        """Whether it is known to be long."""
        return self.endpoint in WHOLE or any(part in self.address for part in WHOLE)

    @property
    def processor(self) -> float:
        """Seconds of the processor for this process, the median; a server of a database has its own."""
        return median(self.busy)

    @property
    def p95(self) -> float:
        """Seconds within which 95 of 100 are answered."""
        return quantiles(self.seconds, n=20, method="inclusive")[-1] if len(self.seconds) > 1 else self.seconds[0]


ORDERS: dict[str, Callable[[Visit], float]] = {"time": lambda one: one.p95, "processor": lambda one: one.processor}


def table(found: list[Visit], by: str) -> str:
    """The pages, the worst first, as Markdown; all times in milliseconds."""
    lines = [
        "| 95 % | median | processor | in SQL | first | statements | as | page |",
        "| ---: | ---: | ---: | ---: | ---: | ---: | --- | --- |",
    ]
    for visit in sorted(found, key=lambda visit: -ORDERS[by](visit)):
        times = (visit.p95, median(visit.seconds), visit.processor, visit.in_database, visit.cold)
        figures = " | ".join(f"{1000 * seconds:,.0f}" for seconds in times)
        name = visit.username or "visitor"
        long = " (long by its nature)" if visit.long else ""
        lines.append(f"| {figures} | {visit.statements} | {name} | `{visit.address}`{long} |")
    return "\n".join(lines)


def summary(found: list[Visit]) -> str:
    """What is over the limit."""
    held = [visit for visit in found if not visit.long]
    over = [visit for visit in held if visit.p95 > LIMIT]
    busy = [visit for visit in held if visit.processor > LIMIT]
    wrong = [visit.address for visit in found if visit.status >= FAILED]
    return (
        f"{len(held)} pages and variants: {len(over)} over {1000 * LIMIT:.0f} ms at the 95th percentile, "
        f"{len(busy)} over it by the median of processor time. {len(found) - len(held)} more are long by their nature. "
        f"Failed: {', '.join(wrong) or 'none'}."
    )
