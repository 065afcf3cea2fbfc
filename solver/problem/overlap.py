"""When two sessions overlap: the one definition, which the compiled search compiles too."""


def sessions_overlap(later_by: int, minutes: int, other_minutes: int) -> bool:
    """Whether a session of so many minutes overlaps another one of ``other_minutes`` on the same day.

    It starts ``later_by`` minutes after the other one, before it where that is negative. Sessions that only touch do
    not overlap. A pause that must follow each session is part of its minutes.
    """
    return -minutes < later_by < other_minutes
