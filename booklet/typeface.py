"""The typefaces: which there are, where their files are, and which characters they can draw."""

import re
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from unicodedata import normalize

from booklet.resources import styles_folder

FAMILY = "Atkinson Hyperlegible"
FIGURES = "Booklet Figures"
"""Its figures with a plain nought, in files of our own: `styles/fonts/make_figures.py`."""
SPACER = "spacer."
"""What the names of the empty glyphs begin with that are added to fonts of other typefaces, so that
what one glyph says of several letters can be told apart; their advance in thousandths of an em
follows."""
SPACER_WIDTHS = (10, *range(50, 3050, 50))


@dataclass(frozen=True, slots=True)
class Typeface:
    """One typeface; regular and bold only, for neither UKAAF nor RNIB wants italics."""

    family: str
    """Its name, as style sheets know it."""
    package: str
    """The Python package that carries its files."""
    weights: dict[str, str] = field(hash=False)
    """Its files by the weights they hold, as `font-weight` of CSS has them."""
    first_for: tuple[str, ...] = ()
    """The languages set in it wholly, because the house typeface lacks letters of theirs; for
    others it draws only what those before it in the table cannot."""
    folder: str = "files"
    """The folder of the package in which the files are."""
    script: str = ""
    """The script it is for, as names of letters in Unicode begin, where its package is one of the
    extra `scripts`."""

    @property
    def paths(self) -> dict[str, Path]:
        """Where its files are, by the weights they hold."""
        folder = _package_folder(self.package) / self.folder
        return {weight: folder / name for weight, name in self.weights.items()}

    @property
    def characters(self) -> frozenset[int]:
        """The code points that every weight has a glyph for."""
        return _characters(self)


TYPEFACES = (
    Typeface(
        FAMILY,
        "fontpkg_atkinson_hyperlegible",
        {"400": "AtkinsonHyperlegible-Regular.ttf", "700": "AtkinsonHyperlegible-Bold.ttf"},
    ),
    Typeface(
        "Noto Sans",
        "fontpkg_noto_sans",
        dict.fromkeys(("400", "700"), "NotoSans[wdth,wght].ttf"),
        first_for=("cy", "el", "ig", "tr", "vi", "yo"),
    ),
    Typeface(
        "IBM Plex Sans Arabic",
        "fontpkg_ibm_plex_sans_arabic",
        {"400": "IBMPlexSansArabic-Regular.ttf", "700": "IBMPlexSansArabic-Bold.ttf"},
        first_for=("ar", "ckb", "fa", "ku", "ps", "sd", "ug", "ur"),
    ),
    *(
        Typeface(
            f"Noto Sans {script}",
            "manimgx_fonts",
            dict.fromkeys(("400", "700"), f"NotoSans{script}[wght].ttf"),
            languages,
            folder="",
            script=script.upper(),
        )
        for script, languages in (
            ("Hebrew", ("he", "yi")),
            ("Devanagari", ("hi", "mr", "ne")),
            ("Bengali", ("as", "bn")),
            ("Gurmukhi", ("pa",)),
            ("Gujarati", ("gu",)),
            ("Tamil", ("ta",)),
            ("Telugu", ("te",)),
            ("Sinhala", ("si",)),
        )
    ),
    Typeface(
        "Noto Sans SC",
        "pylopdf_fonts_zh_cn",
        {"400": "NotoSansSC-Regular.otf"},
        ("zh",),
        folder="",
        script="CJK",
    ),
)
"""The house typeface first. A script that has no row here cannot be printed."""


def font_files() -> dict[str, Path]:
    """The files of the house typeface by the placeholder the style sheets know them by."""
    regular, bold = TYPEFACES[0].paths.values()
    return {"Regular.ttf": regular, "Bold.ttf": bold}


def figure_files() -> dict[str, Path]:
    """The files of its figures, by the name style sheets know them by."""
    paths = (styles_folder() / "fonts" / f"Figures-{weight}.ttf" for weight in ("Regular", "Bold"))
    return {path.name: path for path in paths}


@cache
def typefaces() -> tuple[Typeface, ...]:
    """The typefaces of the table that are on this machine."""
    return tuple(each for each in TYPEFACES if find_spec(each.package))


