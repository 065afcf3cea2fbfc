"""What words a page can be made of: its template with all that it extends and includes, and macros that it calls."""

import re
from collections.abc import Iterator
from functools import cache

from jinja2 import Environment, nodes

from scheduler.core.config import ROOT

TEMPLATES = ROOT / "templates"
WORD = re.compile(r"[A-Za-z][\w-]*")
Macro = tuple[str, str]
"""A template and the name of a macro in it."""


@cache
def _parsed(template: str) -> nodes.Template:
    return Environment(autoescape=True).parse((TEMPLATES / template).read_text(encoding="utf-8"))


def _imported(template: str) -> dict[str, Macro]:
    """Macros that a template knows from others, by the name it gives them."""
    found: dict[str, Macro] = {}
    for statement in _parsed(template).find_all(nodes.FromImport):
        assert isinstance(statement.template, nodes.Const)
        for name in statement.names:
            original, known_as = name if isinstance(name, tuple) else (name, name)
            found[known_as] = (statement.template.value, original)
    return found


def _parents(template: str) -> Iterator[str]:
    for statement in _parsed(template).find_all(nodes.Extends):
        assert isinstance(statement.template, nodes.Const)
        yield statement.template.value
        yield from _parents(statement.template.value)


def pages_on(layout: str) -> list[str]:
    """The templates that extend a layout."""
    names = [str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html")]
    return [name for name in names if layout in _parents(name)]


class Reach:
    """Collects the words of templates and macros, each once."""

    def __init__(self) -> None:
        self.words: set[str] = set()
        self._seen: set[str | Macro] = set()

    def add_page(self, template: str) -> None:
        """Add a template with all that it leads to."""
        if template not in self._seen:
            self._seen.add(template)
            self._add(_parsed(template), template)

    def _add(self, node: nodes.Node, template: str) -> None:
        for child in node.iter_child_nodes():
            if isinstance(child, nodes.Macro):
                continue  # counts only where it is called
            self._take(child, template)
            self._add(child, template)

    def _take(self, node: nodes.Node, template: str) -> None:
        if isinstance(node, nodes.TemplateData):
            self.words.update(WORD.findall(node.data))
        elif isinstance(node, nodes.Const) and isinstance(node.value, str):
            self.words.update(WORD.findall(node.value))
        elif isinstance(node, nodes.Extends | nodes.Include) and isinstance(node.template, nodes.Const):
            self.add_page(node.template.value)
        elif isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name):
            self._call(template, node.node.name)

    def _call(self, template: str, name: str) -> None:
        own = {macro.name for macro in _parsed(template).find_all(nodes.Macro)}
        called = (template, name) if name in own else _imported(template).get(name)
        if called is None or called in self._seen:
            return
        self._seen.add(called)
        for macro in _parsed(called[0]).find_all(nodes.Macro):
            if macro.name == called[1]:
                self._add(macro, called[0])


def words_on(layout: str) -> set[str]:
    """All words that pages on a layout can be made of; what ends in a hyphen is completed when the page is made."""
    reach = Reach()
    for template in pages_on(layout):
        reach.add_page(template)
    return reach.words
