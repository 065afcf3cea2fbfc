"""The search over guides and help texts: words in either language, whole questions too."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from flask import url_for
from flask_babel import force_locale

from scheduler.features.residents.guides.guide_text import GuideTask
from scheduler.features.residents.guides.queries import PageAddresses, may_open, readable_guides
from scheduler.models import Role
from scheduler.web.help.page_help import PageHelp
from scheduler.web.help.registry import HELP, help_of
from scheduler.web.i18n import LANGUAGES, html_language

WORD = re.compile(r"[^\W\u3400-\u9fff]+|[\u3400-\u9fff]+")
"""A word in letters, or Chinese characters without a break."""
TELLING_NOTHING = frozenset((
    "a", "an", "and", "can", "do", "does", "for", "how", "i", "in", "is", "it", "my", "of", "on", "or", "the", "to",
    "what", "when", "where", "who", "why",
))
ENOUGH = 0.5
"""Which share of what was asked for an answer has to hold."""
NEAR_THE_BEST = 0.7
"""Which part of the best answer's share another one needs to be shown."""
MAX_ANSWERS = 20


@dataclass(frozen=True)
class HelpAnswer:
    """A task of a guide, or a page with its help; ``within`` is the name of the page that leads there."""

    name: str
    text: str
    url: str | None
    guide: Role | None = None
    within: str = ""


@dataclass(frozen=True)
class _Candidate:
    """An answer with what is looked through: its name and its lines, in every language."""

    answer: HelpAnswer
    names: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """All that is looked through."""
        return "\n".join((self.names, *self.lines))


def find_help(asked: str) -> list[HelpAnswer]:
    """What guides and help texts say about some words, the best first."""
    words = _words(asked)
    if not words:
        return []
    weighed = [(_share_of(words, candidate.text), candidate) for candidate in (*_tasks(words), *_pages())]
    least = max(ENOUGH, NEAR_THE_BEST * max(share for share, _candidate in weighed))
    fitting = [(share + _share_of(words, candidate.names), candidate) for share, candidate in weighed if share >= least]
    fitting.sort(key=lambda pair: -pair[0])  # what has the words in its name comes first
    return [candidate.answer for _weight, candidate in fitting[:MAX_ANSWERS]]


def _words(asked: str) -> list[str]:
    """The words that tell something; all of them where none does."""
    words = [word.lower() for word in WORD.findall(asked)]
    return [word for word in words if word not in TELLING_NOTHING] or words


def _share_of(words: list[str], text: str) -> float:
    """Which share of the words a text holds."""
    return sum(_share(word, text) for word in words) / len(words)


def _share(word: str, text: str) -> float:
    """Whether a text holds a word: of Chinese characters without a break, the share of their pairs that it holds."""
    if word.isascii() or not re.match(r"[\u3400-\u9fff]", word):
        return float(re.search(rf"\b{re.escape(_stem(word))}", text, re.IGNORECASE) is not None)
    pairs = [word[start:start + 2] for start in range(max(1, len(word) - 1))]
    return sum(pair in text for pair in pairs) / len(pairs)


def _stem(word: str) -> str:
    """An English word without the ending of its plural."""
    return word[:-1] if len(word) > 3 and word.endswith("s") else word


def _tasks(words: list[str]) -> Iterator[_Candidate]:
    """The tasks of all guides that the reader may open."""
    language = html_language()
    other = next(name for name in ("en", "zh-CN") if name != language)
    for guide, translated in zip(readable_guides(), readable_guides(other), strict=True):
        for task, counterpart in zip(guide.text.tasks, translated.text.tasks, strict=True):
            url = f"{url_for('guides.show', guide=guide.role)}#{task.anchor}"
            answer = HelpAnswer(task.heading, _telling(words, task, counterpart), url, guide.role)
            yield _Candidate(answer, f"{task.heading}\n{counterpart.heading}", (*task.texts, *counterpart.texts))


def _telling(words: list[str], task: GuideTask, counterpart: GuideTask) -> str:
    """The line of a task that has most of the words, in whichever language they are."""
    pairs = zip(task.texts, counterpart.texts, strict=True)
    return max(pairs, key=lambda pair: _share_of(words, "\n".join(pair)))[0]


def _pages() -> Iterator[_Candidate]:
    """The pages with a help text that the reader may open."""
    addresses = PageAddresses()
    for endpoint, entry in HELP.items():
        if isinstance(entry, PageHelp) and may_open(endpoint):
            within = help_of(entry.within)
            answer = HelpAnswer(
                str(entry.name), str(entry.text), addresses.of(endpoint) or addresses.of(entry.within),
                within=str(within.name) if within else "",
            )
            names, texts = zip(*_in_every_language(entry), strict=True)
            yield _Candidate(answer, "\n".join(names), texts)


def _in_every_language(entry: PageHelp) -> Iterator[tuple[str, str]]:
    for language in LANGUAGES:
        with force_locale(language):
            yield str(entry.name), str(entry.text)
