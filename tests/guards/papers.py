"""The papers of the project as tests read them: their links, what they name in backticks, and the code they show."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.guards.files import own_files, text_of

FENCE = re.compile(r"^```(?P<about>[^\n`]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
GAP = "…"
"""Alone in a line, it stands for lines that a block leaves out."""


@dataclass(frozen=True)
class Block:
    """Code shown in a paper: its language, whether it is new, and the file it stands in or would stand in."""

    paper: Path
    language: str
    new: bool
    file: Path | None
    text: str

    @property
    def pieces(self) -> list[str]:
        """What the file holds, one piece after the other."""
        return [piece.strip("\n") for piece in re.split(rf"^{GAP}$", self.text, flags=re.MULTILINE)]


def papers() -> list[Path]:
    """All papers: what is written for readers beside the code."""
    return list(own_files(".md"))


def blocks(paper: Path) -> Iterator[Block]:
    """The fenced blocks of a paper; after the language stands the file, and ``new`` before one that does not exist."""
    for found in FENCE.finditer(text_of(paper)):
        language, *words = found["about"].split() or [""]
        new = words[:1] == ["new"]
        file = Path(words[-1]) if words else None
        yield Block(paper, language, new, file, found["text"])


def prose(paper: Path) -> str:
    """A paper without its fenced blocks."""
    return FENCE.sub("", text_of(paper))
