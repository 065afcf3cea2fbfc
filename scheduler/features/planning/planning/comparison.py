"""Two plans side by side as their page shows it: figures with what became better or worse, and changes in words."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from flask_babel import LazyString, format_decimal, format_number, gettext as _, lazy_gettext as _l

from scheduler.engine.analysis.comparison import Changed, Comparison, Figures
from scheduler.engine.words.board_words import load_names, place_text
from scheduler.engine.words.sentences import cost_part
from scheduler.models import Section
from scheduler.web.i18n import distance, percent

MINUS: Final = "\N{MINUS SIGN}"
MAX_CHANGES: Final = 300
"""Changes listed at once; a unit narrows them."""
KINDS: Final[dict[str, LazyString]] = {
    "placed": _l("has a place now"),
    "unplaced": _l("has no place any more"),
    "time": _l("other hours"),
    "room": _l("another room"),
    "teacher": _l("another teacher"),
}


@dataclass(frozen=True)
class ComparedFigure:
    """A figure of both plans in words; ``better`` is None where nothing changed or nobody can say.

    ``is_sum`` marks what the rows above add up to.
    """

    label: str
    before: str
    after: str
    difference: str
    better: bool | None
    is_sum: bool = False


@dataclass(frozen=True)
class ChangedSectionLine:
    """A changed section in words."""

    section: Section
    kinds: str
    before: str
    after: str
    learners: int


def figures(compared: Comparison) -> list[ComparedFigure]:
    """Who learns, how far people go, and how even that is."""
    before, after = compared.before, compared.after
    old, new = before.fairness, after.fairness
    return [
        _row(_("sections placed"), before.placed, after.placed, format_number),
        _row(_("learners with a place within reach"), before.learners, after.learners, format_number),
        _row(_("mean way of these learners"), before.metres, after.metres, distance, less=True),
        _row(_("communities without any place within reach"), old.unserved, new.unserved, format_number, less=True),
        _row(_("mean way in half of the communities at most"), old.half, new.half, distance, less=True),
        _row(_("mean way in nine of ten communities at most"), old.most, new.most, distance, less=True),
        _row(_("spread of the mean way between communities"), old.spread, new.spread, distance, less=True),
        _row(_("share of learners with a place, in nine of ten communities at least"), old.share, new.share, percent),
        _row(_("spread of that share between communities"), old.share_spread, new.share_spread, percent, less=True),
    ]


def costs(before: Figures, after: Figures) -> list[ComparedFigure]:
    """The cost of both plans by part, the largest first; then what differs from the published plan, if anything."""
    own, moved = _amounts(before, after, of_moves=False), _amounts(before, after, of_moves=True)
    rows = [*map(_cost_row, own), _sum_row(_("cost of the plan itself"), own)]
    return [*rows, *map(_cost_row, moved), _sum_row(_("whole cost"), [*own, *moved])] if moved else rows


def _amounts(before: Figures, after: Figures, of_moves: bool) -> list[tuple[str, int, int]]:
    parts = {part: None for part in (*before.cost, *after.cost) if part.startswith("moved") == of_moves}
    amounts = [(part, before.cost.get(part, 0), after.cost.get(part, 0)) for part in parts]
    return sorted((amount for amount in amounts if any(amount[1:])), key=lambda amount: -max(amount[1:]))


def _cost_row(amount: tuple[str, int, int]) -> ComparedFigure:
    part, before, after = amount
    return _row(cost_part(part), before, after, format_number, less=True)


def _sum_row(label: str, amounts: Sequence[tuple[str, int, int]]) -> ComparedFigure:
    before, after = sum(amount[1] for amount in amounts), sum(amount[2] for amount in amounts)
    return replace(_row(label, before, after, format_number, less=True), is_sum=True)


def counted(compared: Comparison) -> Iterator[tuple[str, int]]:
    """How many sections changed in which way."""
    for kind, words in KINDS.items():
        if compared.by_kind[kind]:
            yield str(words), compared.by_kind[kind]


def lines(changes: Sequence[Changed]) -> list[ChangedSectionLine]:
    """The changed sections in words."""
    shown = changes[:MAX_CHANGES]
    places = [place for change in shown for place in (change.before, change.after) if place is not None]
    _loaded = load_names((), places)
    return [_line(change) for change in shown]


def _line(change: Changed) -> ChangedSectionLine:
    minutes = change.section.minutes
    before, after = (
        place_text(place, minutes) if place else _("not placed") for place in (change.before, change.after)
    )
    return ChangedSectionLine(
        change.section, _(", ").join(str(KINDS[kind]) for kind in change.kinds), before, after, change.learners
    )


def _row(
    label: str, before: float | None, after: float | None, words: Callable[[float], str], less: bool = False
) -> ComparedFigure:
    """``less`` says that less of it is better."""
    if before is None or after is None:
        old, new = (_("none") if value is None else words(value) for value in (before, after))
        return ComparedFigure(label, old, new, "", None)
    rise = after - before
    if words(abs(rise)) == words(0):
        return ComparedFigure(label, words(before), words(after), _("unchanged"), None)
    amount = _points(abs(rise)) if words is percent else words(abs(rise))
    return ComparedFigure(
        label, words(before), words(after), f"{'+' if rise > 0 else MINUS}{amount}", (rise < 0) == less
    )


def _points(share: float) -> str:
    return _("%(number)s percentage points", number=format_decimal(100 * share, format="0.0"))
