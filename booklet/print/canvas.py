"""One side of a sheet: how large it is, where its slots are, and the marks around them."""

from dataclasses import dataclass

from booklet.pdf.geometry import Box, written
from booklet.print.placing import Placing
from booklet.print.schemes import Scheme
from booklet.print.stock import BLEED, points

MARK = points(5)
"""The length of a crop mark; it starts where the bleed ends."""


@dataclass(frozen=True, slots=True)
class SheetSide:
    """A side of a sheet, in points."""

    whole: Box
    """All of it."""
    trim: Box
    """What is kept when it is cut."""
    bleed: Box
    """How far ink goes."""
    slots: tuple[Box, ...]
    """Where pages stand, from left to right."""
    marks: str = ""
    """The operators that draw crop marks."""


def canvas_of(scheme: Scheme, first: Placing) -> SheetSide:
    """The side of a sheet of this scheme, made to the page where the scheme has no sheet."""
    if scheme.sheet is None:
        return _around(*first.size)
    slots, (width, height) = scheme.slots, scheme.slot
    whole = Box(0, 0, width * slots, height)
    columns = tuple(Box(i * width, 0, (i + 1) * width, height) for i in range(slots))
    return SheetSide(whole, whole, whole, columns)


def _around(width: float, height: float) -> SheetSide:
    """A sheet for the print shop: the page, its bleed, and crop marks outside of both."""
    margin = BLEED + MARK
    trim = Box(margin, margin, margin + width, margin + height)
    bleed = trim.grown(BLEED)
    return SheetSide(
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
