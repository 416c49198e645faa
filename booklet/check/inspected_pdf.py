"""Everything the rules look at, read once from a finished PDF."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import TypeVar

from booklet.check.lines import Block, Line, Owner, joined, owners, read_blocks, read_lines
from booklet.editions import Size, all_sizes
from booklet.pdf.document import Document, read_document, runs_leftwards
from booklet.pdf.opening import CannotOpen, Why, guarded, open_pdf
from booklet.pdf.page_model import Face, Mark, PageContent, TextRun
from booklet.pdf.pages import frames
from booklet.pdf.pdfium import read_pages
from booklet.pdf.tree import Element, read_tree
from booklet.plain_file import read_file
from booklet.problems import BookletError

Found = TypeVar("Found")

CLEAR_PRINT = 12.0  # Points: the floor where nothing is said of the size (UKAAF G003, clear print)


class CannotRead(BookletError):
    """The file is damaged, locked, empty or no PDF; the message is one sentence."""


@dataclass(frozen=True)
class Heading:
    """A heading as the structure tree has it."""

    level: int  # Its level from 1; 0 is the unnumbered `H`
    text: str  # Its words
    page: int  # The page it starts on


@dataclass(frozen=True)
class InspectedPdf:
    """One finished PDF."""

    name: str  # The name of its file
    bytes: int  # How large the file is
    size: Size | None  # The size of print it is meant to hold, where that is known
    floor: float  # The smallest print it may hold, points
    document: Document  # What it says of itself
    tree: Element | None  # The root of its structure tree; `None` for an untagged file
    pages: tuple[PageContent, ...]  # What is painted on each page

    @property
    def is_print_sheets(self) -> bool:
        """Whether its name or title says that it is laid out for the printer."""
        return "_PRINT-" in self.name or self.document.title.casefold().startswith("print sheets")

    @cached_property
    def runs(self) -> tuple[TextRun, ...]:
        """All text that leaves ink or could, page by page."""
        return tuple(run for page in self.pages for run in page.runs if run.text.strip())

    @cached_property
    def faces(self) -> dict[Face, TextRun]:
        """Each face of its text, and the run in which it is first met."""
        first: dict[Face, TextRun] = {}
        for run in self.runs:
            for face in (run.face, *run.others):
                first.setdefault(face, run)
        return first

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        """All structure elements in reading order, without the root."""
        return tuple(self.tree.walk())[1:] if self.tree else ()

    @cached_property
    def marked(self) -> dict[Mark, tuple[TextRun, ...]]:
        """The runs of each piece of marked content that the tree knows."""
        known = frozenset(self.tree.marks) if self.tree else frozenset()
        found: dict[Mark, tuple[TextRun, ...]] = {}
        for run in (run for page in self.pages for run in page.runs):
            if run.mark in known:
                found[run.mark] = (*found.get(run.mark, ()), run)
        return found

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """All lines of print, furniture included."""
        leftwards = runs_leftwards(self.document.language)
        return tuple(read_lines(self.pages, self.owners, leftwards))

    @cached_property
    def owners(self) -> dict[Mark, Owner]:
        """The block that each piece of marked content belongs to."""
        return owners(self.tree)

    @cached_property
    def printed(self) -> tuple[Line, ...]:
        """The lines that leave ink, without furniture."""
        return tuple(line for line in self.lines if line.glyphs and not line.owner.artifact)

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

    def passages(self, chosen: Callable[[TextRun], bool]) -> Iterator[tuple[TextRun, str]]:
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
        return " ".join(joined(self.runs_of(element)).split())

    def runs_of(self, element: Element) -> Iterator[TextRun]:
        """The pieces of text an element holds, in reading order."""
        for mark in element.marks:
            yield from self.marked.get(mark, ())


def _at_home(page: PageContent, known: frozenset[Mark]) -> PageContent:
    """A page whose marks are those of the tree.

    WeasyPrint numbers the marked content of a transparent group with its page's.
    """

    def home(run: TextRun) -> TextRun:
        outer = Mark(run.mark.page, 0, run.mark.mcid) if run.mark else None
        return run if run.mark in known or outer not in known else replace(run, mark=outer)

    return replace(page, runs=tuple(home(run) if run.mark else run for run in page.runs))


def inspect_pdf(file: Path | bytes, name: str, size: Size | None) -> InspectedPdf:
    """Reads a finished PDF; `CannotRead` says in one sentence why it could not."""
    return made_of(file, name, lambda data: _read(data, name, size))


def made_of(file: Path | bytes, name: str, read: Callable[[bytes], Found]) -> Found:
    """What a function makes of a PDF of any origin; `CannotRead` says in a sentence why not."""
    try:
        data = read_file(file) if isinstance(file, Path) else file
        with guarded():
            return read(data)
    except CannotOpen as error:
        words = _UNREAD[error.why].format(error.detail or "its parts do not fit")
        raise CannotRead(f"{name} {words}") from error
    except OSError as error:
        raise CannotRead(f"{name} cannot be opened: {error.strerror}") from error


_UNREAD: dict[Why, str] = {
    "empty": "is empty",
    "no PDF": "is not a PDF",
    "locked": "is locked with a password",
    "no pages": "has no pages",
    "too many pages": "has {} pages; it is no booklet",
    "damaged": "is damaged: {}",
}


def _read(data: bytes, name: str, size: Size | None) -> InspectedPdf:
    reader = open_pdf(data)
    places = frames(reader)
    document, tree = read_document(reader, places), read_tree(reader)
    size = size or size_of(name, document.title)
    floor = size.floor if size else CLEAR_PRINT
    known = frozenset(tree.marks) if tree else frozenset()
    pages = tuple(_at_home(page, known) for page in read_pages(data, places, floor))
    return InspectedPdf(name, len(data), size, floor, document, tree, pages)


def size_of(name: str, title: str = "") -> Size | None:
    """The size of print a file's own name or title speaks of; `None` where neither does.

    >>> size_of("aml-relapse_patient_en_large-print-18pt_v0-1.pdf").floor
    18
    >>> size_of("to-send.pdf", "AML. For patients. Print size 20 point").floor
    20
    >>> size_of("leaflet.pdf") is None
    True
    """
    by_name = [size for size in all_sizes() if size.slug in Path(name).stem.split("_")]
    by_title = [size for size in all_sizes()[1:] if _is_told(size, title.lower())]
    return next(iter(by_name or by_title), None)


def _is_told(size: Size, title: str) -> bool:
    """Whether a title in small letters speaks of this size, by its name or by its number."""
    return (f"print size {size.name} point" if size.points else f"{size.name} print") in title
