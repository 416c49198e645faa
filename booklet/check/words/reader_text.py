"""A booklet as its reader has it and the rules see it: texts in reading order, lists, names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from booklet.check.rule import Rule
from booklet.check.words.lists import Lists
from booklet.content.load import Files
from booklet.content.model import CheckedContent
from booklet.content.wordings import Wording
from booklet.problems import Problem

NAMES = {"name"}  # Texts that are somebody else's words: names, and titles of publications
SHORT_FORMS = {"short form"}  # Texts that repeat a heading in few words at the head of a page

HEADINGS = {"heading"}

_SENTENCE_END = re.compile(r"(?<=[.!?])[”’)\"']* +(?=[“‘(\"']?[A-Z\d])")
_TITLES = re.compile(r"\b(Dr|Mr|Mrs|Ms|Prof|St)\. ")
_WORD = re.compile(r"[^\W_](?:[\w'’.,-]*[^\W_])?")


@dataclass(frozen=True, slots=True)
class ReaderText:
    """What every rule over words is given: the words of one reader's booklet."""

    booklet: CheckedContent
    files: Files  # The files it was read from, for rules that look at what nobody reads
    wordings: tuple[Wording, ...]  # Every text in the order its reader meets it
    lists: Lists  # The lists that people edit
    everywhere: str  # The text of every booklet of the folder, for rules about what none uses

    def texts(self) -> Iterator[Wording]:
        """The texts that are our own words."""
        return (each for each in self.wordings if each.role not in NAMES | SHORT_FORMS)

    def prose(self) -> Iterator[Wording]:
        """Our own words without headings."""
        return (each for each in self.texts() if each.role not in HEADINGS)

    def headings(self) -> Iterator[Wording]:
        """The headings of the booklet, its sections and their parts."""
        return (each for each in self.wordings if each.role in HEADINGS)

    def matches(
        self, pattern: re.Pattern[str], but: re.Pattern[str] | None = None
    ) -> Iterator[tuple[Wording, str]]:
        """Where a pattern matches our own words, without the passages that match `but`."""
        for wording in self.texts():
            words = but.sub(" ", wording.own_words) if but else wording.own_words
            yield from ((wording, match.group()) for match in pattern.finditer(words))

    @property
    def names(self) -> tuple[str, ...]:
        """Names of organisations and people: contacts, publishers, and those in the list."""
        contacts = (contact.name.plain for contact in self.booklet.contacts.values())
        sources = (source.publisher.plain for source in self.booklet.about.sources.values())
        publisher = self.booklet.about.publisher.plain
        return (*contacts, *sources, publisher, *self.lists.spelling.names)


WordRule = Rule[ReaderText, Iterator[Problem]]


def sentences(text: str) -> list[str]:
    """The sentences of a text.

    A full stop ends one where a capital or a figure follows; titles of people do not.

    >>> sentences("Ask Dr. Who. It took 3.5 hours! “Why?” Nobody knew")
    ['Ask Dr. Who.', 'It took 3.5 hours!', '“Why?”', 'Nobody knew']
    """
    whole = _TITLES.sub("\\1.\u00a0", text)
    ends = [0, *(match.end() for match in _SENTENCE_END.finditer(whole)), len(whole)]
    parts = (whole[a:b].strip().replace("\u00a0", " ") for a, b in pairwise(ends))
    return [part for part in parts if part]


def words_of(text: str) -> list[str]:
    """The words of a text; a number or a telephone number's group counts as one.

    >>> words_of("The carer’s 24-hour line: ring 111, day or night.")
    ['The', 'carer’s', '24-hour', 'line', 'ring', '111', 'day', 'or', 'night']
    """
    return _WORD.findall(text)


def folded(words: str) -> str:
    """Words as they are compared: lower case, straight apostrophes, single spaces."""
    return " ".join(words.casefold().replace("’", "'").split())
