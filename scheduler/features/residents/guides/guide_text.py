"""Guides as they are written: a small part of Markdown, read into headings, paragraphs and lists.

A guide has a title, a paragraph about it, and tasks: ``## Plan a term {#plan}`` and below it paragraphs, steps (``1.``)
and points (``-``). In a line ``**bold**`` are words of the page, and ``[words](page:terms.index)`` leads to a page.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

TASK = re.compile(r"## (?P<heading>.+) \{#(?P<anchor>[a-z-]+)\}")
MARKED = re.compile(r"\*\*(?P<bold>[^*]+)\*\*|\[(?P<words>[^\]]+)\]\(page:(?P<page>[a-z_.]+)\)")
ITEM = re.compile(r"(?P<mark>\d+\.|-) (?P<text>.+)")


@dataclass(frozen=True)
class GuideWords:
    """Words of a line: plain, bold, or those that lead to the page of an endpoint."""

    text: str
    bold: bool = False
    page: str = ""


class BlockKind(StrEnum):
    """What a block is: one paragraph, steps one after the other, or points."""

    PARAGRAPH = "paragraph"
    STEPS = "steps"
    POINTS = "points"


@dataclass(frozen=True)
class GuideBlock:
    """A paragraph, which is one line, or a list of lines."""

    kind: BlockKind
    lines: tuple[tuple[GuideWords, ...], ...]

    @property
    def texts(self) -> list[str]:
        """Its lines without marks."""
        return ["".join(words.text for words in line) for line in self.lines]


@dataclass(frozen=True)
class GuideTask:
    """Something that a role does, with how it is done."""

    anchor: str
    heading: str
    blocks: tuple[GuideBlock, ...]

    @property
    def texts(self) -> list[str]:
        """All its lines without marks."""
        return [text for block in self.blocks for text in block.texts]


@dataclass(frozen=True)
class GuideText:
    """What a guide says in one language."""

    title: str
    lead: str
    tasks: tuple[GuideTask, ...]


def read_guide(text: str) -> GuideText:
    """A guide from its text.

    Raises ValueError where something else stands than a guide is made of.
    """
    head, *tasks = re.split(r"^(?=## )", text, flags=re.MULTILINE)
    title, lead = head.strip().split("\n\n")
    return GuideText(title.removeprefix("# "), lead, tuple(_task(task) for task in tasks))


def _task(text: str) -> GuideTask:
    heading, *blocks = text.strip().split("\n\n")
    named = TASK.fullmatch(heading)
    if named is None:
        raise ValueError(f"no heading of a task: {heading}")
    return GuideTask(named["anchor"], named["heading"], tuple(_block(block.split("\n")) for block in blocks))


def _block(lines: list[str]) -> GuideBlock:
    items = [ITEM.fullmatch(line) for line in lines]
    marks = {item["mark"] == "-" for item in items if item}
    if not any(items) and len(lines) == 1:
        return GuideBlock(BlockKind.PARAGRAPH, (tuple(_words(lines[0])),))
    if not all(items) or len(marks) != 1:
        raise ValueError(f"neither a paragraph nor a list: {lines}")
    kind = BlockKind.POINTS if marks == {True} else BlockKind.STEPS
    return GuideBlock(kind, tuple(tuple(_words(text)) for text in _texts(items)))


def _texts(items: Iterable[re.Match[str] | None]) -> Iterator[str]:
    return (item["text"] for item in items if item)


def _words(line: str) -> Iterator[GuideWords]:
    end = 0
    for marked in MARKED.finditer(line):
        if marked.start() > end:
            yield GuideWords(line[end:marked.start()])
        if marked["bold"]:
            yield GuideWords(marked["bold"], bold=True)
        else:
            yield GuideWords(marked["words"], page=marked["page"])
        end = marked.end()
    if end < len(line):
        yield GuideWords(line[end:])