def scripts_to_install() -> frozenset[str]:
    """The scripts that a typeface of the table draws whose package is not installed."""
    return frozenset(each.script for each in TYPEFACES if each not in typefaces())


@cache
def drawable() -> frozenset[int]:
    """The code points that some typeface has a glyph for in every weight."""
    return frozenset().union(*(each.characters for each in typefaces()))


@cache
def is_drawable(sign: str) -> bool:
    """Whether some typeface has a glyph for a character in every weight.

    Typefaces are asked in turn, so that few texts need the last, which has 30,000 to read.
    """
    return any(ord(sign) in each.characters for each in typefaces())


@cache
def typefaces_for(language: str) -> tuple[Typeface, ...]:
    """The typefaces in the order in which a language is set in them; `language` has no place.

    >>> [each.family for each in typefaces_for("cy")][:2]
    ['Noto Sans', 'Atkinson Hyperlegible']
    """
    return tuple(sorted(typefaces(), key=lambda each: language not in each.first_for))


def parts_marks(text: str, language: str) -> bool:
    """Whether some mark would be drawn by another typeface than its letter, and so beside it.

    >>> parts_marks("o\u0323\u0300", "en"), parts_marks("o\u0300", "en")
    (True, False)
    """
    return bool(parted_marks(text, language))


def parted_marks(text: str, language: str) -> str:
    """The letters of a text, with their marks, whose marks another typeface would draw.

    >>> parted_marks("o\u0323\u0300 and o\u0300", "en") == "\u1ecd\u0300"
    True
    """
    if text.isascii():
        return ""
    marked = (normalize("NFC", each[0]) for each in _WITH_MARKS.finditer(normalize("NFD", text)))
    return "".join(
        each for each in marked if len({_first_with(sign, language) for sign in each}) > 1
    )


def whole_face(text: str, language: str) -> Typeface | None:
    """The first typeface of a language that has every character of a text; `None` without one."""
    signs = {ord(sign) for sign in normalize("NFC", text) if not sign.isspace()}
    return next((each for each in typefaces_for(language) if signs <= each.characters), None)


_WITH_MARKS = re.compile(
    r"[^\W_][\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
"""A letter or figure and the marks upon or around it, apart: the blocks of Unicode for combining
marks of no script. Scripts with marks of their own have both in one typeface."""


def _first_with(sign: str, language: str) -> Typeface | None:
    return next((each for each in typefaces_for(language) if ord(sign) in each.characters), None)


def width_in_ems(text: str, language: str) -> float:
    """How wide a text is on one line in regular weight, in ems; `language` has no place.

    The sum of what its letters take alone: pairs that are set closer make it less.

    >>> width_in_ems("", "en"), 2 < width_in_ems("Home", "en") < 3
    (0, True)
    """
    return sum(_advance(ord(sign), language) for sign in text)


def _advance(sign: int, language: str) -> float:
    """How wide the first typeface that has a character makes it, in ems."""
    found = (_advances(each.paths["400"]).get(sign) for each in typefaces_for(language))
    return next((each for each in found if each is not None), 1)


@cache
def _package_folder(package: str) -> Path:
    return Path(str(files(package)))


@cache
def _advances(path: Path) -> dict[int, float]:
    """How wide each character of a file is, in ems, by its code point."""
    from fontTools.ttLib import TTFont

    font = TTFont(path)
    widths, em = font["hmtx"], font["head"].unitsPerEm
    return {sign: widths[name][0] / em for sign, name in font.getBestCmap().items()}


@cache
def _characters(typeface: Typeface) -> frozenset[int]:
    files = {*typeface.paths.values()}  # one file may hold all weights
    return frozenset.intersection(*map(_drawn_by, files))


def _drawn_by(path: Path) -> frozenset[int]:
    """The code points that a file has a glyph for."""
    from fontTools.ttLib import TTFont

    font = TTFont(path)
    # The glyphs' own names, which nobody asks for, take most of the time to read.
    font.setGlyphOrder([*map(str, range(font["maxp"].numGlyphs))])
    return frozenset(font.getBestCmap())
