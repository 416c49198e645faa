"""One side of a sheet: how large it is, where its slots are, and the marks around them."""

from dataclasses import dataclass

from booklet.print.geometry import Box, written
from booklet.print.placing import Placing
from booklet.print.schemes import Scheme
from booklet.print.stock import BLEED, points

MARK = points(5)
"""The length of a crop mark; it starts where the bleed ends."""


@dataclass(frozen=True, slots=True)
class Canvas:
    """A side of a sheet in points: its whole, the part that is kept, and the slots for pages."""

    whole: Box
    trim: Box
    bleed: Box
    slots: tuple[Box, ...]
    marks: str = ""


def canvas_of(scheme: Scheme, slots: int, first: Placing) -> Canvas:
    """The side of a sheet of this scheme, made to the page where the scheme has no sheet."""
    if scheme.sheet is None:
        return _around(*first.size)
    width, height = points(scheme.sheet.width), points(scheme.sheet.height)
    whole, column = Box(0, 0, width, height), width / slots
    return Canvas(
        whole,
        whole,
        whole,
        tuple(Box(i * column, 0, (i + 1) * column, height) for i in range(slots)),
    )


def _around(width: float, height: float) -> Canvas:
    """A sheet for the print shop: the page, its bleed, and crop marks outside of both."""
    margin = BLEED + MARK
    trim = Box(margin, margin, margin + width, margin + height)
    bleed = trim.grown(BLEED)
    return Canvas(
        Box(0, 0, width + 2 * margin, height + 2 * margin), trim, bleed, (trim,), crop_marks(trim)
    )


def crop_marks(trim: Box) -> str:
    """The operators that draw eight hairlines at the corners of the trim, outside the bleed."""
    lines = [
        line
        for x, outwards in ((trim.left, -1), (trim.right, 1))
        for y, upwards in ((trim.bottom, -1), (trim.top, 1))
        for line in (
            (x + outwards * BLEED, y, x + outwards * (BLEED + MARK), y),
            (x, y + upwards * BLEED, x, y + upwards * (BLEED + MARK)),
        )
    ]
    drawn = "\n".join(f"{written(line[:2])} m {written(line[2:])} l S" for line in lines)
    return f"q 0.25 w 0 G\n{drawn}\nQ\n"
