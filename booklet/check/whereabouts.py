"""Where the words on a page of a PDF are written: file and line of the content it is made from.

A PDF that is given out names no file of ours, so the words are looked up: what a fault quotes leads
to a paragraph of the page, and the paragraph to the text it prints.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from booklet.check.inspected_pdf import InspectedPdf
from booklet.content.load import load_with_files
from booklet.content.wordings import printed
from booklet.editions import Audience
from booklet.problems import BookletError, OnPage, Problem
from booklet.tagging.source_text import letters

MADE_OF = 0.6
"""The share of a text that stands in the paragraph it is printed in: print breaks it up with
numbers of pages."""
PART = 0.3  # The share of a paragraph, or of the words quoted from it, that its text has
PIECE = 6  # Letters in a row that two texts are compared by
MOST_PLACES = 3  # Words that stand in more texts than these lead nowhere
_QUOTED_AFTER = re.compile(r": |“| / ")  # What rules put before the words they quote


@dataclass(frozen=True, slots=True)
class _Text:
    pieces: frozenset[str]  # What it is compared by
    place: str  # Its file, line and column


@dataclass(frozen=True)
class Whereabouts:
    """The texts of a booklet for one reader, with their places; read when first asked."""

    content: Path  # The content folder
    name: str  # The booklet
    audience: Audience  # The reader
    clinic: str | None = None  # The name of the profile of the clinic that gives it out

    @cached_property
    def _texts(self) -> tuple["_Text", ...]:
        """What is printed, text by text; nothing where the files have faults by now."""
        try:
            contents, files = load_with_files(self.content, self.name, self.clinic)
        except (BookletError, OSError):
            return ()
        written = printed(contents[self.audience], files)
        return tuple(_Text(_pieces(letters(words)), place) for words, place in written)

    def with_place(self, problem: Problem, pdf: InspectedPdf) -> Problem:
        """A problem on a page of this booklet, with the place of the words there."""
        if not isinstance(problem.at, OnPage) or not problem.at.page:
            return problem
        page = problem.at.page
        if found := self._of_quote(problem.message, _paragraphs(pdf, page)):
            return replace(problem, at=OnPage(page, found))
        own = (letters(block.text) for block in pdf.body if block.page == page)
        first = next(filter(None, map(self._of_paragraph, own)), ())
        return replace(problem, at=OnPage(page, first, begins=bool(first)))

    def _of_quote(self, message: str, paragraphs: tuple[str, ...]) -> tuple[str, ...]:
        """The places of the words that a message quotes from one of these paragraphs."""
        for quote in _quotes(message):
            whole = [text for text in paragraphs if text == quote]
            if around := whole or [text for text in paragraphs if quote in text]:
                found = {each for text in around for each in self._of_paragraph(text, quote)}
                return tuple(sorted(found)) if len(found) <= MOST_PLACES else ()
        return ()

    def _of_paragraph(self, paragraph: str, quote: str = "") -> tuple[str, ...]:
        """The places of the text that a paragraph prints, of several the one with the quote."""
        wanted, here = _pieces(quote), _pieces(paragraph)
        fitting: dict[str, tuple[bool, int]] = {}
        for text in self._texts:
            shared, quoted = len(text.pieces & here), len(text.pieces & wanted)
            is_quoted = bool(wanted) and quoted >= PART * len(wanted)
            # Else it may be a word that stands in it by chance.
            fills_it = shared >= PART * len(here)
            if shared >= MADE_OF * len(text.pieces) and shared and (is_quoted or fills_it):
                fitting[text.place] = is_quoted, shared
        best = max(fitting.values(), default=None)
        return tuple(place for place, fit in fitting.items() if fit == best)


def _paragraphs(pdf: InspectedPdf, page: int) -> tuple[str, ...]:
    """The paragraphs that stand on a page, in part or whole, and the words of its pictures."""
    blocks = (block for block in pdf.blocks if any(line.page == page for line in block.lines))
    pictures = (each.alt or "" for each in pdf.elements if each.alt and each.page == page)
    return tuple(map(letters, (*(block.text for block in blocks), *pictures)))


def _quotes(message: str) -> Iterator[str]:
    """What a message may quote, as letters, the longest first.

    >>> list(_quotes("10.6 pt: Call us: now…"))
    ['10.6pt:callus:now', 'callus:now', 'now']
    """
    message = message.rstrip("…”")
    ends = [0, *(match.end() for match in _QUOTED_AFTER.finditer(message))]
    yield from filter(None, (letters(message[end:]) for end in ends))


def _pieces(text: str) -> frozenset[str]:
    """What a text of letters is compared by.

    >>> sorted(_pieces("callusn")), sorted(_pieces("ring")), sorted(_pieces(""))
    (['allusn', 'callus'], ['ring'], [])
    """
    last = max(len(text) - PIECE, 0)
    return frozenset(text[at : at + PIECE] for at in range(last + 1) if text)
