"""Marks in the margin of a letter's sheets: which envelope they are for, and how many there are."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont

from booklet.pdf.geometry import POINTS_PER_MM
from booklet.print.stock import A4
from booklet.typeface import TYPEFACES

HEIGHT = 8  # points, the size of the figures
STEPS = 10  # so many envelopes, and the bar is at the top again
BAR = (1.0, 3.0)  # how wide and how high a bar is, in millimetres
STEP = 4.0  # how far the bar of an envelope stands below that of the one before, in millimetres
BASE = 4.5  # how far the figures stand from the left of the bars, in millimetres


@dataclass(frozen=True, slots=True)
class SheetMarks:
    """Where marks stand on a sheet, and how envelopes are counted."""

    left: float = 6  # millimetres from the left edge of the paper to the bar
    top: float = 190
    """Millimetres from the top edge of the paper to the first bar: the bars take 39 below it, the
    figures up to 40 above it. A carrier's clear zones are the caller's to keep."""
    first: int = 1  # the number of the first envelope in this file
    of: int = 0  # how many envelopes there are in all; 0 for those of this file

    def drawn(self, envelope: int, envelopes: int, sheet: int, sheets: int) -> str:
        """The operators that paint the mark of one sheet, in points from the lower left of A4.

        `12/100  2/4` is sheet 2 of the 4 of envelope 12 of 100. The bar stands a step lower for
        each envelope: in a stack that is fanned out, one that is missing breaks the stairs.
        """
        words = f"{envelope}/{envelopes}  {sheet}/{sheets}"
        wide, high = (side * POINTS_PER_MM for side in BAR)
        across = self.left * POINTS_PER_MM
        down = self.top + STEP * ((envelope - 1) % STEPS)
        bar = f"{across:.2f} {_up(down) - high:.2f} {wide:.2f} {high:.2f} re f"
        base = (self.left + BASE) * POINTS_PER_MM
        return f"q 0 g {bar} 0 1 -1 0 {base:.2f} {_up(self.top):.2f} cm {_outlines(words)}Q"


def _up(millimetres: float) -> float:
    """From millimetres below the top edge to points above the bottom edge."""
    return (A4.height - millimetres) * POINTS_PER_MM


def _outlines(words: str) -> str:
    """Operators that fill the words from 0, 0 to the right: no font goes with them."""
    font, told, across = _font(), "", 0.0
    scale, names = HEIGHT / font["head"].unitsPerEm, font.getBestCmap()
    for letter in words:
        name = names[ord(letter)]
        told += f"q {scale:.5f} 0 0 {scale:.5f} {across:.2f} 0 cm {_outline(name)}f Q\n"
        across += font["hmtx"][name][0] * scale
    return told


@cache
def _font() -> Any:
    return TTFont(TYPEFACES[0].paths["400"])


@cache
def _outline(name: str) -> str:
    shapes = _font().getGlyphSet()
    pen = _Operators(shapes)
    shapes[name].draw(pen)
    return "".join(pen.told)


class _Operators(BasePen):  # type: ignore[misc]
    """A pen that writes the operators of paths (ISO 32000-1, 8.5.2)."""

    def __init__(self, shapes: Any) -> None:
        super().__init__(shapes)
        self.told: list[str] = []

    def _add(self, operator: str, *points: tuple[float, float]) -> None:
        numbers = " ".join(f"{round(n, 2):g}" for point in points for n in point)
        self.told.append(f"{numbers} {operator} ")

    def _moveTo(self, point: Any) -> None:  # noqa: N802  (fontTools' names)
        self._add("m", point)

    def _lineTo(self, point: Any) -> None:  # noqa: N802
        self._add("l", point)

    def _curveToOne(self, *points: Any) -> None:  # noqa: N802
        self._add("c", *points)

    def _closePath(self) -> None:  # noqa: N802
        self.told.append("h ")
