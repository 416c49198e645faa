"""What each page paints, and which element of the content it belongs to.

Works on WeasyPrint's boxes after layout: every box carries the element it came from, however
often a page break cut it. Nothing is changed here; the result says, for each run of text and
each picture, whose it is, or what kind of artifact.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint import Document
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from booklet.problems import BookletError
from booklet.tagging.source_text import SourceText, is_hidden, letters, number_text
from booklet.tagging.weasyprint_patches import page_box

#: A box of WeasyPrint's layout.
LayoutBox = Any
#: Left, top, right and bottom in CSS pixels from the top left of the page.
Rectangle = tuple[float, float, float, float]


class CannotTag(BookletError):
    """The pages hold something that has no place in the structure tree."""


class Artifact(Enum):
    """Why something on the page is not content (ISO 32000-1, 14.8.2.2.2 and table 330)."""

    DECORATION = ()
    PAGINATION = (("Type", "/Pagination"),)
    HEADER = (("Type", "/Pagination"), ("Subtype", "/Header"))
    FOOTER = (("Type", "/Pagination"), ("Subtype", "/Footer"))


_PAINTED = boxes.TextBox | boxes.ReplacedBox
_EDGES = {"top": Artifact.HEADER, "bottom": Artifact.FOOTER}


@dataclass(frozen=True, slots=True)
class MarkedContent:
    """One run of text, or one picture, painted in one go on one page: it gets one `MCID`."""

    #: The page, counted from 0.
    page: int
    #: The box that is painted.
    box: LayoutBox
    #: Where it is read, among the places of `SourceText`.
    place: int
    #: The numbers of its first and last word; `None` for a picture and for generated text.
    words: tuple[int, int] | None
    #: The line box it stands in, or the leader it stands behind.
    line: LayoutBox
    #: The element of the block around that line, with its pseudo-element.
    block: tuple[Element | None, str | None] | None

    def runs_into(self, other: "MarkedContent") -> bool:
        """Whether no space parts the two in the content, so that they are one word."""
        if self.block != other.block:
            return False
        if self.words is None or other.words is None:
            return self.line is other.line
        return self.words[1] == other.words[0]


@dataclass(frozen=True, slots=True)
class LinkArea:
    """Where one link can be followed on one page: it gets one annotation."""

    #: The page, counted from 0.
    page: int
    #: The first of the link's boxes on the page, which WeasyPrint hangs the annotation on.
    box: LayoutBox
    #: One for each line of the link, and for each element in it that is parted from the rest.
    rectangles: tuple[Rectangle, ...]


@dataclass(frozen=True, slots=True)
class PaintedContent:
    """Everything the pages of a document paint, by the element of the content it belongs to."""

    #: The HTML pages that were set, by their root: several where documents are written as one.
    sources: dict[Element, SourceText]
    #: Text and pictures, as they are read.
    content: dict[Element, list[MarkedContent]]
    #: The bullets and numbers of list items.
    labels: dict[Element, list[MarkedContent]]
    #: The boxes that paint no content, and why.
    artifacts: dict[LayoutBox, Artifact]
    #: Where links are, page by page.
    links: dict[Element, list[LinkArea]]
    #: The computed style of each element that has a box of its own.
    styles: dict[Element, Any]


def read_pages(document: Document) -> PaintedContent:
    """What the document's pages paint; `CannotTag` where text has no place in the content."""
    reader = _BoxReader()
    for number, page in enumerate(document.pages):
        reader.read(number, page)
    reader.check_all_read()
    return reader.found


