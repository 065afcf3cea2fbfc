"""What was passed over or understood otherwise in an uploaded workbook: codes with facts, and their sentences."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from flask_babel import gettext as _, ngettext

MOST_NAMED: Final = 8
Facts = dict[str, Any]


@dataclass(frozen=True)
class Note:
    """Something to be told; ``facts`` are plain values."""

    code: str
    facts: Facts = field(default_factory=dict)

    @property
    def plain(self) -> list[Any]:
        """As it is kept."""
        return [self.code, self.facts]


def sentences(kept: Sequence[Sequence[Any]]) -> list[str]:
    """Kept notes in the reader's language."""
    return [SENTENCES[code](facts) for code, facts in kept]


def _listed(names: Sequence[str]) -> str:
    """Some names, and how many more there are."""
    said = _(", ").join(names[:MOST_NAMED])
    more = len(names) - MOST_NAMED
    return said if more <= 0 else _("%(names)s and %(number)d more", names=said, number=more)


def _titles(facts: Facts) -> str:
    return ngettext(
        "“%(sheet)s”: %(num)s row above the headings was passed over.",
        "“%(sheet)s”: the %(num)s rows above the headings were passed over.",
        facts["rows"], sheet=facts["sheet"],
    )


def _stuck(facts: Facts) -> str:
    return _("“%(sheet)s”: cells that cannot be read are marked in their rows (%(cells)s).",
             sheet=facts["sheet"], cells=_listed(facts["cells"]))


SENTENCES: Final[dict[str, Callable[[Facts], str]]] = {
    "encoding": lambda facts: _("The letters of the file were read as %(name)s.", name=facts["name"]),
    "sheets": lambda facts: _("Sheets that were passed over: %(names)s.", names=_listed(facts["names"])),
    "titles": _titles,
    "headings_again": lambda facts: _(
        "“%(sheet)s”: headings that stand there again were passed over (rows %(rows)s).",
        sheet=facts["sheet"], rows=_listed(facts["rows"]),
    ),
    "columns": lambda facts: _(
        "“%(sheet)s”: columns that were passed over: %(names)s.", sheet=facts["sheet"], names=_listed(facts["names"])
    ),
    "wide": lambda facts: _(
        "“%(sheet)s”: what stands beyond column %(number)d was passed over.", sheet=facts["sheet"],
        number=facts["number"],
    ),
    "missing": lambda facts: _(
        "“%(sheet)s”: required columns that are not there: %(names)s. New rows need them.", sheet=facts["sheet"],
        names=_listed(facts["names"]),
    ),
    "merged": lambda facts: _(
        "“%(sheet)s”: in merged cells the value stands for each of them (%(ranges)s).", sheet=facts["sheet"],
        ranges=_listed(facts["ranges"]),
    ),
    "invisible": lambda facts: _(
        "“%(sheet)s”: invisible characters were taken out of %(cells)s.", sheet=facts["sheet"],
        cells=_listed(facts["cells"]),
    ),
    "stuck": _stuck,
    "chosen": lambda facts: _(
        "“%(sheet)s”: columns read as you have chosen: %(names)s.", sheet=facts["sheet"], names=_listed(facts["names"])
    ),
}
TROUBLES: Final[dict[str, Callable[[str], str]]] = {
    "formula": lambda _text: _(
        "The cell holds a formula without its result. Open the file in Excel, save it there, and upload it again."
    ),
    "error": lambda text: _("The cell holds the error %(error)s instead of a value.", error=text),
    "long": lambda text: _("The cell holds %(number)s characters; more than 32,767 cannot be read.", number=text),
}


def trouble(kept: Sequence[str]) -> str:
    """Why a cell cannot be read, in the reader's language."""
    code, text = kept
    return TROUBLES[code](text)
