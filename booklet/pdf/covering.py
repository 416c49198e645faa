"""Which texts of a page are plain: opaque, and with nothing painted over them.

Such a text has the colour that the file gives it, so the page need not be drawn to see it.
"""

from collections.abc import Callable, Iterator, Sequence

import pypdfium2.raw as pdfium

from booklet.pdf.geometry import Box, around
from booklet.pdf.page_model import Mode
from booklet.pdf.page_objects import Item, clips
from booklet.pdf.pages import Frame
from booklet.pdf.paint import Fill
from booklet.pdf.quick_calls import has_transparency

OPAQUE = 255


def plain_texts(painted: Sequence[Item]) -> Iterator[bool]:
    """Of each text among the objects of a page, in the order of painting, whether it is plain.

    Words of another colour over a text count as painted over it; of its own colour they change
    nothing.
    """
    if any(_clips_by_letters(item) for item in painted):
        yield from (False for item in painted if item.kind == pdfium.FPDF_PAGEOBJ_TEXT)
        return
    found: list[bool] = []
    shapes: list[Box] = []  # what is painted after the text that is looked at
    texts: dict[Fill | None, list[Box]] = {}
    for item in reversed(painted):
        box = item.box
        if item.kind != pdfium.FPDF_PAGEOBJ_TEXT:
            shapes.append(box)
            continue
        colour = item.colour
        others = (each for key, boxes in texts.items() if key != colour for each in boxes)
        found.append(
            colour is not None
            and colour[3] == OPAQUE
            and _is_simply_painted(item)
            and not any(box.overlaps(each) for each in shapes)
            and not any(box.overlaps(each) for each in others)
        )
        texts.setdefault(colour, []).append(box)
    yield from reversed(found)


def bare_paper(painted: Sequence[Item], frame: Frame, margin: float) -> Callable[[Box], bool]:
    """Whether nothing but text is painted in a box of the page, nor this near to it.

    Boxes and the margin are as printed, points. Paper is white (ISO 32000-1, 11.4.7).
    """
    sheet = frame.box(frame.crop).grown(-margin)
    others = (item.box for item in painted if item.kind != pdfium.FPDF_PAGEOBJ_TEXT)
    shapes = [frame.box(box).grown(margin) for box in others]

    def is_bare(box: Box) -> bool:
        left, bottom, right, top = box
        if left < sheet.left or bottom < sheet.bottom or right > sheet.right or top > sheet.top:
            return False
        return not any(
            left < to_right and right > from_left and bottom < to_top and top > from_bottom
            for from_left, from_bottom, to_right, to_top in shapes
        )

    return is_bare


def _clips_by_letters(item: Item) -> bool:
    """Whether a text is a window for what follows, of which PDFium tells no more than that."""
    if item.kind != pdfium.FPDF_PAGEOBJ_TEXT:
        return False
    return item.way > Mode.INVISIBLE


def _is_simply_painted(item: Item) -> bool:
    return (
        item.mode is Mode.FILL
        and not item.blended
        and not has_transparency(item.raw)
        and not item.is_type3
        and all(_leaves_whole(path, item.bounds) for path in clips(item.raw))
    )


def _leaves_whole(path: Sequence[Box], bounds: Box) -> bool:
    """Whether a path that something is clipped to is a rectangle with all of it inside."""
    if len(path) not in (4, 5):
        return False
    edges = around(path)
    upright = all(
        point.left in (edges.left, edges.right) and point.top in (edges.bottom, edges.top)
        for point in path
    )
    return upright and bounds.within(edges) == bounds
