"""The records of which tables and states are made.

``first_...`` says where the entries of a record begin and the word alone how many there are: a section's pairs are
``pairs[first_pair : first_pair + pairs]``. Where no table has the name, the entries stand in ``Tables.lists``; a
``word`` is a place in an array of sets. Everything is counted from 0, costs are weighted, money is in yuan, time in
minutes, distances in metres. Fewer arrays are faster to compile, since every function takes all of them.
"""

from typing import Any, TypeAlias

import numpy as np

Records: TypeAlias = "np.recarray[Any, np.dtype[Any]]"
"""An array of records, whose fields are attributes."""

NOBODY = -1
"""Instead of a number: no section, no pair, no series."""


def _record(names: str, kind: type[np.signedinteger[Any]] = np.int64, wide: str = "") -> "np.dtype[np.void]":
    """Numbers of one kind, but for the names that are ``wide``: amounts that may need more than 32 bits."""
    return np.dtype([(name, np.int64 if name in wide.split() else kind) for name in names.split()])


# what does not change while a term is planned

SECTION = _record(
    "of_patterns first_pair pairs first_hour_cost first_level levels unplaced_cost pinned first_payer payers "
    "first_partner partners first_home homes first_of_unit of_unit first_of_subject of_subject x y"
)
"""``hour_cost``, in ``Tables.amounts``: what each series of the patterns costs by itself; ``level``: sets of series
that cost the same; ``payer``: units with a budget that pay; ``home``: communities of learners; ``of_unit``,
``of_subject``: sections of the same unit and subject; ``x y``: where learners live on average."""

PAIR = _record("room teacher cost fees room_slot visit_slot first_reached reached", np.int32, wide="cost fees")
"""The pairs of a section stand in the order of their cost. ``reached``: communities it serves there."""

PATTERNS = _record("first_series series words first_load loads week minutes day_word together_word")
"""``words``: how many of them a set of series takes; ``load``: each kind of weeks that its series mean for a teacher;
``week``, in ``Tables.lists``: for each weekday and after the last the first of its starts; ``day_word``: for each day
of the term the series with a session; ``together_word``: for all ``dates`` those with a session on one of them."""

START = _record("start word", np.int32)
"""One of the times at which series of time patterns meet; ``word``: these series."""

SERIES = _record("first_meeting meetings load day_word", np.int32)
"""``day_word``: the set of the days of the term with a session."""

MEETING = _record("weekday start dates", np.int32)
"""A weekly meeting of a series. ``dates``: the number of the set of the days on which it is held."""

LOAD = _record("word first_week")
"""``word``: the set of the series with this load; ``first_week``: the sessions of each week."""

LEVEL = _record("cost word")

PARTNER = _record("section people", np.int32)
"""Another section that so many people want as well."""

ROOM = _record("turnaround venue")

TEACHER = _record("max_day max_week wanted_week")

VENUE = _record("x y first_room rooms")

ROOM_SLOT = _record("room of_patterns legal_word memo free_word", np.int32)
"""A room for sections of time patterns. ``legal_word``: the series at which it is open; ``free_word``, in
``State.sets``: those at which it is not taken either."""

TEACHER_SLOT = _record("teacher of_patterns legal_word memo first_extra level_word", np.int32)
"""A teacher for sections of time patterns. ``legal_word``: the series at which they are available; ``extra``, in
``State.extras``: room for as many levels as the patterns have loads, each with a set in ``State.sets``."""

VISIT_SLOT = _record("teacher_slot venue memo free_word", np.int32)
"""A teacher at a venue for sections of time patterns. ``free_word``, in ``State.sets``: the series they could give
there."""

# what changes

PLACEMENT = _record("pair number next_in_room previous_in_room next_with_teacher previous_with_teacher")
"""Where a section is: a pair, the number of a series of its time patterns, and its neighbours in the lists of room and
teacher; NOBODY everywhere when it is left out."""

BEFORE = _record("pair number")
"""Where a section was; NOBODY when it was left out."""

HOLDER = _record("first version")
"""The first section in the list of a room or teacher, and a number that differs after each change."""

MEMO = _record("version levels")
"""For which version the answer kept for a slot is true, and how many levels it has."""
