"""Letters that were set one after the other: on which pages each is, and where its parts stand.

Lengths are in millimetres from the top left of the page.
"""

from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from weasyprint.formatting_structure.boxes import BlockBox, MarginBox

from booklet.tagging.weasyprint_patches import page_box

if TYPE_CHECKING:
    import weasyprint

MM = 25.4 / 96  # Millimetres in a CSS pixel


class Placed(NamedTuple):
    """Where something stands on its page."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class SetLetter:
    """One letter, as it was set."""

    pages: range  # Its pages in the document, counted from 0
    parts: Mapping[str, Placed]  # The blocks of page 1 that were asked for, by their class
    lines: Mapping[str, float]  # How far the longest line of each reaches to the right
    left: float  # Where the words that stand farthest out begin and end, on any page
    right: float


def letters_set(document: "weasyprint.Document", classes: tuple[str, ...]) -> tuple[SetLetter, ...]:
    """Every letter of a document, an `article` each, in their order; `classes` are those measured.

    Each letter begins a page.
    """
    found: list[tuple[Any, list[Any]]] = []
    for page in document.pages:
        article = next(box for box in page_box(page).descendants() if _tag(box) == "article")
        if not found or found[-1][0] is not article.element:
            found.append((article.element, []))
        found[-1][1].append(article)
    return tuple(_measured(found, classes))


def _measured(found: list[tuple[Any, list[Any]]], classes: tuple[str, ...]) -> Iterator[SetLetter]:
    first = 0
    for _, boxes in found:
        parts: dict[str, Placed] = {}
        lines: dict[str, float] = {}
        edges: list[tuple[float, float]] = []
        for box in boxes[0].descendants():
            if (name := _class(box)) in classes and name not in parts:
                parts[name] = _placed(box)
                lines[name] = max(right for _, right in _edges(box))
        for box in boxes:
            edges += _edges(box)
        yield SetLetter(
            range(first, first + len(boxes)),
            parts,
            lines,
            min(left for left, _ in edges),
            max(right for _, right in edges),
        )
        first += len(boxes)


def _edges(box: Any) -> Iterator[tuple[float, float]]:
    """Where each run of text below a box begins and ends."""
    for each in box.descendants():
        if hasattr(each, "pango_layout"):
            yield each.position_x * MM, (each.position_x + each.width) * MM


def _placed(box: Any) -> Placed:
    left, top = box.content_box_x(), box.content_box_y()
    return Placed(*(edge * MM for edge in (left, top, left + box.width, top + box.height)))


def _tag(box: Any) -> str | None:
    return box.element.tag if box.element is not None else None


def _class(box: Any) -> str:
    """The first class of the element that a block is of; empty for other boxes, as its lines."""
    if type(box) is not BlockBox or box.element is None:
        return ""
    return str(box.element.get("class") or "").split(" ")[0]


def numbered_where_several(
    document: "weasyprint.Document", letters: tuple[SetLetter, ...]
) -> "weasyprint.Document":
    """The document without the line at the foot of letters that have one page."""
    alone = {letter.pages[0] for letter in letters if len(letter.pages) == 1}
    return document.copy(
        [
            _without_margins(page) if number in alone else page
            for number, page in enumerate(document.pages)
        ]
    )


def _without_margins(page: Any) -> Any:
    copied, box = copy(page), page_box(page)
    inner = [child for child in box.children if not isinstance(child, MarginBox)]
    copied._page_box = box.copy_with_children(inner)
    return copied
