"""Runs of text put together to lines and blocks, as a reader sees them on the page."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from booklet.pdf.geometry import Box, around
from booklet.pdf.page_model import Glyph, Mark, PageContent, TextRun
from booklet.pdf.tree import Element

INLINE = frozenset({"Span", "NonStruct", "Private", "Link", "Annot", "Reference", "Quote", "Code"})
GROUPING = frozenset(
    {"Root", "Document", "Part", "Art", "Sect", "Div", "TOC", "Index", "L", "LI", "Table", "TR"}
    | {"THead", "TBody", "TFoot", "BlockQuote"}
)
HYPHENS = ("-", "\u2010", "\u2011", "\u00ad")

SAME_LINE = 0.3  # Baselines closer than this, in ems, are one line
WORD_SPACE = 0.3  # A gap in ems that parts two words; PDFium puts in the spaces it sees
COLUMN_SPACE = 2.0  # A gap in ems that parts two columns
BLOCK_GAP = 1.9  # Untagged lines further apart than this, in ems, belong to two paragraphs


@dataclass(frozen=True, slots=True)
class Owner:
    """What a line belongs to."""

    key: Hashable  # What tells one owner from another
    role: str  # The role of the structure element around the line, empty where it is untagged
    artifact: bool  # Whether the line is marked as no part of the content


@dataclass(frozen=True)
class Line:
    """Runs that stand on one baseline, in reading order."""

    page: int  # The page it stands on
    owner: Owner  # What it belongs to
    runs: tuple[TextRun, ...]  # Its text
    leftwards: bool = False
    """Whether the document runs from right to left: `left` and `right` then count from the right,
    and grow from where a line starts to where it ends, as they do in English."""

    @cached_property
    def text(self) -> str:
        """Its words."""
        return joined(self.runs).strip()

    @cached_property
    def glyphs(self) -> tuple[Glyph, ...]:
        """Its characters that leave ink."""
        return tuple(glyph for run in self.runs for glyph in run.glyphs if glyph.box)

    @cached_property
    def box(self) -> Box:
        """What its characters cover."""
        return around([run.box for run in self.runs])

    @cached_property
    def left(self) -> float:
        """Where its first character starts, points."""
        if self.leftwards:
            return -self.box.right
        return self.glyphs[0].x if self.glyphs else self.box.left

    @cached_property
    def right(self) -> float:
        """Where its last character ends, points."""
        return -self.box.left if self.leftwards else self.box.right

    @cached_property
    def baseline(self) -> float:
        """The height of its baseline, points."""
        return self.runs[0].baseline

    @cached_property
    def size(self) -> float:
        """Its largest letters, points."""
        return max(run.size for run in self.runs)


@dataclass(frozen=True)
class Block:
    """The lines of one paragraph, heading, list item or cell, in reading order."""

    owner: Owner  # The structure element it is, where there is one
    lines: tuple[Line, ...]  # Its lines

    @property
    def page(self) -> int:
        """The page it starts on."""
        return self.lines[0].page

    @cached_property
    def text(self) -> str:
        """All its words."""
        return joined(run for line in self.lines for run in line.runs).strip()


def joined(runs: Iterable[TextRun]) -> str:
    """The words of runs in reading order, spaces put in where only the page shows them."""
    words, before = "", None
    for run in runs:
        if before is not None and not touch(before, run):
            words += " "
        words, before = words + run.text, run
    return " ".join(words.split(" ")).replace("\u00ad", "")


def touch(one: TextRun, other: TextRun) -> bool:
    """Whether no space belongs between two runs: same word, or a word with its hyphen."""
    if one.text[-1:].isspace() or other.text[:1].isspace() or not one.text or not other.text:
        return True
    if not _same_line(one, other):
        return one.text.endswith(HYPHENS)
    return _gap(one, other) < WORD_SPACE * max(one.size, other.size)


def _gap(one: TextRun, other: TextRun, leftwards: bool = False) -> float:
    """The distance from a run to the next, points; to either side where letters run leftwards."""
    gap = other.box.left - one.box.right
    if leftwards or one.leftwards or other.leftwards:
        return max(gap, one.box.left - other.box.right)
    return gap


def _same_line(one: TextRun, other: TextRun) -> bool:
    em = max(one.size, other.size)
    return one.page == other.page and abs(one.baseline - other.baseline) < SAME_LINE * em


def owners(root: Element | None) -> dict[Mark, Owner]:
    """The block each piece of marked content belongs to: the nearest element that is not inline.

    Text straight inside a section or another grouping element is a block of its own.
    """
    found: dict[Mark, Owner] = {}

    def own(element: Element, around_it: Owner) -> None:
        loose = around_it.role in GROUPING
        is_block = element.role not in INLINE or loose
        owner = Owner(id(element), element.role, False) if is_block else around_it
        found.update((child, owner) for child in element.children if isinstance(child, Mark))
        for child in element.elements:
            own(child, owner)

    if root is not None:
        own(root, Owner(id(root), "Root", False))
    return found


def read_lines(
    pages: Iterable[PageContent], owned: Mapping[Mark, Owner], leftwards: bool = False
) -> Iterator[Line]:
    """The lines of all pages, in the order they are painted."""
    for page in pages:
        line: list[TextRun] = []
        owner = _LOOSE
        for run in (run for run in page.runs if run.glyphs):
            here = owned.get(run.mark, _LOOSE) if run.mark else _LOOSE
            here = _FURNITURE if run.artifact else here
            if line and (here != owner or not _continues(line[-1], run, leftwards)):
                yield Line(page.number, owner, tuple(line), leftwards)
                line = []
            line, owner = [*line, run], here
        if line:
            yield Line(page.number, owner, tuple(line), leftwards)


_LOOSE = Owner(None, "", False)
_FURNITURE = Owner("furniture", "Artifact", True)


def _continues(one: TextRun, other: TextRun, leftwards: bool) -> bool:
    em = max(one.size, other.size)
    gap = _gap(one, other, leftwards)
    return _same_line(one, other) and -em < gap < COLUMN_SPACE * em


def read_blocks(lines: Iterable[Line]) -> tuple[Block, ...]:
    """Blocks of lines: by structure element, or by place on the page where there is none."""
    tagged: dict[Hashable, list[Line]] = {}
    for line in lines:
        if line.owner.artifact or not line.owner.role:
            last = tagged.get(("loose", len(tagged) - 1))
            if last is not None and not line.owner.artifact and _below(last, line):
                last.append(line)
            else:
                tagged["loose", len(tagged)] = [line]
        else:
            tagged.setdefault(line.owner.key, []).append(line)
    return tuple(Block(part[0].owner, tuple(part)) for part in tagged.values())


def _below(block: list[Line], line: Line) -> bool:
    last = block[-1]
    gap = last.baseline - line.baseline
    return (
        not last.owner.artifact
        and last.page == line.page
        and abs(last.size - line.size) < 0.1 * line.size
        and abs(last.left - line.left) < COLUMN_SPACE * line.size
        and 0 < gap < BLOCK_GAP * line.size
    )
