"""Parts of a plan that are worth making anew together, in the words of the domain.

A neighbourhood starts from one section and names a few others that have to do with it in the plan in the making. It may
name fewer than asked for.
"""

from collections.abc import Iterable
from random import Random
from typing import Protocol

from solver.ledger import Ledger

FAVOURED = 0.12
"""How fast interest in a section's costlier candidates fades, by their rank."""


class Neighbourhood(Protocol):
    """Names sections to be made anew together."""

    name: str

    def choose(self, ledger: Ledger, first: int, size: int, random: Random) -> list[int]:
        """At most ``size`` sections that have to do with the first one, which leads the list."""


class Rivals:
    """Sections that hold, one after the other, the teachers and rooms which sections of the part would like."""

    name = "rivals"

    def choose(self, ledger: Ledger, first: int, size: int, random: Random) -> list[int]:
        """Follow teachers and rooms from section to section."""
        part = [first]
        for _ in range(4 * size):
            if len(part) == size:
                break
            pairs = ledger.candidates.sections[random.choice(part)].pairs
            if not pairs:
                break
            pair = pairs[min(len(pairs) - 1, int(random.expovariate(FAVOURED)))]
            holders = set(ledger.with_teacher[pair.teacher])
            if random.random() < 0.5:
                holders |= ledger.in_room[pair.room]
            _add_any(part, holders, random)
        return part


class SharedLearners:
    """Sections that some people want both, and whoever they meet with the same teachers."""

    name = "shared learners"

    def choose(self, ledger: Ledger, first: int, size: int, random: Random) -> list[int]:
        """Follow the shared pairs, then the teachers."""
        part = [first]
        for _ in range(2 * size):
            if len(part) == size:
                break
            section = random.choice(part)
            spot = ledger.spots[section]
            near: set[int] = {other for other, _ in ledger.candidates.partners[section]}
            if spot is not None:
                near |= ledger.with_teacher[spot.pair.teacher]
            _add_any(part, near, random)
        return part


class SameTeachers:
    """All sections of some teachers who could do each other's work."""

    name = "same teachers"

    def choose(self, ledger: Ledger, first: int, size: int, random: Random) -> list[int]:
        """Take whole teachers out, the first section's best ones first."""
        part = [first]
        pairs = ledger.candidates.sections[first].pairs
        for pair in pairs[: 3 * size]:
            held = [index for index in ledger.with_teacher[pair.teacher] if index not in part]
            if random.random() < 0.5 and len(part) + len(held) <= size:
                part += held
        return part


class SameVenue:
    """Sections in the rooms of one venue."""

    name = "same venue"

    def choose(self, ledger: Ledger, first: int, size: int, random: Random) -> list[int]:
        """Take the sections out of the venue that the first one is in or would like."""
        spot = ledger.spots[first]
        pairs = ledger.candidates.sections[first].pairs
        if spot is None and not pairs:
            return [first]
        venue = spot.pair.venue if spot is not None else pairs[0].venue
        held = {index for room in ledger.candidates.rooms_of[venue] for index in ledger.in_room[room]}
        return _some_of(first, held, size, random)


class BudgetRivals:
    """Sections that the same unit pays for."""

    name = "budget rivals"

    def choose(self, ledger: Ledger, first: int, size: int, random: Random) -> list[int]:
        """Draw sections of the first one's unit."""
        unit = ledger.candidates.sections[first].section.unit
        return _some_of(first, ledger.candidates.paid_by[unit], size, random)


class SameCourse:
    """Sections of one subject, which can exchange their teachers."""

    name = "same course"

    def choose(self, ledger: Ledger, first: int, size: int, random: Random) -> list[int]:
        """Draw sections of the first one's subject."""
        subject = ledger.candidates.sections[first].section.subject
        return _some_of(first, ledger.candidates.of_subject[subject], size, random)


def all_neighbourhoods() -> tuple[Neighbourhood, ...]:
    """Every neighbourhood, once."""
    return Rivals(), SharedLearners(), SameTeachers(), SameVenue(), BudgetRivals(), SameCourse()


def _add_any(part: list[int], found: Iterable[int], random: Random) -> None:
    fresh = sorted(index for index in found if index not in part)
    if fresh:
        part.append(random.choice(fresh))


def _some_of(first: int, found: Iterable[int], size: int, random: Random) -> list[int]:
    others = sorted(index for index in found if index != first)
    return [first, *random.sample(others, min(size - 1, len(others)))]
