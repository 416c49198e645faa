"""What is on the pages of a finished PDF, as values.

Lengths are points (1/72 inch) from the lower left corner of the page, as printed: text matrix,
page matrix and the page's own unit are already multiplied in. Pages count from 1.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

Colour = tuple[int, int, int]

POINTS_PER_MM = 72 / 25.4


class Damaged(ValueError):
    """Damage that is told in this program's own words."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """Its width, points."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Its height, points."""
        return self.top - self.bottom

    def overlaps(self, other: "Box", by: float = 0.0) -> bool:
        """Whether both share more than `by` points in each direction.

        >>> Box(0, 0, 9, 9).overlaps(Box(8, 8, 12, 12)), Box(0, 0, 9, 9).overlaps(Box(9, 0, 12, 9))
        (True, False)
        """
        across = min(self.right, other.right) - max(self.left, other.left)
        upward = min(self.top, other.top) - max(self.bottom, other.bottom)
        return across > by and upward > by


class Mode(IntEnum):
    """How text is painted: the rendering modes of ISO 32000-1, table 106, that matter here."""

    FILL = 0
    STROKE = 1
    FILL_STROKE = 2
    INVISIBLE = 3


@dataclass(frozen=True, slots=True)
class Face:
    """A font as the file holds it. `weight` is on the scale of CSS: 400 is regular, 700 bold.

    `missing` is the ink of its first glyph, the one for characters it lacks, in parts of an em:
    left, bottom, right, top; `None` where that glyph is empty or cannot be read.
    """

    name: str
    embedded: bool
    italic: bool
    serif: bool
    weight: int
    missing: tuple[float, float, float, float] | None


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character. `box` holds its ink, `None` where it leaves none; `x`, `y` is its origin.

    `known` is false where the file does not say which character it is.
    """

    char: str
    box: Box | None
    x: float
    y: float
    known: bool


@dataclass(frozen=True, slots=True)
class Paint:
    """How a run of text stands out: measured on the rendered page.

    `contrast` is the ratio of WCAG 2.2 between 1 and 21, at its worst glyph. `shows` is false
    where the page looks the same without the text. `grounds` counts the colours under the text,
    `flat` is the share, 0 to 1, of the two most common of them: little on a photograph.
    """

    contrast: float
    ink: Colour
    ground: Colour
    shows: bool
    grounds: int
    flat: float


@dataclass(frozen=True, slots=True)
class Mark:
    """The name of a piece of marked content: the form it is numbered in (0: the page), its MCID."""

    page: int
    form: int
    mcid: int


@dataclass(frozen=True, slots=True)
class Run:
    """Characters painted by one instruction: one face, one size, one colour.

    `others` are further faces of a run that was put together of several (see `spelled`).
    """

    page: int
    glyphs: tuple[Glyph, ...]
    face: Face
    size: float
    mode: Mode
    slanted: bool
    turned: bool
    mark: Mark | None
    artifact: bool
    box: Box
    paint: Paint | None
    others: tuple[Face, ...] = ()

    @property
    def text(self) -> str:
        """Its characters."""
        return "".join(glyph.char for glyph in self.glyphs)

    @property
    def baseline(self) -> float:
        """The height of its baseline."""
        return self.glyphs[0].y if self.glyphs else self.box.bottom


@dataclass(frozen=True, slots=True)
class Shape:
    """Something painted that is not text. `picture` is a bitmap or a shading."""

    page: int
    box: Box
    picture: bool
    artifact: bool
    mark: Mark | None


@dataclass(frozen=True)
class Page:
    """One page: its printed size, how it is turned (degrees), and what is painted, in order."""

    number: int
    width: float
    height: float
    turned: int
    unit: float
    runs: tuple[Run, ...]
    shapes: tuple[Shape, ...]

    @cached_property
    def text_box(self) -> Box | None:
        """What all visible characters together cover."""
        boxes = [glyph.box for run in self.runs for glyph in run.glyphs if glyph.box]
        return around(boxes) if boxes else None


def around(boxes: Sequence[Box]) -> Box:
    """The smallest box around all of them; `ValueError` for none."""
    return Box(
        min(box.left for box in boxes),
        min(box.bottom for box in boxes),
        max(box.right for box in boxes),
        max(box.top for box in boxes),
    )
