"""The words of an HTML page, numbered in reading order.

Layout cuts text into lines and pages, drops the spaces where lines end, and changes the case
where a style says so. What it keeps is the letters and their order inside one element: with
these numbers, a run of text painted anywhere finds its way back to its place in the content.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from xml.etree.ElementTree import Element

_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
SVG = "{http://www.w3.org/2000/svg}svg"


@dataclass(frozen=True, slots=True)
class OwnText:
    """The letters that stand directly inside one element, each with its place and its word."""

    letters: str
    places: tuple[int, ...]
    words: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """One HTML page in reading order: where each element begins and ends, and its letters."""

    root: Element
    opens: Mapping[Element, int]
    closes: Mapping[Element, int]
    own: Mapping[Element, OwnText]


def letters(text: str) -> str:
    r"""The text without white space and unseen characters, in one case, to compare by.

    >>> letters(" Call\u00a0us \u00adNOW")
    'callusnow'
    """
    return "".join(text.translate(_UNSEEN).casefold().split())


def read_source(root: Element) -> Source:
    """The page under `root`, numbered."""
    numbering = _Numbering()
    numbering.visit(root)
    own = {element: _own_text(marks) for element, marks in numbering.own.items()}
    return Source(root, numbering.opens, numbering.closes, own)


def plain_text(element: Element) -> str:
    r"""The text of an element as a person reads it: pictures and hidden parts left out.

    >>> from xml.etree.ElementTree import XML
    >>> plain_text(XML('<h2>Why  <b>we</b>\n ask<i aria-hidden="true">!</i></h2>'))
    'Why we ask'
    """
    return " ".join("".join(_shown(element)).translate(_UNSEEN).split())


def _shown(element: Element) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.tag == SVG or is_hidden(element):
        return
    yield element.text or (" " if element.tag == "br" else "")
    for child in element:
        yield from _shown(child)
        yield child.tail or ""


def is_hidden(element: Element) -> bool:
    """Whether the author took the element away from assistive technology."""
    return element.get("aria-hidden") == "true"


class _Numbering:
    """Counts places and words while walking a page once."""

    def __init__(self) -> None:
        self.opens: dict[Element, int] = {}
        self.closes: dict[Element, int] = {}
        self.own: dict[Element, list[tuple[str, int, int]]] = {}
        self._place = count()
        self._word = 0

    def visit(self, element: Element) -> None:
        self.opens[element] = next(self._place)
        self.own[element] = []
        self._read(element, element.text)
        for child in element:
            if isinstance(child.tag, str):
                self.visit(child)
            self._read(element, child.tail)
        self._word += element.tag == "br"
        self.closes[element] = next(self._place)

    def _read(self, element: Element, text: str | None) -> None:
        for character in text or "":
            if character.isspace():
                self._word += 1
            for letter in letters(character):
                self.own[element].append((letter, next(self._place), self._word))


def _own_text(marks: list[tuple[str, int, int]]) -> OwnText:
    characters, places, words = zip(*marks, strict=True) if marks else ((), (), ())
    return OwnText("".join(characters), places, words)
