"""The text of an HTML page, numbered in reading order.

Layout cuts text into lines and pages, drops the spaces where lines end, and changes the case
where a style says so. What it keeps is the letters and their order inside one element: with
these numbers, a run of text painted anywhere finds its way back to its place in the content.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from xml.etree.ElementTree import Element

_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
SVG = "{http://www.w3.org/2000/svg}svg"


@dataclass(frozen=True, slots=True)
class ElementText:
    """The letters that stand directly inside one element; its three fields are equally long."""

    letters: str  # What `letters` leaves of the text
    places: tuple[int, ...]  # Where each letter stands on the page, counted as in `SourceText`
    words: tuple[int, ...]
    """The word each letter is part of, counted over the page: one number, whatever tags cut it."""


@dataclass(frozen=True, slots=True)
class SourceText:
    """An HTML page in reading order. Places count its letters, and each begin and end of a tag."""

    root: Element  # The element the page hangs on, `html`
    begins: Mapping[Element, int]  # The place where each element begins
    ends: Mapping[Element, int]  # The place where each element ends
    texts: Mapping[Element, ElementText]  # The letters of each element


def letters(text: str) -> str:
    r"""The text without white space and unseen characters, in one case, to compare by.

    >>> letters(" Call\u00a0us \u00adNOW")
    'callusnow'
    """
    return "".join(text.translate(_UNSEEN).casefold().split())


def number_text(root: Element) -> SourceText:
    """The page under `root`, its letters and words numbered."""
    begins: dict[Element, int] = {}
    ends: dict[Element, int] = {}
    marks: dict[Element, list[tuple[str, int, int]]] = {}
    letters_of = cache(letters)  # one character at a time, and there are few
    place = word = 0
    for element, text in _in_order(root):
        if text is None:
            (ends if element in begins else begins)[element] = place
            place += 1
            # A line break parts words as a space does.
            word += element.tag == "br" and element in ends
        for character in text or "":
            word += character.isspace()
            for letter in letters_of(character):
                marks.setdefault(element, []).append((letter, place, word))
                place += 1
    return SourceText(root, begins, ends, {each: _joined(marks.get(each, [])) for each in begins})


def _in_order(element: Element) -> Iterator[tuple[Element, str | None]]:
    """Each text of the page with its element; `None` where an element begins and where it ends."""
    yield element, None
    yield element, element.text or ""
    for child in element:
        if isinstance(child.tag, str):  # and no comment
            yield from _in_order(child)
        yield element, child.tail or ""
    yield element, None


def _joined(marks: list[tuple[str, int, int]]) -> ElementText:
    characters, places, words = zip(*marks, strict=True) if marks else ((), (), ())
    return ElementText("".join(characters), places, words)


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
