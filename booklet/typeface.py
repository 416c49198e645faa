"""The typefaces: which there are, where their files are, and which characters they can draw."""

from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

FAMILY = "Atkinson Hyperlegible"


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

    @property
    def paths(self) -> dict[str, Path]:
        """Where its files are, by the weights they hold."""
        folder = Path(str(files(self.package))) / "files"
        return {weight: folder / name for weight, name in self.weights.items()}

    @property
    def characters(self) -> frozenset[int]:
        """The code points that every weight has a glyph for."""
        return _characters(tuple(self.paths.values()))


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
        "Noto Sans Arabic",
        "fontpkg_noto_sans_arabic",
        dict.fromkeys(("400", "700"), "NotoSansArabic[wdth,wght].ttf"),
    ),
)
"""The house typeface first. A script that has no row here cannot be printed."""


def font_files() -> dict[str, Path]:
    """The files of the house typeface by the placeholder the style sheets know them by."""
    regular, bold = TYPEFACES[0].paths.values()
    return {"Regular.ttf": regular, "Bold.ttf": bold}


@cache
def typefaces() -> tuple[Typeface, ...]:
    """The typefaces of the table that are on this machine."""
    return tuple(each for each in TYPEFACES if find_spec(each.package))


@cache
def drawable() -> frozenset[int]:
    """The code points that some typeface has a glyph for in every weight."""
    return frozenset().union(*(each.characters for each in typefaces()))


def typefaces_for(language: str) -> tuple[Typeface, ...]:
    """The typefaces in the order in which a language is set in them; `language` has no place.

    >>> [each.family for each in typefaces_for("cy")][:2]
    ['Noto Sans', 'Atkinson Hyperlegible']
    """
    return tuple(sorted(typefaces(), key=lambda each: language not in each.first_for))


@cache
def _characters(paths: tuple[Path, ...]) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    return frozenset.intersection(*(frozenset(TTFont(path).getBestCmap()) for path in paths))
