"""What was changed in a plan by hand: by whom, of which section, and what of it can be taken back or made again."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from flask_babel import LazyString, gettext as _, lazy_gettext as _l
from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import joinedload, selectinload

from scheduler.audit.changesets import of_subject
from scheduler.audit.states.codec import State
from scheduler.audit.states.registers import PLACEMENTS, SECTIONS
from scheduler.core.extensions import db
from scheduler.engine.documents.places import SectionPlace
from scheduler.engine.words.board_words import place_text
from scheduler.features.planning.board.pins import Pins, pins_text
from scheduler.models import ChangeEntry, ChangeSet, ChangeSetKind, Plan, Section

SHOWN_CHANGES: Final = 8


class BoardStep(StrEnum):
    """What a change of a plan by hand was."""

    MOVE = "move"
    PIN = "pin"
    UNDO = "undo"
    REDO = "redo"


STEPS: Final[dict[BoardStep, LazyString]] = {
    BoardStep.MOVE: _l("moved"),
    BoardStep.PIN: _l("pins changed"),
    BoardStep.UNDO: _l("taken back"),
    BoardStep.REDO: _l("done again"),
}


@dataclass(frozen=True)
class BoardChange:
    """One section put elsewhere in a draft by hand, pinned or let go."""

    change_set: ChangeSet
    section: Section

    @property
    def entry(self) -> ChangeEntry:
        """How its placement or its pins stood before and after."""
        (entry,) = self.change_set.entries
        return entry

    @property
    def step(self) -> BoardStep:
        """What it was."""
        if self.change_set.takes_back_id is not None:
            return BoardStep.UNDO if self.change_set.backward else BoardStep.REDO
        return BoardStep.PIN if self.pins else BoardStep.MOVE

    @property
    def pins(self) -> bool:
        """Whether it pinned something or let it go, rather than moving the section."""
        return self.change_set.kind is ChangeSetKind.SECTION_PINNED

    @property
    def reason(self) -> str:
        """Why it was made despite a warning."""
        return str(self.change_set.facts.get("reason", ""))

    @property
    def text(self) -> str:
        """Who did what, such as “Li: Choir 2 → Tue 09:00–10:30 …”."""
        return self._text(self.entry.after)

    @property
    def text_of_redo(self) -> str:
        """The same of what was taken back by this change."""
        return self._text(self.entry.before)

    def _text(self, state: State | None) -> str:
        user = self.change_set.user.name if self.change_set.user else ""
        if self.pins:
            pins = pins_text(Pins.from_state(state or {}))
            return _("%(user)s: %(section)s, %(pins)s", user=user, section=self.section.name, pins=pins)
        place = place_text(SectionPlace.from_json(state), self.section.minutes)
        return _("%(user)s: %(section)s → %(place)s", user=user, section=self.section.name, place=place)


def changes_of(plan: Plan) -> list[BoardChange]:
    """All changes of a plan by hand, in their order."""
    return _changes(of_subject(plan))


def change_of(change_set: ChangeSet) -> BoardChange:
    """A change of a plan with its section."""
    (change,) = _with_sections([change_set])
    return change


def changes_since(plan_id: int, version: int, section_id: int) -> list[BoardChange]:
    """What others and oneself have done to a section after a version of the plan."""
    of_section = or_(
        and_(ChangeEntry.register == PLACEMENTS.name, ChangeEntry.row == f"{plan_id}/{section_id}"),
        and_(ChangeEntry.register == SECTIONS.name, ChangeEntry.row == str(section_id)),
    )
    of_plan = ChangeSet.subject == Plan.__tablename__, ChangeSet.subject_id == plan_id, ChangeSet.version > version
    statement = select(ChangeSet).where(*of_plan, ChangeSet.entries.any(of_section))
    return _changes(statement.order_by(ChangeSet.version))


def latest_changes(plan: Plan) -> list[BoardChange]:
    """The newest changes of a plan, newest first."""
    return _changes(of_subject(plan).order_by(None).order_by(ChangeSet.version.desc()).limit(SHOWN_CHANGES))


def history(plan: Plan, user_id: int) -> tuple[list[ChangeSet], list[ChangeSet]]:
    """A user's own changes of a plan that they can take back, and those that took others back, to make these again."""
    done: list[ChangeSet] = []
    undone: list[ChangeSet] = []
    for change in db.session.scalars(of_subject(plan).where(ChangeSet.user_id == user_id)):
        if change.backward:
            done.pop()
            undone.append(change)
        else:
            done.append(change)
            undone = undone[:-1] if change.takes_back_id is not None else []
    return done, undone


def _changes(statement: Select[ChangeSet]) -> list[BoardChange]:
    loads = selectinload(ChangeSet.entries), joinedload(ChangeSet.user)
    return _with_sections(db.session.scalars(statement.options(*loads)).all())


def _with_sections(change_sets: Iterable[ChangeSet]) -> list[BoardChange]:
    ids = {change_set: int(change_set.entries[0].row.rpartition("/")[2]) for change_set in change_sets}
    statement = select(Section).where(Section.id.in_(ids.values())).options(joinedload(Section.course))
    sections = {section.id: section for section in db.session.scalars(statement)}
    return [BoardChange(change_set, sections[section_id]) for change_set, section_id in ids.items()]