class _BoxReader:
    """Reads the boxes of one page after another, keeping the place in every element's text."""

    def __init__(self) -> None:
        self.found = PaintedContent({}, {}, {}, {}, {}, {})
        #: How many letters of each element's text have been painted so far.
        self._painted: dict[Element, int] = {}
        #: The page on which the head or the foot of each table stands first.
        self._first_page: dict[Element, int] = {}

    def read(self, number: int, page: Any) -> None:
        """Take in one page; `number` counts from 0."""
        children = page_box(page).children
        root = next(box.element for box in children if box.is_for_root_element)
        if root not in self.found.sources:
            self.found.sources[root] = number_text(root)
        self._number, self._source = number, self.found.sources[root]
        for box in children:
            self._visit(box, None, None)
        for element, area in _link_areas(number, page.links):
            self.found.links.setdefault(element, []).append(area)

    def check_all_read(self) -> None:
        """Fail where an element's text stops in the middle: part of it was never painted."""
        for source in self.found.sources.values():
            for element, text in source.texts.items():
                if 0 < (painted := self._painted.get(element, 0)) < len(text.letters):
                    rest = text.letters[painted:]
                    raise CannotTag(f"<{element.tag}> is cut off before {rest!r}")

    def _visit(self, box: LayoutBox, line: LayoutBox, block: Any) -> None:
        box = box._box if isinstance(box, AbsolutePlaceholder) else box
        if (kind := self._artifact(box)) is not None:
            for each in box.descendants(placeholders=True):
                if isinstance(each, _PAINTED):
                    self.found.artifacts[each] = kind
        elif isinstance(box, _PAINTED):
            self._take(box, line, block)
        else:
            self._descend(box, line, block)

    def _descend(self, box: LayoutBox, line: LayoutBox, block: Any) -> None:
        if isinstance(box, boxes.LineBox):
            line = line or box  # an inline block is part of the line it stands in
        elif not isinstance(box, boxes.InlineBox | boxes.AtomicInlineLevelBox):
            line, block = None, (box.element, box.element_tag)
        if box.element is not None and box.element_tag == box.element.tag:
            self.found.styles.setdefault(box.element, box.style)
        for child in box.children:
            self._visit(child, line, block)
            if child.is_leader:  # what stands behind the dots is a word of its own
                line = child

    def _artifact(self, box: LayoutBox) -> Artifact | None:
        """The kind of artifact a box is with all it holds, None for content."""
        if isinstance(box, boxes.MarginBox):
            edge = box.at_keyword.removeprefix("@").split("-")[0]
            return _EDGES.get(edge, Artifact.PAGINATION)
        if isinstance(box, boxes.TableRowGroupBox) and (box.is_header or box.is_footer):
            # A table's head is content once; on the pages that follow it is printed again.
            first = self._first_page.setdefault(box.element, self._number)
            return Artifact.PAGINATION if first != self._number else None
        return Artifact.DECORATION if _is_decoration(box) else None

    def _take(self, box: LayoutBox, line: LayoutBox, block: Any) -> None:
        """Give one run of text or one picture its place in the content."""
        element, pseudo = box.element, box.element_tag.partition("::")[2]
        words = None
        if isinstance(box, boxes.TextBox) and pseudo in ("", "first-letter"):
            place, words = self._find(box)
        else:  # a picture, or generated text: before or after all that its element holds
            order = self._source.ends if pseudo == "after" else self._source.begins
            place = order[element]
        is_label = element.tag == "li" and pseudo in ("marker", "before")
        content = self.found.labels if is_label else self.found.content
        marked = MarkedContent(self._number, box, place, words, line, block)
        content.setdefault(element, []).append(marked)

    def _find(self, box: LayoutBox) -> tuple[int, tuple[int, int]]:
        """The place of a run of text, and its first and last word, reading on from the last."""
        text, start = self._source.texts[box.element], self._painted.get(box.element, 0)
        found = letters(box.text)
        if not text.letters.startswith(found, start):
            found = letters(box.text.removesuffix(box.style["hyphenate_character"]))
        if not text.letters.startswith(found, start):
            raise CannotTag(f"{box.text!r} is not the next text of its <{box.element.tag}>")
        end = self._painted[box.element] = start + len(found)
        return text.places[start], (text.words[start], text.words[end - 1])


def _link_areas(number: int, links: Any) -> Iterator[tuple[Element, LinkArea]]:
    """The links of a page, without the boxes inside a link, which WeasyPrint lists as well."""
    found: dict[Element, list[tuple[LayoutBox, Rectangle]]] = {}
    for _kind, _target, rectangle, box in links:
        if box.link and box.element is not None:
            found.setdefault(box.element, []).append((box, rectangle))
    for element, parts in found.items():
        yield element, LinkArea(number, parts[0][0], tuple(rectangle for _, rectangle in parts))


def _is_decoration(box: LayoutBox) -> bool:
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


def runs_leftwards(document: Document) -> bool:
    """Whether the pages are read from right to left."""
    children = page_box(document.pages[0]).children
    return any(box.is_for_root_element and box.style["direction"] == "rtl" for box in children)
