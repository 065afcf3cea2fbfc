"""what could be taken back elsewhere is kept with all other changes.

What could be taken back before can be taken back after the upgrade: the last steps of series, scenarios that were taken
over, demand that was worked out, sections that were opened together.
"""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Move what can still be taken back, and drop where it stood."""
    mover = Mover(op.get_bind())
    mover.move_series()
    mover.move_scenarios()
    mover.move_demand()
    mover.move_proposals()
    op.drop_table("series_updates")
    op.drop_table("demand_steps")
    # SQLite would rebuild the tables otherwise, and dropping the old ones would take what refers to them along.
    op.execute(sa.text("ALTER TABLE scenarios DROP COLUMN replaced"))
    op.execute(sa.text("ALTER TABLE proposals DROP COLUMN batch"))


State = dict[str, Any]
UNPINNED: State = {"pinned_week": None, "pinned_meetings": [], "pinned_room": None, "pinned_teacher": None}
NOWHERE = 0
"""The key of a row that is gone, so that what was done to it is not taken back."""
ENTRIES = sa.table(
    "change_entries", sa.column("change_set_id"), sa.column("position"), sa.column("register"), sa.column("row"),
    sa.column("title"), sa.column("before", sa.JSON(none_as_null=True)), sa.column("after", sa.JSON(none_as_null=True)),
)


class Mover:
    """Writes what can still be taken back into the new tables; the states are those that the codecs read."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection, metadata = connection, sa.MetaData()
        metadata.reflect(connection)
        self.tables = metadata.tables

    def rows(self, table: str, **values: object) -> list[Any]:
        """The rows of a table in their order."""
        query = sa.select(self.tables[table]).filter_by(**values).order_by(self.tables[table].c.id)
        return list(self.connection.execute(query))

    def names(self, table: str) -> dict[int, str]:
        """What the rows of a table are called."""
        columns = self.tables[table].c
        return {key: name for key, name in self.connection.execute(sa.select(columns.id, columns.name))}

    def add(self, at: datetime, kind: str, subject: tuple[str, int], entries: list[State], **facts: object) -> None:
        """Keep a set with its entries."""
        about = {"at": at, "kind": kind, "subject": subject[0], "subject_id": subject[1], "backward": False, "facts": {}}
        made = self.connection.execute(sa.insert(self.tables["change_sets"]).values({**about, **facts}))
        key = made.inserted_primary_key[0]
        lines = [{"title": "", **entry, "change_set_id": key, "position": position}
                 for position, entry in enumerate(entries)]
        if lines:
            self.connection.execute(sa.insert(ENTRIES), lines)

    def move_series(self) -> None:
        """What series have opened, changed and archived and nobody has taken back."""
        names, series = self.names("sections"), {row.id: row for row in self.rows("activity_series")}
        for update in self.rows("series_updates", undone=False):
            owner = series[update.series_id]
            entries, archived = [], "archived" in update.before
            if archived:
                entries.append(_entry("activity_series", owner.id, {"archived": False}, {"archived": True}))
            if update.before.get("course") is not None:
                entries.append(_entry("courses", owner.course_id, update.before["course"], update.after["course"]))
            for key, before in update.before.get("sections", {}).items():
                after = _of_series(update.after["sections"][key])
                before = {"archived": True} if before is None else _of_series(before)
                entries.append(_entry("sections", key, before, after, names.get(int(key), "")))
            kind = "series_archived" if archived else "series_updated"
            self.add(update.at, kind, ("activity_series", owner.id), entries, term_id=owner.term_id)

    def move_scenarios(self) -> None:
        """What scenarios have written into the registers."""
        venues = self.names("venues")
        titles = {table: self.names(table) for table in ("teachers", "sections", "terms")}
        titles["rooms"] = {room.id: f"{venues[room.venue_id]} {room.name}" for room in self.rows("rooms")}
        for scenario in self.rows("scenarios"):
            entries = [
                _entry(
                    table, written["id"], _of_scenario(written["before"]), _of_scenario(written["after"]),
                    titles[table].get(written["id"], ""),
                )
                for written in scenario.replaced for table in [f"{written['register']}s"]
            ]
            if scenario.taken_over_at is not None:
                about = "scenario_taken_over", ("scenarios", scenario.id)
                self.add(scenario.taken_over_at, *about, entries, term_id=scenario.term_id)

    def move_demand(self) -> None:
        """Demand that was worked out and sources that were taken over, as far as nobody has taken it back."""
        names = self.names("communities")
        for step in self.rows("demand_steps", undone=False):
            demand = step.kind == "worked_out"
            register, kind = ("demand", "demand_worked_out") if demand else ("demand_sources", "sources_taken_over")
            ids = {
                (row.course_id, row.community_id, None if demand else row.kind): row.id
                for row in self.rows(register, term_id=step.term_id)
            }
            entries = []
            for change in step.changes:
                community = change["community"]
                states = [None if state is None else {**state, "community": community}
                          for state in (change["before"], change["after"])]
                row = ids.get((change["course"], community, change["kind"]), NOWHERE)
                entries.append(_entry(register, row, *states, names.get(community, "")))
            self.add(step.at, kind, ("terms", step.term_id), entries, term_id=step.term_id, user_id=step.user_id)

    def move_proposals(self) -> None:
        """Sections that were opened together as they were proposed, as far as they have not been closed again."""
        names, batches = self.names("sections"), dict[tuple[int, int], list[Any]]()
        runs = {course.id: course.run_id for course in self.rows("proposed_courses")}
        for proposal in self.rows("proposals", state="accepted"):
            batches.setdefault((runs[proposal.asked_id], proposal.batch), []).append(proposal)
        for run in self.rows("proposal_runs"):
            for number in sorted(number for run_id, number in batches if run_id == run.id):
                entries = [
                    entry for proposal in batches[run.id, number] for entry in self._of_proposal(proposal, names)
                ]
                about = {"term_id": run.term_id, "user_id": run.user_id}
                self.add(run.at, "sections_opened", ("proposal_runs", run.id), entries, **about)

    def _of_proposal(self, proposal: Any, names: dict[int, str]) -> list[State]:
        """Its section stood as it was proposed; where that is gone, only the proposal is as before again."""
        accepted, before = {"section": proposal.section_id, "state": "accepted"}, {"section": None, "state": "open"}
        title = names.get(proposal.section_id, "")
        entry = _entry("proposals", proposal.id, before, accepted, title)
        if proposal.section_id is None:
            return [entry]
        people = self.tables["proposed_learners"].c
        learners = self.connection.execute(
            sa.select(people.community_id, people.people).where(people.proposal_id == proposal.id)
            .order_by(people.community_id)
        )
        opened = {"archived": False, "learners": {str(key): number for key, number in learners}, **UNPINNED}
        return [_entry("sections", proposal.section_id, None, opened, title), entry]


