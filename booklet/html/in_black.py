"""Pictures in black alone: nothing in them is left that a fax picture would turn to dots."""

from dataclasses import dataclass
from io import BytesIO
from typing import Literal
from xml.etree import ElementTree

from booklet.content.svg import SVG, size_of
from booklet.contrast import luminance

Element = ElementTree.Element
Screening = Literal["dots", "lines"]
"""How a picture of pixels becomes black and white: greys as dots, or each pixel as it is nearer."""

BLACK, WHITE = "#000000", "#ffffff"
DARK = 0.18
"""Relative luminance below which a colour turns black: CIE L* 50, half as light as paper.
Words and their ground have a contrast of 7, so one is below 0.1 and the other above 0.3: they stay
apart."""
OUTLINE = 0.003  # How wide the edge of a shape is drawn that had none, as a part of the width
DOTS = 100
"""Dots an inch that greys are made of: each is two pixels of a fax picture wide and stays whole."""
PIXELS_A_DOT = 2  # How many pixels wide and high a dot is written, so that it is not coarse print
HALF = 128  # Of 255: the grey from which a pixel is paper

_GROUPS = ("svg", "g")
_WORDS = ("text", "tspan")
_COLOURS = ("fill", "stroke")
_OPACITIES = ("opacity", "fill-opacity", "stroke-opacity")


@dataclass(frozen=True, slots=True)
class Paint:
    """What an element of a drawing is painted with, as it says so or inherits it."""

    fill: str = BLACK  # The colour inside
    stroke: str | None = None  # The colour of the line round it; `None` where nobody said one
    opacity: float = 1  # How much of it and of all around it is seen, 0 to 1
    fill_opacity: float = 1  # The same for what is inside alone
    stroke_opacity: float = 1  # The same for the line alone

    def of(self, element: Element) -> "Paint":
        """The paint of an element inside one of this paint."""
        return Paint(
            element.get("fill", self.fill),
            element.get("stroke", self.stroke),
            self.opacity * _share(element.get("opacity"), 1),
            _share(element.get("fill-opacity"), self.fill_opacity),
            _share(element.get("stroke-opacity"), self.stroke_opacity),
        )

    @property
    def in_black(self) -> dict[str, str]:
        """The colours in black and white, by attribute."""
        found = {"fill": two_tone(self.fill, self.opacity * self.fill_opacity)}
        if self.stroke is not None:
            found["stroke"] = two_tone(self.stroke, self.opacity * self.stroke_opacity)
        return found


def in_black(root: Element) -> None:
    """Turn every colour of a drawing black or white, in place.

    A shape without a line round it gets a thin one of the other colour, so that two shapes that
    turn black side by side are still two.
    """
    width, _ = size_of(root)
    _repaint(root, Paint(), f"{width * OUTLINE:.3g}")


def _repaint(element: Element, around: Paint, outline: str) -> None:
    """An element and those in it, inside one of this paint."""
    paint = around.of(element)
    for name in (*_COLOURS, *_OPACITIES):
        element.attrib.pop(name, None)
    name = element.tag.removeprefix(f"{{{SVG}}}")
    if name not in _GROUPS:
        element.attrib.update(paint.in_black)
        # Who says `stroke="none"` has chosen to have no line.
        if name not in _WORDS and paint.stroke is None and element.attrib["fill"] in _OTHER:
            element.set("stroke", _OTHER[element.attrib["fill"]])
            element.set("stroke-width", outline)
    for child in element:
        _repaint(child, paint, outline)


_OTHER = {BLACK: WHITE, WHITE: BLACK}


def _share(said: str | None, unsaid: float) -> float:
    """An opacity between 0 and 1; `unsaid` where nothing is said that can be understood."""
    try:
        share = float((said or "").rstrip("% ")) / (100 if (said or "").endswith("%") else 1)
    except ValueError:
        return unsaid
    return min(max(share, 0), 1)


def two_tone(colour: str, opacity: float = 1) -> str:
    """Black or white, whichever a colour on paper is nearer to; what is no colour stays.

    >>> [two_tone(each) for each in ("#1d2b36", "#b17a55", "navy", "none", "currentColor")]
    ['#000000', '#ffffff', '#000000', 'none', 'currentColor']
    >>> two_tone("navy", 0.3)
    '#ffffff'
    """
    from PIL import ImageColor

    try:
        red, green, blue, *_ = (
            round(255 - (255 - part) * opacity) for part in ImageColor.getrgb(colour)
        )
    except ValueError:
        return colour
    return BLACK if luminance((red, green, blue)) < DARK else WHITE


def pixels_in_black(data: bytes, inches: float, screening: Screening) -> bytes:
    """A picture of pixels as a PNG of one bit; `inches` is how wide it is printed.

    What is seen through is white. Dots are laid as Floyd and Steinberg do (1976); a logo has
    `lines`, which dots would fray.
    """
    from PIL import Image

    with Image.open(BytesIO(data)) as opened:
        clear = opened.convert("RGBA")
    paper = Image.new("RGBA", clear.size, "white")
    grey = Image.alpha_composite(paper, clear).convert("L")
    if screening == "lines":
        two = grey.point(lambda value: 255 * (value >= HALF), "1")
    else:
        wide = min(max(round(inches * DOTS), 1), grey.width)
        high = max(round(grey.height * wide / grey.width), 1)
        dots = grey.resize((wide, high), Image.Resampling.LANCZOS).convert("1")
        larger = wide * PIXELS_A_DOT, high * PIXELS_A_DOT
        two = dots.resize(larger, Image.Resampling.NEAREST)
    out = BytesIO()
    two.save(out, "PNG", optimize=True)
    return out.getvalue()
