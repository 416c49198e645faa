"""What each page paints, and which element of the content it belongs to.

Works on WeasyPrint's boxes after layout: every box carries the element it came from, however
often a page break cut it. Nothing is changed here; the result says, for each run of text and
each picture, whose it is, or what kind of artifact.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint import Document
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from booklet.problems import BookletError
from booklet.tagging.source_words import Source, is_hidden, letters, read_source

Box = Any
Block = tuple[Element | None, str | None] | None
Rectangle = tuple[float, float, float, float]


class CannotTag(BookletError):
    """The pages hold something this module cannot give a place in the structure tree."""


class Artifact(Enum):
    """Why something on the page is not content (ISO 32000-1, 14.8.2.2.2 and table 330)."""

    DECORATION = ()
    PAGINATION = (("Type", "/Pagination"),)
    HEADER = (("Type", "/Pagination"), ("Subtype", "/Header"))
    FOOTER = (("Type", "/Pagination"), ("Subtype", "/Footer"))


_EDGES = {"top": Artifact.HEADER, "bottom": Artifact.FOOTER}


@dataclass(frozen=True, slots=True)
class Piece:
    """One run of text, or one picture, painted in one go on one page.

    `page` counts from 0; `place` orders pieces as they are read. `words` are the numbers of
    the first and last word of the content it holds, None for a picture and for generated text.
    `line` is the line box it stands in, `block` names the block around that.
    """

    page: int
    box: Box
    place: int
    words: tuple[int, int] | None
    line: Box
    block: Block

    def runs_into(self, other: "Piece") -> bool:
        """Whether no space parts the two in the content, so that they are one word."""
        if self.block != other.block:
            return False
        if self.words is None or other.words is None:
            return self.line is other.line
        return self.words[1] == other.words[0]


@dataclass(frozen=True, slots=True)
class Area:
    """Where one link is on one page; `rectangles` are x1, y1, x2, y2 in CSS pixels from the top."""

    page: int
    box: Box
    rectangles: tuple[Rectangle, ...]


@dataclass(frozen=True, slots=True)
class Painted:
    """Everything the pages of a document paint."""

    sources: tuple[Source, ...]
    pieces: Mapping[Element, tuple[Piece, ...]]
    labels: Mapping[Element, tuple[Piece, ...]]
    artifacts: Mapping[Box, Artifact]
    areas: Mapping[Element, tuple[Area, ...]]
    styles: Mapping[Element, Any]


def look_at(document: Document) -> Painted:
    """What the document's pages paint; `CannotTag` where text has no place in the content."""
    eye = _Eye()
    for number, page in enumerate(document.pages):
        eye.look(number, page)
    eye.check_all_seen()
    return Painted(
        tuple(eye.sources.values()),
        {element: tuple(pieces) for element, pieces in eye.pieces.items()},
        {element: tuple(pieces) for element, pieces in eye.labels.items()},
        eye.artifacts,
        {element: tuple(areas) for element, areas in eye.areas.items()},
        eye.styles,
    )