def _entry(register: str, row: object, before: State | None, after: State | None, title: str = "") -> State:
    return {"register": register, "row": str(row), "before": before, "after": after, "title": title[:200]}


def _of_series(state: State) -> State:
    """The state of a section as series wrote it down."""
    earliest, latest = state["weeks"]
    others = {name: value for name, value in state.items() if name != "weeks"}
    return {**others, "earliest_week": earliest, "latest_week": latest}


def _of_scenario(state: State) -> State:
    """The state of an entry as scenarios wrote it down."""
    others = {{"gone": "archived"}.get(name, name): value for name, value in state.items() if name != "pin"}
    return {**others, **{f"pinned_{part}": value for part, value in state.get("pin", {}).items()}}


def downgrade() -> None:
    """Forget what can be taken back; what was changed stays."""
    op.execute(sa.text("DELETE FROM change_sets WHERE subject <> 'plans'"))
    op.execute(sa.text("ALTER TABLE scenarios ADD COLUMN replaced JSON DEFAULT '[]' NOT NULL"))
    op.execute(sa.text("ALTER TABLE proposals ADD COLUMN batch INTEGER DEFAULT 0 NOT NULL"))
    _series_updates()
    _demand_steps()


def _series_updates() -> None:
    op.create_table(
        "series_updates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("undone", sa.Boolean(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["series_id"], ["activity_series.id"], name=op.f("fk_series_updates_series_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series_updates")),
    )
    op.create_index(op.f("ix_series_updates_series_id"), "series_updates", ["series_id"])


def _demand_steps() -> None:
    kinds = sa.Enum("worked_out", "taken_over", name="stepkind", native_enum=False, create_constraint=True, length=40)
    op.create_table(
        "demand_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("term_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("kind", kinds, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("undone", sa.Boolean(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["term_id"], ["terms.id"], name=op.f("fk_demand_steps_term_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_demand_steps_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demand_steps")),
    )
    op.create_index(op.f("ix_demand_steps_term_id"), "demand_steps", ["term_id"])
    op.create_index(op.f("ix_demand_steps_user_id"), "demand_steps", ["user_id"])
