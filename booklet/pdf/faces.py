"""Fonts as the file holds them: weight, slope, and the box drawn for a missing character."""

import re
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont, TTLibError

from booklet.pdf.opening import BROKEN, heard
from booklet.pdf.page_model import Face

ALIKE = 0.015  # ems: boxes of two glyphs nearer than this on every side cannot be told apart

REGULAR, BOLD, LIGHT = 400, 700, 300

# Bits of the font descriptor's flags: ISO 32000-1, table 123.
SERIF_FLAG, SCRIPT_FLAG, ITALIC_FLAG = 1 << 1, 1 << 3, 1 << 6

_LIGHT = re.compile(r"(?<!high)(?<!twi)(light|thin|hairline)(?!ning)", re.IGNORECASE)
_BOLD = re.compile(r"bold|black|heavy|(?<!ul)(?<!con)extra(?=$|-)", re.IGNORECASE)
_ITALIC = re.compile(r"italic|oblique|slanted|kursiv|-it\b", re.IGNORECASE)
_SERIF = re.compile(
    r"times|georgia|garamond|cambria|palatino|minion|bodoni|baskerville|bookantiqua|roboto-?slab"
    r"|(?<!sans)(?<!sans-)serif|computermodern|cmr\d|comic|script",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Outline:
    """What the font program says; `None` where it does not."""

    weight: int | None  # how heavy it is on the scale of CSS
    missing: tuple[float, float, float, float] | None  # the ink of its first glyph (`Face.missing`)


@lru_cache(maxsize=64)
def outline(program: bytes) -> Outline:
    """What an embedded font program tells; nothing where fontTools cannot read it.

    Bare CFF and Type 1 programs are such: their weight is then judged by their name.
    """
    try:
        with heard("fontTools"):
            font = TTFont(BytesIO(program), lazy=True)
            weight = int(font["OS/2"].usWeightClass) if "OS/2" in font else None
            return Outline(weight, _missing(font))
    except (TTLibError, *BROKEN):
        return Outline(None, None)


def _missing(font: TTFont) -> tuple[float, float, float, float] | None:
    em = font["head"].unitsPerEm
    if "glyf" in font:
        glyph = font["glyf"][font.getGlyphOrder()[0]]
        if not glyph.numberOfContours:
            return None
        bounds = (glyph.xMin, glyph.yMin, glyph.xMax, glyph.yMax)
        if _looks_like_another(font, bounds):
            return None
    else:
        pen = BoundsPen(None)
        font.getGlyphSet()[font.getGlyphOrder()[0]].draw(pen)
        if pen.bounds is None:
            return None
        bounds = pen.bounds
    left, bottom, right, top = (value / em for value in bounds)
    return left, bottom, right, top


def _looks_like_another(font: TTFont, bounds: tuple[int, int, int, int]) -> bool:
    """Whether another glyph has the box of the one for missing characters, as `I` may have."""
    alike = ALIKE * font["head"].unitsPerEm
    others = (font["glyf"][name] for name in font.getGlyphOrder()[1:])
    return any(
        all(abs(a - b) < alike for a, b in zip(bounds, edges, strict=True))
        for edges in ((g.xMin, g.yMin, g.xMax, g.yMax) for g in others if g.numberOfContours)
    )


def face(name: str, embedded: bool, flags: int, angle: int, told: Outline | None) -> Face:
    """A font's face; its own word on slope and weight counts as much as its name.

    `flags` and `angle` come from the font descriptor, `told` from the embedded program.

    >>> face("ABCDEF+Lato-LightItalic", True, 0, 0, None)
    Face(name='Lato-LightItalic', embedded=True, italic=True, serif=False, weight=300, missing=None)
    >>> face("Highlight-Sans-Serif", True, 0, 0, None).weight
    400
    """
    name = name.split("+", 1)[-1] if re.match(r"[A-Z]{6}\+", name) else name
    weight = told.weight if told else None
    by_name = BOLD if _BOLD.search(name) else LIGHT if _LIGHT.search(name) else REGULAR
    return Face(
        name=name,
        embedded=embedded,
        italic=bool(flags & ITALIC_FLAG or angle or _ITALIC.search(name)),
        serif=bool(flags & (SERIF_FLAG | SCRIPT_FLAG) or _SERIF.search(name.replace(" ", ""))),
        weight=min(by_name, weight) if by_name < REGULAR and weight else weight or by_name,
        missing=told.missing if told else None,
    )
