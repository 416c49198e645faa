"""A rule over words, and one place where it is broken."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from textwrap import shorten

from booklet.check.words.edition import Edition
from booklet.content.wordings import Wording
from booklet.content.yaml_source import Route, Source
from booklet.problems import Problem, Severity

LONGEST_QUOTE = 70
"""Letters quoted of a text, so that a message stays on a line or two."""


@dataclass(frozen=True, slots=True)
class Found:
    """One place where a rule is broken: a value in a file, and what to do about it."""

    source: Source
    route: Route
    message: str


Judge = Callable[[Edition], Iterator[Found]]


@dataclass(frozen=True, slots=True)
class WordRule:
    """One row of the table of rules; all but `judge` is for people to read.

    `english` says that the rule knows English only and stays silent in other languages.
    """

    id: str
    severity: Severity
    checks: str
    limit: str
    source: str
    why: str
    bad: str
    better: str
    judge: Judge
    english: bool = True

    def problem(self, found: Found) -> Problem:
        """What was found, as a problem that names the rule."""
        at = found.source.problem("", found.route)
        return replace(at, message=found.message, severity=self.severity, rule=self.id)


def at(wording: Wording, message: str) -> Found:
    """A rule broken by a text."""
    return Found(wording.source, wording.route, message)


def quoted(words: str) -> str:
    """Words in quotation marks, cut behind a word to a readable length.

    >>> quoted("two   words")
    '“two words”'
    >>> quoted("many words " * 9)
    '“many words many words many words many words many words many words …”'
    """
    return f"“{shorten(words, LONGEST_QUOTE, placeholder=' …')}”"
