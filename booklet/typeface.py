"""The typeface: where its files are, and which characters it can draw."""

from functools import cache
from importlib.resources import files
from pathlib import Path

FAMILY = "Atkinson Hyperlegible"


@cache
def font_files() -> dict[str, Path]:
    """The font files by the placeholder the style sheets know them by.

    Regular and bold only: neither UKAAF nor RNIB wants italics.
    """
    folder = Path(str(files("fontpkg_atkinson_hyperlegible"))) / "files"
    return {
        f"{weight}.ttf": folder / f"AtkinsonHyperlegible-{weight}.ttf"
        for weight in ("Regular", "Bold")
    }


@cache
def drawable() -> frozenset[int]:
    """The code points that every weight of the typeface has a glyph for."""
    from fontTools.ttLib import TTFont

    weights = [set(TTFont(path).getBestCmap()) for path in font_files().values()]
    return frozenset(set.intersection(*weights))
