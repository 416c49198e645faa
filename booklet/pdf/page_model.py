"""What is on the pages of a finished PDF, as values.

Lengths are points (1/72 inch) from the lower left corner of the page, as printed: text matrix,
page matrix and the page's own unit are already multiplied in. Pages count from 1.
"""

from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import NamedTuple

from booklet.content.language import direction_of
from booklet.contrast import Colour
from booklet.pdf.geometry import Box


class Mode(IntEnum):
    """How text is painted: the rendering modes of ISO 32000-1, table 106, that matter here."""

    FILL = 0
    STROKE = 1
    FILL_STROKE = 2
    INVISIBLE = 3


@dataclass(frozen=True, slots=True)
class Face:
    """A font as the file holds it."""

    name: str  # its name without the tag of a subset; a Type 3 font has none
    embedded: bool  # whether the file holds its program
    italic: bool  # whether its letters lean
    serif: bool  # whether they have serifs or are a script
    weight: int  # how heavy it is on the scale of CSS: 400 is regular, 700 bold
    missing: tuple[float, float, float, float] | None
    """The ink of its first glyph, the one for characters it lacks, in parts of an em: left, bottom,
    right, top; `None` where that glyph is empty or cannot be read."""


class Glyph(NamedTuple):
    """One character, or several that the file does not part."""

    char: str
    """What it is."""
    box: Box | None
    """Its ink, `None` where it leaves none."""
    x: float
    """Where it starts."""
    y: float
    """The height of its baseline."""
    known: bool
    """Whether the file says which character it is."""
    advance: float = 0.0
    """How far the text goes on behind it, where it is painted and leaves no ink."""


@dataclass(frozen=True, slots=True)
class Paint:
    """How a run of text stands out: measured on the rendered page, at its worst glyph."""

    contrast: float  # the ratio of WCAG 2.2, between 1 and 21
    ink: Colour  # the colour of the text
    ground: Colour  # the colour under it
    shows: bool  # whether the page looks different without the text
    grounds: int  # how many colours are under the whole run
    flat: float  # the share, 0 to 1, of the two most common of them: little on a photograph


@dataclass(frozen=True, slots=True)
class Mark:
    """The name of a piece of marked content (ISO 32000-1, 14.6)."""

    page: int  # the page it is painted on
    form: int  # the form it is numbered in, counted as painted; 0 is the page itself
    mcid: int  # its number there


@dataclass(frozen=True, slots=True)
class MarkedText:
    """Words painted by one instruction inside numbered content."""

    mcid: int  # the number of that content on its page
    words: str  # what it says
    box: Box  # what it covers
    size: float  # the height of its em


@dataclass(frozen=True)
class TextRun:
    """Characters painted by one instruction: one face, one size, one colour."""

    page: int
    """The page it stands on."""
    glyphs: tuple[Glyph, ...]
    """Its characters, in the order of painting."""
    face: Face
    """Its font."""
    size: float
    """The height of its em."""
    mode: Mode
    """How it is painted."""
    slanted: bool
    """Whether its matrix makes it lean."""
    turned: bool
    """Whether its baseline is not level."""
    mark: Mark | None
    """The marked content it belongs to."""
    artifact: bool
    """Whether it is marked as no part of the content."""
    box: Box
    """What its ink covers."""
    paint: Paint | None
    """How it stands out; `None` where it leaves no ink on the page."""
    others: tuple[Face, ...] = ()
    """Further faces of a run that was put together of several (see `spelled`)."""
    by_map: str | None = None
    """What the maps of its fonts say, where words of its own (`ActualText`) are its characters."""

    @cached_property
    def text(self) -> str:
        """Its characters."""
        return "".join(glyph.char for glyph in self.glyphs)

    @cached_property
    def baseline(self) -> float:
        """The height of its baseline."""
        return self.glyphs[0].y if self.glyphs else self.box.bottom

    @cached_property
    def lowest(self) -> float:
        """The lowest place where one of its characters stands."""
        return min((glyph.y for glyph in self.glyphs), default=self.baseline)

    @cached_property
    def highest(self) -> float:
        """The highest place where one of its characters stands."""
        return max((glyph.y for glyph in self.glyphs), default=self.baseline)

    @cached_property
    def leftwards(self) -> bool:
        """Whether its first letter runs to the left."""
        return not self.text.isascii() and direction_of(self.text) == "rtl"


@dataclass(frozen=True, slots=True)
class Shape:
    """Something painted that is not text."""

    page: int  # the page it stands on
    box: Box  # what it covers; of a picture, what its clipping paths leave
    picture: bool  # whether it is a bitmap or a shading, and no line or area
    artifact: bool  # whether it is marked as no part of the content
    mark: Mark | None  # the marked content it belongs to


@dataclass(frozen=True)
class PageContent:
    """One page, and what is painted on it."""

    number: int  # which page it is, from 1
    width: float  # its printed width, were it not turned
    height: float  # its printed height, were it not turned
    turned: int  # its rotation, clockwise in degrees
    unit: float  # the length of one of its own units
    runs: tuple[TextRun, ...]  # its text, in the order of painting
    shapes: tuple[Shape, ...]  # all else, in the order of painting
