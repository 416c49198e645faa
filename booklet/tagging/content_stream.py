"""How pages are painted: artifacts marked as such, words kept apart, in the order of reading."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from copy import copy
from typing import Any

import pydyf
from weasyprint.formatting_structure.boxes import LineBox, MarginBox, ParentBox, TextBox
from weasyprint.pdf.stream import Stream

from booklet.content.language import runs_left
from booklet.tagging.marked_content import Artifact, LayoutBox, LinkArea
from booklet.tagging.weasyprint_patches import page_box, patched


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
        self.lost_spaces = lost_spaces

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
            with self._with_its_space(box):
                yield
            self.end_marked_content()
        else:
            with super().marked(box, tag), self._with_its_space(box):
                yield

    def _with_its_space(self, box: LayoutBox) -> AbstractContextManager[None]:
        """Paint a run of text with the space that layout dropped; nothing else moves.

        At the left of letters that run to it the space would move them: `text_painter` sees to it.
        """
        if not isinstance(box, TextBox) or box not in self.lost_spaces:
            return nullcontext()
        if box.style["direction"] == "rtl" or runs_left(box.text):
            return nullcontext()
        return patched(box.pango_layout, text=f"{box.pango_layout.text} ")


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


def without_margins(page: Any) -> Any:
    """A copy of the page with nothing in its margins."""
    copied, box = copy(page), page_box(page)
    inner = [child for child in box.children if not isinstance(child, MarginBox)]
    copied._page_box = box.copy_with_children(inner)
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
