"""A clinic's colour: whether words set in it can be read, and the tones that come with it.

Headings, links and thick rules are set in the accent. Its pale panel, its thin rules and its tones
for the dark keep the lightness of the house's own (`styles/tokens.css`) and take the clinic's hue.
"""

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from booklet.contrast import contrast as between
from booklet.resources import styles_folder

if TYPE_CHECKING:
    from coloraide import Color

LEAST_CONTRAST = 7.0  # Contrast that all text must have (WCAG 2.2, 1.4.6)
ACCENT = "accent"
"""The tokens that a clinic's colour takes the place of; the first is the colour itself."""
TONES = ("accent-rule", "accent-panel", "accent-dark", "accent-rule-dark", "accent-panel-dark")
_GROUNDS = ("white", "sand")  # Where words in the accent stand, besides its own panel
_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_TOKEN = re.compile(r"--([\w-]+): (#[0-9a-f]{6});")
_STEPS_OF_CHROMA = 24
_STEPS_OF_LIGHTNESS = 14
_SMALLEST_STEP = 0.001


def is_colour(value: str) -> bool:
    """Whether this is a colour as style sheets write it.

    >>> [is_colour(each) for each in ("#0b4f5c", "0b4f5c", "#05c", "navy")]
    [True, False, False, False]
    """
    return _HEX.fullmatch(value) is not None


def contrast(colour: str) -> float:
    """The least contrast of words in this colour, by WCAG's formula, between 1 and 21.

    >>> round(contrast("#0b4f5c"), 1)
    8.1
    """
    panel = _toned("accent-panel", _colour(colour))
    grounds = (*(palette()[name] for name in _GROUNDS), _written(panel))
    return min(between(_steps(colour), _steps(ground)) for ground in grounds)


def passes(colour: str) -> bool:
    """Whether words in this colour can be read wherever they stand."""
    return contrast(colour) >= LEAST_CONTRAST


def nearest(colour: str) -> str:
    """The nearest colour that passes; one that passes is its own.

    Nearest in OKLCH (Ottosson 2020) among the darker colours of the same hue that are no more
    vivid. It passes as it is written, rounded to whole steps of red, green and blue.
    """
    if passes(colour):
        return colour
    wish = _colour(colour)
    lightness, chroma, hue = wish.convert("oklch").coords(nans=False)
    shares = (chroma * share / _STEPS_OF_CHROMA for share in range(_STEPS_OF_CHROMA + 1))
    darker = filter(None, (_lightest(lightness, share, hue) for share in shares))
    return min(darker, key=lambda each: float(_colour(each).delta_e(wish, method="ok")))


def tones(colour: str) -> dict[str, str]:
    """Every token of the accent with the colour that takes its place."""
    here = _colour(colour)
    return {ACCENT: colour} | {name: _written(_toned(name, here)) for name in TONES}


def palette() -> dict[str, str]:
    """The colours of `styles/tokens.css` by name."""
    return _colours(styles_folder() / "tokens.css")


@cache
def _colours(tokens: Path) -> dict[str, str]:
    text = tokens.read_text(encoding="utf-8")
    return {match[1]: match[2] for match in _TOKEN.finditer(text)}


def _lightest(most: float, chroma: float, hue: float) -> str | None:
    """The lightest colour that passes, up to this lightness; `None` where no screen shows it."""

    def made(lightness: float) -> "Color":
        return _colour(f"oklch({lightness} {chroma} {hue})")

    low, high = 0.0, most
    for _ in range(_STEPS_OF_LIGHTNESS):
        middle = (low + high) / 2
        low, high = (middle, high) if passes(_written(made(middle))) else (low, middle)
    while not passes(_written(made(low))):
        low -= _SMALLEST_STEP
    found = made(low)
    return _written(found) if found.in_gamut("srgb", tolerance=0.002) else None


def _toned(name: str, accent: "Color") -> "Color":
    """The house's tone of that name in the hue of the accent, no more vivid than either."""
    _, most, hue = accent.convert("oklch").coords(nans=False)
    tone = _colour(palette()[name]).convert("oklch")
    return tone.set("chroma", min(tone["chroma"], most)).set("hue", hue)


def _steps(written: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(written.removeprefix("#"))
    return red, green, blue


def _written(colour: "Color") -> str:
    return str(colour.convert("srgb").to_string(hex=True, fit="clip"))


def _colour(written: str) -> "Color":
    from coloraide import Color

    return Color(written)
