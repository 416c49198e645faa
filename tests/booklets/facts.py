"""The tables of facts, and a finished booklet cut into the places that its table names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

import pymupdf
import yaml
from pypdf import PdfReader

from booklet.editions import Audience, Size, size_named
from booklet.review.booklet import Booklet, load_booklet
from tests.conftest import NAMES, ROOT, TODAY
from tests.tagging.reading import Element, tree

AML_NAMES = [name for name in NAMES if name.startswith("aml-relapse-")]
INLINE = {"Span", "Link", "Reference", "Em", "Strong"}
NOT_THE_TEXT = {"Figure", "Caption", "H2", "H3", "H4"}


@dataclass(frozen=True)
class Fact:
    """What one place must tell; `patterns` all stand in one sentence."""

    place: str
    name: str
    patterns: tuple[str, ...]
    source: str = ""

    def __str__(self) -> str:
        return f"{self.place}: {self.name}"

    def said_by(self, sentences: tuple[str, ...]) -> tuple[str, ...]:
        """The sentences that tell it."""
        return tuple(
            sentence
            for sentence in sentences
            if all(re.search(rf"\b(?:{pattern})", sentence, re.I) for pattern in self.patterns)
        )


@cache
def facts(name: str) -> tuple[Fact, ...]:
    """The facts that the reader of an edition must be told."""
    table = yaml.safe_load(_table_of(booklet_of(name)).read_text(encoding="utf-8"))
    return tuple(
        _fact(place, fact, told)
        for reader in ("both", audience_of(name))
        for place, all_told in table[reader].items()
        for fact, told in all_told.items()
    )


def _table_of(booklet: str) -> Path:
    return ROOT / f"tests/facts-{booklet}.yaml"


def _fact(place: str, name: str, told: str | list[str]) -> Fact:
    """A row of a table: a pattern, or a pattern and the source of the fact."""
    pattern, source = (told, "") if isinstance(told, str) else told
    return Fact(place, name, tuple(pattern.split(" & ")), source)


def booklet_of(name: str) -> str:
    """The booklet of an edition such as `aml-relapse-family-large`."""
    return name.rsplit("-", 2)[0]


def audience_of(name: str) -> Audience:
    return cast(Audience, name.rsplit("-", 2)[1])


def size_of(name: str) -> Size:
    return size_named(name.rsplit("-", 2)[2])


def manuscript(name: str) -> Booklet:
    """The booklet of an edition as its reader gets it."""
    return _manuscripts(booklet_of(name))[audience_of(name)]


def place_of(name: str, kind: str) -> str:
    """The first section of an edition that has a block of this kind, in a topic or not."""
    return next(
        named.id
        for named in manuscript(name).sections
        for block in named.section.blocks
        if kind in {block.kind, *(each.kind for each in getattr(block, "blocks", ()))}
    )


@cache
def _manuscripts(booklet: str) -> dict[Audience, Booklet]:
    return load_booklet(ROOT / "content", booklet, TODAY)


@cache
def reader(path: Path) -> PdfReader:
    """A finished booklet, opened once."""
    return PdfReader(path)


@cache
def pages(path: Path) -> tuple[str, ...]:
    """The words of each page, as MuPDF reads them: neither our own reader, nor one so slow."""
    return tuple(each.get_text() for each in pymupdf.open(path))


@cache
def sections(path: Path, name: str) -> dict[str, Element]:
    """The structure elements of a booklet by the names of its sections, in their order.

    `cover`, `contents` and `back` are the three that no file of the content is.
    """
    names = {named.section.title.plain: named.id for named in manuscript(name).sections}
    names["Contents"] = "contents"
    top = tree(reader(path)).elements
    titled = [(each, _line(each.all("H2")[0].text)) for each in top if each.role == "Sect"]
    found = {names[title]: element for element, title in titled}
    assert len(found) == len(titled) == len(names)
    assert (top[0].role, top[-1].role) == ("Div", "Div")
    return {"cover": top[0], **found, "back": top[-1]}


@cache
def sentences(path: Path, name: str, place: str) -> tuple[str, ...]:
    """The sentences of a place, without headings, pictures and captions."""
    section, _, heading = place.partition(" / ")
    element = sections(path, name)[section]
    if heading:
        (element,) = (
            part
            for part in element.walk()
            if any(
                kid.role == "H3" and _line(kid.text).startswith(heading) for kid in part.elements
            )
        )
    return tuple(
        sentence
        for passage in _passages(element)
        for sentence in re.split(r"(?<=[.!?])\s+(?=[“'A-Z0-9])", passage)
    )


def _passages(element: Element) -> Iterator[str]:
    """Paragraphs, items and rows; what labels a row stands before its words."""
    if element.role in NOT_THE_TEXT:
        return
    if all(kid.role in INLINE for kid in element.elements):
        if text := _line(element.text):
            yield text
        return
    label = ""
    for kid in element.elements:
        if kid.role == "Lbl":
            label = f"{_line(kid.text)}: " if re.search(r"[a-z]", kid.text) else ""
            continue
        for passage in _passages(kid):
            yield label + passage
            label = ""


def _line(text: str) -> str:
    """A text on one line, with plain hyphens and apostrophes and no invisible characters."""
    plain = re.sub("[\u00ad\u200b\u2060]", "", text).replace("\u2011", "-").replace("’", "'")
    return " ".join(plain.split())
