"""What a move may do to people only for a stated reason: costs that a coordinator may accept, but not by accident."""

from collections.abc import Mapping
from typing import Final

from flask_babel import ngettext

ACCEPTED: Final[dict[str, int]] = {"clash": 2, "overwork": 0, "lost": 2}
"""How much a move may add of each part before a reason is asked for: people who want two sections at once, sessions of
teachers beyond their wish, learners for whom the way is too long."""


def warnings_of(rise: Mapping[str, int], weights: Mapping[str, int]) -> list[str]:
    """What a rise of the weighted cost means for people, as far as it asks for a reason, in words."""
    amounts = {part: rise.get(part, 0) // weights[part] for part in ACCEPTED if weights.get(part)}
    return [_words(part, amount) for part, amount in amounts.items() if amount > ACCEPTED[part]]


def _words(part: str, amount: int) -> str:
    if part == "clash":
        return ngettext(
            "%(num)s person more wants two sections that are held at the same time.",
            "%(num)s people more want two sections that are held at the same time.",
            amount,
        )
    if part == "overwork":
        return ngettext(
            "Teachers give %(num)s session more than they wish.",
            "Teachers give %(num)s sessions more than they wish.",
            amount,
        )
    return ngettext(
        "For %(num)s learner more the way is too long.", "For %(num)s learners more the way is too long.", amount
    )