class _Eye:
    """Walks the boxes of one page after another, keeping the place in every element's text."""

    def __init__(self) -> None:
        self.sources: dict[Element, Source] = {}
        self.pieces: dict[Element, list[Piece]] = {}
        self.labels: dict[Element, list[Piece]] = {}
        self.artifacts: dict[Box, Artifact] = {}
        self.areas: dict[Element, list[Area]] = {}
        self.styles: dict[Element, Any] = {}
        self._read: dict[Element, int] = {}
        self._first_page: dict[Element, int] = {}

    def look(self, number: int, page: Any) -> None:
        """Take in one page; `number` counts from 0."""
        self._number = number
        children = page._page_box.children
        root = next(box.element for box in children if box.is_for_root_element)
        if root not in self.sources:
            self.sources[root] = read_source(root)
        self._source = self.sources[root]
        for box in children:
            self._visit(box, None, None)
        self._note_links(page)

    def check_all_seen(self) -> None:
        """Fail where an element's text stops in the middle: part of it was never painted."""
        for source in self.sources.values():
            for element, own in source.own.items():
                read = self._read.get(element, 0)
                if 0 < read < len(own.letters):
                    raise CannotTag(f"<{element.tag}> is cut off before {own.letters[read:]!r}")

    def _visit(self, box: Box, line: Box, block: Block) -> None:
        box = box._box if isinstance(box, AbsolutePlaceholder) else box
        if kind := self._furniture(box):
            self.artifacts.update((leaf, kind) for leaf in _leaves(box))
        elif isinstance(box, boxes.TextBox | boxes.ReplacedBox):
            self._take(box, line, block)
        else:
            self._descend(box, line, block)

    def _descend(self, box: Box, line: Box, block: Block) -> None:
        if isinstance(box, boxes.LineBox):
            line = line or box
        elif not isinstance(box, boxes.InlineBox | boxes.AtomicInlineLevelBox):
            line, block = None, (box.element, box.element_tag)
        if box.element is not None and box.element_tag == box.element.tag:
            self.styles.setdefault(box.element, box.style)
        for child in box.children:
            self._visit(child, line, block)
            if child.is_leader:
                line = child

    def _furniture(self, box: Box) -> Artifact | None:
        """The kind of artifact a box is with all it holds, None for content."""
        if isinstance(box, boxes.MarginBox):
            edge = box.at_keyword.removeprefix("@").split("-")[0]
            return _EDGES.get(edge, Artifact.PAGINATION)
        if isinstance(box, boxes.TableRowGroupBox) and (box.is_header or box.is_footer):
            first = self._first_page.setdefault(box.element, self._number)
            return Artifact.PAGINATION if first != self._number else None
        return Artifact.DECORATION if _is_decoration(box) else None

    def _take(self, box: Box, line: Box, block: Block) -> None:
        """Give one run of text or one picture its place in the content."""
        element, pseudo = box.element, box.element_tag.partition("::")[2]
        generated = pseudo and pseudo != "first-letter"
        words = None
        if isinstance(box, boxes.ReplacedBox):
            place = self._source.opens[element]
        elif generated:
            place = (self._source.closes if pseudo == "after" else self._source.opens)[element]
        else:
            place, words = self._find(box)
        is_label = element.tag == "li" and pseudo in ("marker", "before")
        pieces = self.labels if is_label else self.pieces
        piece = Piece(self._number, box, place, words, line, block)
        pieces.setdefault(element, []).append(piece)

    def _find(self, box: Box) -> tuple[int, tuple[int, int]]:
        """The place of a run of text, and its first and last word, reading on from the last."""
        own, start = self._source.own[box.element], self._read.get(box.element, 0)
        found = letters(box.text)
        if not own.letters.startswith(found, start):
            found = letters(box.text.removesuffix(box.style["hyphenate_character"]))
        if not own.letters.startswith(found, start):
            raise CannotTag(f"{box.text!r} is not the next text of its <{box.element.tag}>")
        end = self._read[box.element] = start + len(found)
        return own.places[start], (own.words[start], own.words[end - 1])

    def _note_links(self, page: Any) -> None:
        """Gather the rectangles of each link, leaving out those of the boxes inside a link."""
        found: dict[Element, list[tuple[Box, Rectangle]]] = {}
        for _kind, _target, rectangle, box in page.links:
            if box.link and box.element is not None:
                found.setdefault(box.element, []).append((box, rectangle))
        for element, parts in found.items():
            area = Area(self._number, parts[0][0], tuple(rectangle for _box, rectangle in parts))
            self.areas.setdefault(element, []).append(area)


def _leaves(box: Box) -> Iterator[Box]:
    box = box._box if isinstance(box, AbsolutePlaceholder) else box
    if isinstance(box, boxes.TextBox | boxes.ReplacedBox):
        yield box
    else:
        for child in box.children:
            yield from _leaves(child)


def _is_decoration(box: Box) -> bool:
    """Whether a box holds nothing to read: hidden, without letters, or a picture for show."""
    element = box.element
    if element is None:
        return False
    if is_hidden(element) or box.is_leader:
        return True
    if isinstance(box, boxes.TextBox):
        return not letters(box.text)
    if isinstance(box, boxes.ReplacedBox):
        for_show = element.get("role") in ("presentation", "none") or element.get("alt") == ""
        return for_show or "::" in box.element_tag
    return False
