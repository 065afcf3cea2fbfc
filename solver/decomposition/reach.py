"""What lies near what: the block that a teacher or venue serves first, and what some sections can reach at all."""

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from solver.decomposition.blocks import Block
from solver.problem.term import Room, Section, Teacher, Term

AT_ONCE = 1000
"""Rows of a table of distances that are made at once."""

Places = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


class Reach:
    """The places of a term's venues and teachers as arrays, in the order of the term."""

    def __init__(self, term: Term, blocks: Sequence[Block]) -> None:
        self._term = term
        self._blocks = blocks
        self._venues = _places((venue.x, venue.y) for venue in term.venues)
        self._teachers = _places((teacher.x, teacher.y) for teacher in term.teachers)
        number = {venue.id: at for at, venue in enumerate(term.venues)}
        self._venue_of_room = np.array([number[room.venue] for room in term.rooms], dtype=np.int64)
        self._capacity = np.array([room.capacity for room in term.rooms], dtype=np.int64)
        self._limit = np.array([teacher.max_metres for teacher in term.teachers], dtype=np.int64)
        self._teaching = {
            subject: np.array([subject in teacher.subjects for teacher in term.teachers], dtype=np.bool_)
            for subject in {section.subject for section in term.sections}
        }
        self._with_feature = {
            feature: np.array([feature in room.features for room in term.rooms], dtype=np.bool_)
            for feature in {feature for section in term.sections for feature in section.needs}
        }

    def block_of_room(self) -> dict[str, int]:
        """For each room the number of the block nearest to it."""
        nearest = self._nearest(self._venues, None)
        return {room.id: int(nearest[at]) for room, at in zip(self._term.rooms, self._venue_of_room, strict=True)}

    def block_of_teacher(self) -> dict[str, int]:
        """For each teacher the number of the block nearest to their home that learns what they teach."""
        wanting = {
            subject: np.array([subject in block.subjects for block in self._blocks], dtype=np.bool_)
            for subject in self._teaching
        }
        teaches_there = np.zeros((len(self._teachers), len(self._blocks)), dtype=np.bool_)
        for subject, teaching in self._teaching.items():
            teaches_there[np.ix_(teaching, wanting[subject])] = True
        nearest = self._nearest(self._teachers, teaches_there)
        return {teacher.id: int(at) for teacher, at in zip(self._term.teachers, nearest, strict=True)}

    def in_reach(self, sections: Iterable[Section]) -> tuple[list[Room], list[Teacher]]:
        """Rooms and teachers that include all which some sections could have, and few others."""
        rooms = np.zeros(len(self._term.rooms), dtype=np.bool_)
        teachers = np.zeros(len(self._term.teachers), dtype=np.bool_)
        for section in sections:
            fit = self._fitting_rooms(section)
            rooms |= fit
            venues = self._venues[np.unique(self._venue_of_room[fit])]
            if len(venues):
                way = _outside(self._teachers, venues.min(axis=0), venues.max(axis=0))
                teachers |= self._teaching[section.subject] & (way <= self._limit)
        return (
            [self._term.rooms[at] for at in np.flatnonzero(rooms)],
            [self._term.teachers[at] for at in np.flatnonzero(teachers)],
        )

    def _fitting_rooms(self, section: Section) -> Mask:
        fit: Mask = self._capacity >= section.size
        for feature in section.needs:
            fit = fit & self._with_feature[feature]
        if section.learners:
            homes = _places((home.x, home.y) for home in map(self._term.community.__getitem__, section.learners))
            way = _outside(self._venues, homes.min(axis=0), homes.max(axis=0))
            fit = fit & (way <= section.max_metres)[self._venue_of_room]
        return fit

    def _nearest(self, places: Places, allowed: Mask | None) -> npt.NDArray[np.int64]:
        """The nearest allowed block of each place; the first one where none is allowed."""
        blocks = _places(block.place for block in self._blocks)
        nearest = np.zeros(len(places), dtype=np.int64)
        for start in range(0, len(places) if len(blocks) else 0, AT_ONCE):
            some = slice(start, start + AT_ONCE)
            way = np.abs(places[some, None, :] - blocks[None, :, :]).sum(axis=2)
            # of equals argmin takes the first: where nothing is allowed, that is the first block
            if allowed is not None:
                way[~allowed[some]] = np.iinfo(np.int64).max
            nearest[some] = way.argmin(axis=1)
        return nearest


def _places(points: Iterable[tuple[float, float]]) -> Places:
    return np.array([(int(x), int(y)) for x, y in points], dtype=np.int64).reshape(-1, 2)


def _outside(places: Places, low: Places, high: Places) -> npt.NDArray[np.int64]:
    """The street distance of places from a rectangle; 0 inside it."""
    away = np.maximum(low - places, 0) + np.maximum(places - high, 0)
    return np.asarray(away.sum(axis=1), dtype=np.int64)
