"""How pages are painted: artifacts marked as such, words kept apart, in the order of reading."""

import unicodedata
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from typing import Any

import pydyf
from weasyprint.formatting_structure.boxes import LineBox, MarginBox, ParentBox, TextBox
from weasyprint.pdf.stream import Stream

from booklet.tagging.marked_content import Artifact, LayoutBox, LinkArea
from booklet.tagging.weasyprint_patches import page_box, patched

#: What a piece of a letter stands for that has no words of its own: a space of no width. An empty
#: mapping is none (ISO 14289-1, 7.21.7).
_NOTHING = "\u200b"


class ContentStream(Stream):  # type: ignore[misc]
    """A page's content, in which artifacts are marked as such and words stay apart.

    `artifacts` are the boxes that are no content, `lost_spaces` those that must end in a space.
    """

    def __init__(
        self,
        artifacts: Mapping[LayoutBox, Artifact],
        lost_spaces: Collection[LayoutBox],
        *args: Any,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self._artifacts = artifacts
        self._lost_spaces = lost_spaces

    def clone(self, **options: Any) -> Stream:
        """A stream for a group or a pattern: what paints it on the page has the mark."""
        return super().clone(**{"tags": None, **options})

    @property
    def numbers(self) -> dict[LayoutBox, int]:
        """The `MCID` of each box that was painted as content."""
        return {box: marked["mcid"] for box, marked in self._tags.items()}

    @contextmanager
    def marked(self, box: LayoutBox, tag: str) -> Iterator[None]:
        """Mark what is painted inside as content, or as the artifact it is."""
        if self._tags is None:
            yield
        elif kind := self._artifacts.get(box):
            properties = pydyf.Dictionary(dict(kind.value)) if kind.value else None
            self.begin_marked_content("Artifact", properties)
            with self._spelled_out(box):
                yield
            self.end_marked_content()
        else:
            with super().marked(box, tag), self._spelled_out(box):
                yield

    @contextmanager
    def _spelled_out(self, box: LayoutBox) -> Iterator[None]:
        """Paint a run of text so that its letters can be read back as they were written.

        A space that layout dropped is painted again at the end; nothing else on the line moves.
        Letters that run from right to left are painted in the order in which they stand on the
        page, some in pieces that several letters share: the run says its own words beside them
        (ISO 32000-1, 14.9.4). So does one whose last space would be painted at its left, where it
        moves the letters.
        """
        if not isinstance(box, TextBox):
            yield
            return
        text, space = box.pango_layout.text, " " if box in self._lost_spaces else ""
        turned = any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text)
        if not turned and not (space and box.style["direction"] == "rtl"):
            with patched(box.pango_layout, text=text + space):
                yield
            return
        self.begin_marked_content(
            "Span", pydyf.Dictionary({"ActualText": pydyf.String(text + space)})
        )
        yield
        self.end_marked_content()
        for font in self._fonts.values():
            font.to_unicode |= {
                glyph: _NOTHING for glyph, said in font.to_unicode.items() if not said
            }


def page_to_paint(page: Any, areas: Mapping[LayoutBox, LinkArea]) -> Any:
    """A copy of the page with one rectangle for each link, and labels painted with their items."""
    copied = copy(page)
    copied._page_box = _labels_in_line(page_box(page))
    copied.links = []
    for kind, target, _rectangle, box in page.links:
        if box in areas:
            lefts, tops, rights, bottoms = zip(*areas[box].rectangles, strict=True)
            around = min(lefts), min(tops), max(rights), max(bottoms)
            copied.links.append((kind, target, around, box))
    return copied


def _labels_in_line(box: LayoutBox) -> LayoutBox:
    """The same boxes, the labels of list items painted just before the text they label.

    WeasyPrint sets a label outside its item's text as an absolutely positioned box, and paints
    those last: all labels of a page after all of its text.
    """
    if not isinstance(box, ParentBox) or isinstance(box, LineBox | MarginBox):
        return box
    inner = box.copy_with_children([_labels_in_line(child) for child in box.children])
    labels = [child for child in inner.children if child.is_outside_marker]
    if not labels:
        return inner
    others = [child for child in inner.children if not child.is_outside_marker]
    lines = [line for label in labels for line in label.children]
    return _led_by(lines, inner.copy_with_children(others)) or inner


def _led_by(lines: list[LayoutBox], box: LayoutBox) -> LayoutBox | None:
    """The box with `lines` before the first line of its text; None if it has no text."""
    children = list(box.children)
    for index, child in enumerate(children):
        if isinstance(child, LineBox):
            return box.copy_with_children([*children[:index], *lines, *children[index:]])
        if isinstance(child, ParentBox) and (led := _led_by(lines, child)):
            return box.copy_with_children([*children[:index], led, *children[index + 1 :]])
    return None
