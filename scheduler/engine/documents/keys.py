"""How rows are named inside documents: units and communities by code, the others by a letter and their id."""

VENUE, ROOM, TEACHER, SECTION = "v", "r", "t", "s"


def key(letter: str, row_id: int) -> str:
    """The name of a row: ``key(ROOM, 5)`` is ``r5``."""
    return f"{letter}{row_id}"


def row_id(letter: str, name: str) -> int | None:
    """The id behind a name, None where it names no row of this kind."""
    number = name.removeprefix(letter)
    if number == name or not number.isascii() or not number.isdecimal() or len(number) > 15:
        return None
    return int(number)
