"""The typefaces a page needs besides that of the house, as style rules in its head."""

import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

from booklet.content.language import Language
from booklet.typeface import FAMILY, Typeface, typefaces_for

Address = Callable[[Path, int], str]
_LANGUAGE = re.compile(r'<[a-z][^>]*? lang="([^"]+)"')
_END_OF_HEAD = "</head>"


def with_fonts(html: str, address: Address) -> str:
    """The page with every typeface that its words need; `address` says where a weight of a file is.

    A page that the house typeface can draw whole is returned as it is.
    """
    characters = _characters(html)
    languages = tuple(dict.fromkeys(Language(tag).code for tag in _LANGUAGE.findall(html)))
    stacks = {code: tuple(_needed(code, characters)) for code in languages}
    others = dict.fromkeys(each for stack in stacks.values() for each in stack)
    rules = [rule for each in others if each.family != FAMILY for rule in _faces(each, address)]
    if not rules:
        return html
    rules += [
        f'[lang|="{code}"] {{ font-family: {_names(stack)}; }}' for code, stack in stacks.items()
    ]
    style = "\n".join(("<style>", *rules, "</style>"))
    return html.replace(_END_OF_HEAD, f"{style}\n{_END_OF_HEAD}", 1)


def _characters(html: str) -> frozenset[int]:
    """The code points of a page that leave ink."""
    return frozenset(ord(sign) for sign in unescape(html) if sign.isprintable() and sign != " ")


def _needed(language: str, characters: frozenset[int]) -> Iterator[Typeface]:
    """The typefaces that have something to draw, each only what none before it can."""
    left = characters
    for each in typefaces_for(language):
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
    return ", ".join((*(f'"{each.family}"' for each in stack), "sans-serif"))


@cache
def one_weight(path: Path, weight: int) -> bytes:
    """A typeface file with this weight only.

    The widths of a file that holds several are right for one of them, and PDF wants all of them
    right (ISO 14289-1, 7.21.5).
    """
    from fontTools.ttLib import TTFont

    font, out = TTFont(path, recalcTimestamp=False), BytesIO()
    _at_weight(font, weight).save(out)
    return out.getvalue()


def cut_down(path: Path, weight: int, html: str) -> str:
    """One weight as an address that holds it, compressed for the web and cut to a page's letters.

    Joined forms and marks stay with the letters they belong to. The same page gives the same
    bytes.
    """
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    font, compressed = TTFont(path, recalcTimestamp=False), BytesIO()
    cutter = Subsetter(Options(layout_features=["*"], notdef_outline=True))
    cutter.populate(unicodes=_characters(html) | {ord(" ")})
    cutter.subset(font)
    font = _at_weight(font, weight)
    font.flavor = "woff2"
    font.save(compressed)
    return "data:font/woff2;base64," + b64encode(compressed.getvalue()).decode("ascii")


def _at_weight(font: Any, weight: int) -> Any:
    from fontTools.varLib.instancer import instantiateVariableFont

    if "fvar" not in font:
        return font
    axes = {axis.axisTag: None for axis in font["fvar"].axes}
    return instantiateVariableFont(font, axes | {"wght": weight})
