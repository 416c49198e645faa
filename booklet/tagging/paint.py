"""How pages are painted: artifacts marked as such, words kept apart, in the order of reading."""

import unicodedata
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from typing import Any

import pydyf
from weasyprint.formatting_structure.boxes import LineBox, MarginBox, ParentBox, TextBox
from weasyprint.pdf.stream import Stream

from booklet.tagging.pages import Area, Artifact, Box, Rectangle

#: What a piece of a letter stands for that has no words of its own: a space of no width. An empty
#: mapping is none (ISO 14289-1, 7.21.7).
_NOTHING = "\u200b"


class ContentStream(Stream):  # type: ignore[misc]
    """A page's content, in which artifacts are marked as such and words stay apart."""

    def __init__(
        self,
        artifacts: Mapping[Box, Artifact],
        parted: Collection[Box],
        *args: Any,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self._artifacts = artifacts
        self._parted = parted

    def clone(self, **options: Any) -> Stream:
        """A stream for a group or a pattern: what paints it on the page has the mark."""
        return super().clone(**{"tags": None, **options})

    @contextmanager
    def marked(self, box: Box, tag: str) -> Iterator[None]:
        """Mark what is painted inside as content, or as the artifact it is."""
        if self._tags is None:
            yield
        elif kind := self._artifacts.get(box):
            properties = pydyf.Dictionary(dict(kind.value)) if kind.value else None
            self.begin_marked_content("Artifact", properties)
            with self._spelled_out(box, ends_in_space=False):
                yield
            self.end_marked_content()
        else:
            parted = box in self._parted
            with super().marked(box, tag), self._spelled_out(box, parted):
                yield

    @contextmanager
    def _spelled_out(self, box: Box, ends_in_space: bool) -> Iterator[None]:
        """Paint a run of text so that its letters can be read back as they were written.

        Letters that run from right to left are painted in the order in which they stand on the
        page, some in pieces that several letters share: the run says its own words beside them
        (ISO 32000-1, 14.9.4). So does one whose last space would be painted at its left, where it
        moves the letters.
        """
        text = box.pango_layout.text if isinstance(box, TextBox) else ""
        turned = any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text)
        if not turned and not (ends_in_space and box.style["direction"] == "rtl"):
            with _ending_in_space(box, ends_in_space):
                yield
            return
        words = pydyf.String(f"{text} " if ends_in_space else text)
        self.begin_marked_content("Span", pydyf.Dictionary({"ActualText": words}))
        yield
        self.end_marked_content()
        for font in self._fonts.values():
            font.to_unicode |= {
                glyph: _NOTHING for glyph, said in font.to_unicode.items() if not said
            }


@contextmanager
def _ending_in_space(box: Box, wanted: bool) -> Iterator[None]:
    """Paint a run of text with a space after it; nothing else on the line moves."""
    if not wanted:
        yield
        return
    text = box.pango_layout.text
    box.pango_layout.text = f"{text} "
    try:
        yield
    finally:
        box.pango_layout.text = text


def page_to_paint(page: Any, areas: Mapping[Box, Area]) -> Any:
    """A copy of the page with one rectangle for each link, and labels painted with their items."""
    copied = copy(page)
    copied._page_box = _labels_in_line(page._page_box)
    copied.links = [
        (kind, target, _around(areas[box]), box)
        for kind, target, _rectangle, box in page.links
        if box in areas
    ]
    return copied


def _around(area: Area) -> Rectangle:
    lefts, tops, rights, bottoms = zip(*area.rectangles, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _labels_in_line(box: Box) -> Box:
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


def _led_by(lines: list[Box], box: Box) -> Box | None:
    """The box with `lines` before the first line of its text; None if it has no text."""
    children = list(box.children)
    for index, child in enumerate(children):
        if isinstance(child, LineBox):
            return box.copy_with_children([*children[:index], *lines, *children[index:]])
        if isinstance(child, ParentBox) and (led := _led_by(lines, child)):
            return box.copy_with_children([*children[:index], led, *children[index + 1 :]])
    return None
