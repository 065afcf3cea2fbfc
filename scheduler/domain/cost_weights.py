"""The weights of the parts of a plan's cost: what each counts, and what a new term starts with."""

from dataclasses import dataclass

from flask_babel import LazyString, lazy_gettext as _l

MAXIMUM_WEIGHT = 100_000


@dataclass(frozen=True)
class Weight:
    """A part of the cost: its words, what one unit of it counts, and the usual weight."""

    words: LazyString
    counts: LazyString
    default: int


WEIGHTS: dict[str, Weight] = {
    "unplaced": Weight(_l("Sections left out"), _l("for each learner and point of priority"), 30),
    "lost": Weight(_l("Learners beyond reach"), _l("for each learner who lives too far from the venue"), 20),
    "distance": Weight(_l("Learners' ways"), _l("for each person and kilometre"), 1),
    "teacher_distance": Weight(_l("Teachers' ways"), _l("for each session and kilometre from home"), 1),
    "money": Weight(_l("Fees"), _l("for each 100 yuan"), 1),
    "time": Weight(_l("Hours that suit less"), _l("for each learner and point of the hours' cost"), 1),
    "clash": Weight(_l("Clashes"), _l("for each person whose two sections overlap"), 20),
    "uncovered": Weight(_l("Communities not served"), _l("for each community without a section in reach"), 150),
    "overwork": Weight(_l("Teachers' extra sessions"), _l("for each session a week beyond what they want"), 4),
    "moved_time": Weight(_l("Moved hours"), _l("for each learner, when a published plan is planned again"), 6),
    "moved_room": Weight(_l("Moved rooms"), _l("for each learner, when a published plan is planned again"), 2),
    "moved_teacher": Weight(_l("Changed teachers"), _l("for each learner, when a published plan is planned again"), 3),
}
DEFAULT_WEIGHTS: dict[str, int] = {part: weight.default for part, weight in WEIGHTS.items()}
