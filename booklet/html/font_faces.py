"""The typefaces a page needs besides that of the house, as style rules in its head."""

from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote

from booklet.content.inline import Inline, by_language
from booklet.content.language import Language
from booklet.content.pictures import is_drawing
from booklet.content.review_file import ReviewFile
from booklet.content.roles import LAYOUT, walk
from booklet.content.svg import read_drawing
from booklet.content.wordings import in_reading_order
from booklet.review.booklet import Booklet
from booklet.typeface import (
    FAMILY,
    FIGURES,
    SPACER,
    SPACER_WIDTHS,
    Typeface,
    parted_marks,
    typefaces,
    typefaces_for,
    whole_face,
)

Address = Callable[[Path, int], str]
"""Says where one weight of a file of a typeface is, from the page."""


def font_rules(
    characters: Mapping[str, frozenset[int]], address: Address, together: Mapping[str, str]
) -> str:
    """The style rules for every typeface that words need; `characters` are theirs by language.

    `together` are letters, by language, whose marks would stand beside them in the usual typeface:
    the language is set in the first that has all of them. Empty where the house typeface can draw
    everything.
    """
    stacks = {
        code: tuple(_needed(code, each, together.get(code, "")))
        for code, each in characters.items()
    }
    others = dict.fromkeys(each for stack in stacks.values() for each in stack)
    rules = [rule for each in others if each.family != FAMILY for rule in _faces(each, address)]
    if rules:
        rules += [
            f'[lang|="{code}"] {{ font-family: {_names(each)}; }}' for code, each in stacks.items()
        ]
    return "\n".join(rules)


def printed_characters(booklet: Booklet) -> dict[str, frozenset[int]]:
    """The code points that leave ink on the pages of a booklet, by the language they stand in."""
    found: dict[str, set[str]] = {}
    for tag, words in _printed(booklet):
        found.setdefault(Language(tag).code, set()).update(words)
    return {
        code: frozenset(ord(sign) for sign in signs if sign.isprintable() and sign != " ")
        for code, signs in found.items()
    }


def printed_together(booklet: Booklet) -> dict[str, str]:
    """The letters that one typeface must draw with their marks, by the language they stand in."""
    found: dict[str, str] = {}
    for tag, words in _printed(booklet):
        code = Language(tag).code
        found[code] = found.get(code, "") + parted_marks(words, code)
    return found


def _printed(booklet: Booklet) -> Iterator[tuple[str, str]]:
    """Everything printed, texts, labels, names and pictures, each with the tag of its language."""
    own, about = booklet.about.language, booklet.about
    help_line = booklet.contacts[about.help_line]
    printed = (each for _, _, each in in_reading_order(booklet))
    for each in (
        *printed,
        *walk(help_line, type(help_line)),
        *walk(booklet.review, ReviewFile),
    ):
        if each.field.role.picture:
            yield own, _letters(booklet.picture(each.value))
        elif isinstance(each.value, Inline):
            yield from by_language(each.value.spans, own)
        elif each.field.role != LAYOUT:
            yield own, str(each.value)
    labels = (str(words) for _, words in booklet.labels)
    yield own, " ".join((*labels, *Language(own).months))


def _letters(picture: Path) -> str:
    """The words in a drawing; a photograph has none that a typeface draws."""
    return "".join(read_drawing(picture).itertext()) if is_drawing(picture) else ""


def _needed(language: str, characters: frozenset[int], together: str) -> Iterator[Typeface]:
    """The typefaces that have something to draw, each only what none before it can.

    The first is that which has all of `together`, if there is one.
    """
    left, usual = characters, typefaces_for(language)
    for each in dict.fromkeys((whole_face(together, language) or usual[0], *usual)):
        if not left:
            return
        if left & each.characters:
            yield each
        left -= each.characters


def _faces(typeface: Typeface, address: Address) -> Iterator[str]:
    for weight, path in typeface.paths.items():
        yield (
            f'@font-face {{ font-family: "{typeface.family}"; font-weight: {weight}; '
            f'src: url("{address(path, int(weight))}"); }}'
        )


def _names(stack: Iterable[Typeface]) -> str:
    families = [each.family for each in stack]
    if FAMILY in families:
        families.insert(families.index(FAMILY), FIGURES)
    return ", ".join((*(f'"{family}"' for family in families), "sans-serif"))


