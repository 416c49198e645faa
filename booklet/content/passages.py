"""The passages of a file that are translated, and what they are paired by.

That is the way to them. Of what booklets share, contacts go by their key and terms by that of the
original (`of:`), in any order; a translation needs only those that its booklet prints.
"""

import re
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from booklet.content.folder import mapping
from booklet.content.model import KINDS_OF_FILE, kind_of_file
from booklet.content.roles import walk
from booklet.content.shared_contacts import folded, is_used
from booklet.content.yaml_source import Route, Source, read_yaml
from booklet.problems import Problem

FILE = re.compile(r"booklet\.yaml|\d+-.*\.yaml")
"""The names of a booklet's own files whose words are translated."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One text of a file: the way to it, and its words, for both readers where they differ."""

    source: Source
    route: Route
    wordings: tuple[str, ...]

    @property
    def words(self) -> str:
        """All its wordings on one line."""
        return " / ".join(self.wordings)

    def is_as_in(self, original: "Passage") -> bool:
        """Whether words of the original, for any reader, stand here as they are.

        Where there is no letter, as in a dose, there is nothing to translate.
        """
        shared = set(self.wordings) & set(original.wordings)
        return any(letter.isalpha() for words in shared for letter in words)

    def problem(self, message: str) -> Problem:
        """A fault at its place."""
        return self.source.problem(message, self.route)


def passages(path: Path) -> dict[str, Passage]:
    """The passages of a file by the way to them, as `blocks.2.items.0`; none without a file.

    Those of the glossary go by their term, as `terms.biopsy.meaning`.
    """
    if not path.is_file():
        return {}
    source, model = read_yaml(path), KINDS_OF_FILE[kind_of_file(PurePath(path.name))]
    return {
        _key(source, each.route): Passage(source, each.route, _wordings(each.value))
        for each in walk(source.values, model)
        if each.field.role.translated and each.value
    }


def _key(source: Source, route: Route) -> str:
    """What a passage is paired by."""
    if is_of_glossary(route):
        term = source.values["terms"][route[1]]
        route = ("terms", folded(str(term.get("of") or term.get("term"))), *route[2:])
    return ".".join(map(str, route))


def _wordings(value: Any) -> tuple[str, ...]:
    """The words of a text, or of both its wordings, each on one line."""
    both = value.values() if isinstance(value, dict) else (value,)
    return tuple(" ".join(str(words).split()) for words in both)


@dataclass(frozen=True, slots=True)
class Printed:
    """What a booklet prints of the files that booklets share."""

    words: str  # Its texts, folded, which may use a term
    cards: frozenset[str]  # The contacts whose cards it has, that of the back cover among them

    def has(self, passage: Passage) -> bool:
        """Whether it prints a passage of its own files, which it does, or of a shared one."""
        kind, name, *_ = *passage.route, None
        if kind == "contacts":
            return name in self.cards
        if not is_of_glossary(passage.route):
            return True
        term = passage.source.values["terms"][name]
        return is_used(
            filter(None, (term["term"], term.get("short"), *(term.get("also") or ()))), self.words
        )


def printed_by(folder: Path) -> Printed:
    """What the booklet of a folder prints of the files that booklets share."""
    files = [path for path in sorted(folder.iterdir()) if FILE.fullmatch(path.name)]
    sources = [read_yaml(path) for path in files]
    values = [each for source in sources for each in walk(mapping(source.values), None)]
    texts = (words for path in files for each in passages(path).values() for words in each.wordings)
    cards = (each.value for each in values if {"names", "help_line"} & set(each.route))
    return Printed(folded("\n".join(texts)), frozenset(cards))


def is_of_glossary(route: Route) -> bool:
    """Whether the way to a passage leads into the glossary."""
    return route[:1] == ("terms",)
