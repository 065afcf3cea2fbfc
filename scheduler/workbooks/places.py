"""Where a workbook belongs: its registers, its words and the addresses around it."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from scheduler.models import Term
from scheduler.workbooks.register import WorkbookRegister
from scheduler.workbooks.registers import WHOLE_NETWORK, WHOLE_PLACES, WHOLE_TERM, sheets


@dataclass(frozen=True)
class WorkbookPlace:
    """A register by its name, or a whole term; registers of a term name it."""

    name: str
    term: Term | None

    def __post_init__(self) -> None:
        """NotFound when there is no such workbook here."""
        sheets(self.name, self.term)

    @property
    def registers(self) -> list[WorkbookRegister]:
        """Its sheets."""
        return sheets(self.name, self.term)

    @property
    def words(self) -> str:
        """What it holds, in the reader's language."""
        whole = {
            WHOLE_TERM: _("The whole term"), WHOLE_NETWORK: _("Network"), WHOLE_PLACES: _("Venues and rooms")
        }
        return whole.get(self.name) or str(self.registers[0].words)

    @property
    def url(self) -> str:
        """The page with downloads and upload."""
        return url_for("workbooks.start", name=self.name, term_id=self._term_id)

    def file_url(self, template: bool = False) -> str:
        """The workbook itself."""
        return url_for(
            "workbooks.download", name=self.name, term_id=self._term_id, template=1 if template else None
        )

    @property
    def crumbs(self) -> list[tuple[str, str | None]]:
        """The way here: to the register's list, or over the term."""
        if self.term is None:
            lists = {"rooms": ("venues.rooms", _("Rooms")), WHOLE_PLACES: ("venues.index", _("Venues"))}
            endpoint, words = lists.get(self.name, (f"{self.name}.index", self.words))
            return [(words, url_for(endpoint))]
        way: list[tuple[str, str | None]] = [
            (_("Terms"), url_for("terms.index")), (self.term.name, url_for("terms.show", term_id=self.term.id))
        ]
        if self.registers[0].in_term:
            way.append((self.words, url_for(f"{self.name}.index", term_id=self.term.id)))
        return way

    @property
    def _term_id(self) -> int | None:
        return None if self.term is None else self.term.id
