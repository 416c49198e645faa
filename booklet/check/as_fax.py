"""What is left of a PDF's words once it is a fax picture, by the words that can still be read."""

import os
import re
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from pathlib import Path

from booklet.check.fax_tools import CannotDraw, drawn, must_be_there, words_on
from booklet.check.inspected_pdf import CannotRead, InspectedPdf, inspect_pdf
from booklet.scratch import scratch_folder

LEAST_KEPT = 0.99
"""The share of the words read from grey that a fax picture must keep."""
LEAST_READ = 0.95
"""The share of the file's own words that must be read at all: words may be too pale for grey as
well, and what reads pictures misses some words of any page."""
_WORD = re.compile(r"\w+")

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FaxPage:
    """The words of one page, small letters all; a word stands as often as it does on the page."""

    own: Words  # What the file itself says
    grey: Words  # What was read from the picture in grey
    fax: Words  # What was read from the fax picture

    @property
    def from_grey(self) -> Words:
        """The file's own words that grey kept; all it kept where the page has no text."""
        return _both(self.own, self.grey) if self.own else self.grey

    @property
    def from_fax(self) -> Words:
        """Of the same words, those that the fax picture kept."""
        return _both(self.own, self.fax) if self.own else self.fax

    @property
    def kept(self) -> Words:
        """The words read from grey that are read from the fax picture as well."""
        return _both(self.from_grey, self.fax)

    @property
    def lost(self) -> Words:
        """The words read from grey that are not read from the fax picture.

        >>> FaxPage(("call", "now", "call"), ("call", "call", "now"), ("call",)).lost
        ('now', 'call')
        """
        return _without(self.from_grey, self.fax)


@dataclass(frozen=True, slots=True)
class FaxReport:
    """A PDF beside the fax picture that is made of it."""

    name: str  # The file's name
    bytes: int  # How large the picture is, packed by Group 4, all pages in one TIFF
    pages: tuple[FaxPage, ...]  # Its pages in order

    def count(self, what: str) -> int:
        """How many words all pages have of a kind: `own`, `from_grey`, `from_fax`, `kept`."""
        return sum(len(getattr(page, what)) for page in self.pages)

    @property
    def share_kept(self) -> float:
        """The share of the words read from grey that the fax picture kept, 0 to 1.

        A file in which nothing can be read, not even in grey, keeps nothing.
        """
        seen = self.count("from_grey")
        return self.count("kept") / seen if seen else 0.0

    @property
    def share_read(self) -> float:
        """The share of its own words that are read from the fax picture; 1 for a scan."""
        own = self.count("own")
        read = sum(len(page.from_fax) for page in self.pages if page.own)
        return read / own if own else 1.0

    @property
    def passed(self) -> bool:
        """Whether the fax picture keeps as many words as it must."""
        return self.share_kept >= LEAST_KEPT and self.share_read >= LEAST_READ


def check_as_fax(file: Path) -> FaxReport:
    """A PDF as the systems that make fax pictures of attachments would show it.

    They draw pages at 200 dots an inch with one bit a point; Ghostscript does so here, and lays
    dots where a colour or a grey is. `CannotRead` where the file cannot be read or drawn,
    `MissingOnMachine` where a program that draws or reads is not there.
    """
    pdf = inspect_pdf(file, file.name, None)
    language = pdf.document.language
    must_be_there(language)
    try:
        with scratch_folder() as folder:
            fax, grey = (drawn(file, way, folder / f"{way}.tif") for way in ("fax", "grey"))
            read = [_read(each, len(pdf.pages), language) for each in (fax, grey)]
            size = fax.stat().st_size
    except CannotDraw as error:
        raise CannotRead(f"{file.name} {error}") from error
    pages = zip(_own(pdf), read[1], read[0], strict=True)
    return FaxReport(file.name, size, tuple(FaxPage(*words) for words in pages))


def words_of(text: str) -> Words:
    """The words of a text in small letters; what parts them does not count.

    >>> words_of("Call 0808 2080 888 – today!")
    ('call', '0808', '2080', '888', 'today')
    """
    return tuple(_WORD.findall(text.casefold()))


def _own(pdf: InspectedPdf) -> list[Words]:
    found: dict[int, Words] = {}
    for page, lines in groupby(pdf.lines, key=lambda line: line.page):
        found[page] = words_of(" ".join(line.text for line in lines))
    return [found.get(number, ()) for number in range(1, len(pdf.pages) + 1)]


def _read(picture: Path, pages: int, language: str) -> list[Words]:
    read = partial(words_on, picture, language=language)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return [words_of(text) for text in pool.map(read, range(1, pages + 1))]


def _both(these: Sequence[str], those: Sequence[str]) -> Words:
    """The words of `these` that are among `those` as well, as often as they are in both."""
    return _picked(these, those, among=True)


def _without(these: Sequence[str], those: Sequence[str]) -> Words:
    return _picked(these, those, among=False)


def _picked(these: Sequence[str], those: Sequence[str], *, among: bool) -> Words:
    left, picked = Counter(those), []
    for word in these:
        is_there = left[word] > 0
        left[word] -= is_there
        if is_there == among:
            picked.append(word)
    return tuple(picked)
