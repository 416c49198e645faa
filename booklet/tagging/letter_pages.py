"""Letters that were set one after the other: on which pages each is, and where its parts stand.

Lengths are in millimetres from the top left of the page.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from weasyprint.formatting_structure.boxes import BlockBox, TextBox

from booklet.tagging.content_stream import without_margins
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
    parts: Mapping[str, Placed]
    """Where the lines of the blocks of page 1 that were asked for stand, by their class."""
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
        blocks = [each for each in boxes[0].descendants() if _class(each) in classes]
        parts = {_class(each): _around(_texts(each)) for each in blocks}
        words = _around(text for box in boxes for text in _texts(box))
        yield SetLetter(range(first, first + len(boxes)), parts, words.left, words.right)
        first += len(boxes)


def _texts(box: Any) -> Iterator[Any]:
    """The runs of text below a box."""
    return (each for each in box.descendants() if isinstance(each, TextBox))


def _around(texts: Iterable[Any]) -> Placed:
    """The area that runs of text fill, their lines as high as they are set."""
    edges = [
        (each.position_x, each.position_y, each.position_x + each.width, each.margin_height())
        for each in texts
    ]
    lefts, tops, rights, _ = zip(*edges, strict=True)
    bottom = max(top + height for _, top, _, height in edges)
    return Placed(*(edge * MM for edge in (min(lefts), min(tops), max(rights), bottom)))


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
    pages = enumerate(document.pages)
    return document.copy([without_margins(page) if at in alone else page for at, page in pages])
