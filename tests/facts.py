"""The table of facts, and a finished booklet cut into the places that the table names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from pypdf import PdfReader

from booklet.editions import AUDIENCES, SIZES, Audience
from booklet.manuscript.load import load
from booklet.manuscript.model import Booklet
from tests.conftest import ROOT
from tests.reading import Element, tree

NAMES = [f"{audience}-{size.name}" for audience in AUDIENCES for size in SIZES]
INLINE = {"Span", "Link", "Reference", "Em", "Strong"}
NOT_THE_TEXT = {"Figure", "Caption", "H2", "H3", "H4"}


@dataclass(frozen=True)
class Fact:
    """What one place must tell; `patterns` all stand in one sentence."""

    place: str
    name: str
    patterns: tuple[str, ...]

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
def facts(audience: Audience) -> tuple[Fact, ...]:
    """The facts that a reader must be told."""
    table = yaml.safe_load((ROOT / "tests/facts.yaml").read_text(encoding="utf-8"))
    return tuple(
        Fact(place, name, tuple(pattern.split(" & ")))
        for reader in ("both", audience)
        for place, told in table[reader].items()
        for name, pattern in told.items()
    )


def audience_of(name: str) -> Audience:
    """The reader of an edition such as `family-large`."""
    return next(audience for audience in AUDIENCES if name.startswith(audience))


@cache
def manuscript(audience: Audience) -> Booklet:
    return load(ROOT / "content", "aml-relapse")[audience]


@cache
def sections(path: Path, audience: Audience) -> dict[str, Element]:
    """The structure elements of a booklet by the names of its sections, in their order.

    `cover`, `contents` and `back` are the three that no file of the content is.
    """
    names = {named.section.title.plain: named.id for named in manuscript(audience).sections}
    names["Contents"] = "contents"
    top = tree(PdfReader(path)).elements
    titled = [(each, _line(each.all("H2")[0].text)) for each in top if each.role == "Sect"]
    found = {names[title]: element for element, title in titled}
    assert len(found) == len(titled) == len(names)
    assert (top[0].role, top[-1].role) == ("Div", "Div")
    return {"cover": top[0], **found, "back": top[-1]}


@cache
def sentences(path: Path, audience: Audience, place: str) -> tuple[str, ...]:
    """The sentences of a place, without headings, pictures and captions."""
    section, _, heading = place.partition(" / ")
    element = sections(path, audience)[section]
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