_LATIN = frozenset((*range(0x100, 0x250), *range(0x1E00, 0x1F00)))
"""Letters with accents: those of one name are as good as all, which then serve every name."""


def with_others_like(characters: frozenset[int]) -> frozenset[int]:
    """Characters, and those that other names in their script are likely to have.

    Typefaces are cut to characters, which takes up to a second. For batch after batch of names the
    cut should be the same: the house typeface whole, all Latin letters if there is one that it
    lacks, and of others their blocks of 128.

    >>> ord("ń") in with_others_like(frozenset(map(ord, "ễ")))
    True
    >>> with_others_like(frozenset()) == typefaces()[0].characters
    True
    """
    house = typefaces()[0].characters
    foreign = characters - house
    found = house | (_LATIN if foreign & _LATIN else frozenset())
    blocks = {sign >> 7 for sign in foreign - _LATIN if sign < _FIRST_OF_MANY}
    return (
        found | characters | {sign for each in blocks for sign in range(each << 7, each + 1 << 7)}
    )


_FIRST_OF_MANY = 0x2E80  # From here on scripts have thousands of characters, and a name three


def served_font(path: Path, weight: int) -> str:
    """The address under which the typesetter is given one weight of a file."""
    return f"fonts/{weight}/{quote(path.name)}"


@lru_cache(maxsize=64)
def one_weight(path: Path, weight: int, characters: frozenset[int]) -> bytes:
    """A typeface file with this weight and these characters only.

    The widths of a file that holds several weights are right for one of them, and PDF wants all
    of them right (ISO 14289-1, 7.21.5). Of a whole file that takes ten times as long.
    """
    out = BytesIO()
    _with_spacers(_cut(path, weight, characters)).save(out)
    return out.getvalue()


def _with_spacers(font: Any) -> Any:
    """The font with empty glyphs of several widths behind its own (see `tagging.text_painter`).

    Fonts of PostScript outlines are left as they are: their glyphs are one character each.
    """
    from fontTools.ttLib.tables._g_l_y_f import Glyph

    if "glyf" not in font:
        return font
    names = [f"{SPACER}{width}" for width in SPACER_WIDTHS]
    font.setGlyphOrder([*font.getGlyphOrder(), *names])
    font["glyf"].glyphOrder = font.getGlyphOrder()
    for name, width in zip(names, SPACER_WIDTHS, strict=True):
        font["glyf"][name] = Glyph()
        font["hmtx"][name] = (round(width * font["head"].unitsPerEm / 1000), 0)
    font["maxp"].numGlyphs = len(font.getGlyphOrder())
    font["post"].formatType = 2.0  # which keeps the names
    font["post"].extraNames, font["post"].mapping = [], {}
    return font


def cut_down(characters: frozenset[int], path: Path, weight: int) -> str:
    """One weight as an address that holds it, compressed for the web and cut to these characters.

    Joined forms and marks stay with the letters they belong to. The same characters give the same
    bytes.
    """
    font, compressed = _cut(path, weight, characters | {ord(" ")}), BytesIO()
    font.flavor = "woff2"
    font.save(compressed)
    return "data:font/woff2;base64," + b64encode(compressed.getvalue()).decode("ascii")


def _cut(path: Path, weight: int, characters: frozenset[int]) -> Any:
    """The font of one weight, cut to characters and the forms they take beside each other."""
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    font = TTFont(BytesIO(_cut_in_all_weights(path, characters)), recalcTimestamp=False)
    if "fvar" not in font:
        return font
    axes = {axis.axisTag: None for axis in font["fvar"].axes}
    return instantiateVariableFont(font, axes | {"wght": weight}, inplace=True)


@lru_cache(maxsize=64)
def _cut_in_all_weights(path: Path, characters: frozenset[int]) -> bytes:
    """A typeface file with these characters only; a page asks for two weights of it."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    font, out = TTFont(path, recalcTimestamp=False), BytesIO()
    options = Options(layout_features=["*"], notdef_outline=True)
    options.drop_tables += ["meta"]  # what languages it is for, which nothing reads
    cutter = Subsetter(options)
    cutter.populate(unicodes=characters)
    cutter.subset(font)
    font.save(out)
    return out.getvalue()
