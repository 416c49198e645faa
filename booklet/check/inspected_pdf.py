"""Everything the rules look at, read once from a finished PDF."""

import logging
import struct
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from io import BytesIO
from itertools import groupby
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from booklet.check.document import Document, read_document, units
from booklet.check.lines import Block, Line, joined, owners, read_blocks, read_lines
from booklet.check.page_model import Damaged, Mark, Page, Run
from booklet.check.pdfium import read_pages
from booklet.check.tree import Element, read_tree
from booklet.content.language import language_of
from booklet.editions import SIZES, Size
from booklet.problems import BookletError

CLEAR_PRINT = 12.0
"""Points: the floor where nothing is said of the size (UKAAF G003, clear print)."""


DAMAGE = (
    *(PyPdfError, ArithmeticError, AssertionError, AttributeError, EOFError, LookupError),
    *(NotImplementedError, RecursionError, TypeError, ValueError, struct.error, zlib.error),
)
"""What pypdf raises over damaged bytes, its own errors and those of the types it builds."""


class CannotRead(BookletError):
    """The file is damaged, locked, empty or no PDF; the message is one sentence."""


@dataclass(frozen=True)
class Heading:
    """A heading as the structure tree has it; level 0 is the unnumbered `H`."""

    level: int
    text: str
    page: int


@dataclass(frozen=True)
class InspectedPdf:
    """One finished PDF. `floor` is the smallest print it may hold, points; `bytes` its size."""

    name: str
    bytes: int
    size: Size | None
    floor: float
    document: Document
    tree: Element | None
    pages: tuple[Page, ...]

    @property
    def is_print_sheets(self) -> bool:
        """Whether its name or title says that it is laid out for the printer."""
        return "_PRINT-" in self.name or self.document.title.casefold().startswith("print sheets")

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """All text that leaves ink or could, page by page."""
        return tuple(run for page in self.pages for run in page.runs if run.text.strip())

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        """All structure elements in reading order, without the root."""
        return tuple(self.tree.walk())[1:] if self.tree else ()

    @cached_property
    def marked(self) -> dict[Mark, tuple[Run, ...]]:
        """The runs of each piece of marked content that the tree knows."""
        known = frozenset(self.tree.marks) if self.tree else frozenset()
        found: dict[Mark, tuple[Run, ...]] = {}
        for run in (run for page in self.pages for run in page.runs):
            if run.mark in known:
                found[run.mark] = (*found.get(run.mark, ()), run)
        return found

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """All lines of print, furniture included."""
        language = language_of(self.document.language)
        leftwards = language is not None and language.direction == "rtl"
        return read_lines(self.pages, owners(self.tree), leftwards)

    def lines_on(self, page: int) -> tuple[Line, ...]:
        """The lines of one page that leave ink."""
        return self._by_page.get(page, ())

    @cached_property
    def _by_page(self) -> dict[int, tuple[Line, ...]]:
        inked = (line for line in self.lines if line.glyphs)
        return {page: tuple(group) for page, group in groupby(inked, key=lambda line: line.page)}

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """All paragraphs, headings, items and cells; furniture as single lines."""
        return read_blocks(self.lines)

    @cached_property
    def body(self) -> tuple[Block, ...]:
        """Blocks of running text: neither furniture nor labels in a drawing."""
        return tuple(
            block
            for block in self.blocks
            if not block.owner.artifact and block.owner.role not in {"Figure", "Formula", "Form"}
        )

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """The headings in reading order."""
        return tuple(
            Heading(int(e.role[1:] or 0), self.words(e), e.page)
            for e in self.elements
            if e.role in {"H", "H1", "H2", "H3", "H4", "H5", "H6"}
        )

    def passages(self, chosen: Callable[[Run], bool]) -> Iterator[tuple[Run, str]]:
        """Runs of text as they stand in lines: the first run of each stretch, and its words."""
        for line in self.lines:
            for wanted, group in groupby(line.runs, key=chosen):
                runs = tuple(group)
                if wanted and any(run.text.strip() for run in runs):
                    yield runs[0], joined(runs).strip()

    def words(self, element: Element) -> str:
        """What an element says in print, or its replacement text."""
        if element.actual is not None:
            return element.actual
        return " ".join(joined(self._runs(element)).split())

    def _runs(self, element: Element) -> Iterator[Run]:
        for mark in element.marks:
            yield from self.marked.get(mark, ())


def _at_home(page: Page, known: frozenset[Mark]) -> Page:
    """A page whose marks are those of the tree.

    WeasyPrint numbers the marked content of a transparent group with its page's.
    """

    def home(run: Run) -> Run:
        outer = Mark(run.mark.page, 0, run.mark.mcid) if run.mark else None
        return run if run.mark in known or outer not in known else replace(run, mark=outer)

    return replace(page, runs=tuple(home(run) if run.mark else run for run in page.runs))


def read_evidence(data: bytes, name: str, size: Size | None) -> InspectedPdf:
    """Reads a finished PDF; `CannotRead` says in one sentence why it could not."""
    if b"%PDF-" not in data[:1024]:
        raise CannotRead(f"{name} is not a PDF" if data else f"{name} is empty")
    try:
        with _pypdf_quiet():
            return _read(data, name, size)
    except DAMAGE as error:
        own = isinstance(error, (PyPdfError, Damaged)) and str(error)
        raise CannotRead(f"{name} is damaged: {own or 'its parts do not fit'}") from error


@contextmanager
def _pypdf_quiet() -> Iterator[None]:
    """While it lasts, pypdf logs nothing: the report has its own sentence for a damaged file."""
    logger = logging.getLogger("pypdf")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(before)


def _read(data: bytes, name: str, size: Size | None) -> InspectedPdf:
    reader = PdfReader(BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise CannotRead(f"{name} is locked with a password")
    scales = units(reader)
    if not scales:
        raise CannotRead(f"{name} has no pages")
    document, tree = read_document(reader), read_tree(reader)
    size = size or size_of(name, document.title)
    floor = size.floor if size else CLEAR_PRINT
    known = frozenset(tree.marks) if tree else frozenset()
    pages = tuple(_at_home(page, known) for page in read_pages(data, scales, floor))
    return InspectedPdf(name, len(data), size, floor, document, tree, pages)


def size_of(name: str, title: str = "") -> Size | None:
    """The size of print a file's own name or title speaks of; `None` where neither does.

    >>> size_of("aml-relapse_patient_en_large-print-18pt_v0-1.pdf").floor
    18
    >>> size_of("leaflet.pdf") is None
    True
    """
    parts = Path(name).stem.split("_")
    by_name = [size for size in SIZES if size.slug in parts]
    spoken = title.lower()
    by_title = [size for size in SIZES[1:] if f"{size.name} print" in spoken]
    return next(iter(by_name or by_title), None)
