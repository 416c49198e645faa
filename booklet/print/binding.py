"""Binding: which paper, where to fold and staple, with what, and how to look at a first copy."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter

from booklet.print.schemes import STAPLE_MARGIN, Binding, Scheme
from booklet.print.stock import Format, Paper


@dataclass(frozen=True, slots=True)
class Stapler:
    """A tool that staples."""

    words: str  # what the person using it calls it
    sheets: int  # the most sheets of 80 g/m² it takes


@dataclass(frozen=True, slots=True)
class Way:
    """One way to bind, in words for those who do it."""

    proof: str  # how to look at a first copy
    fold: str  # how to fold the sheets
    staple: str  # where the staples go, up to the words for the tool
    too_thick: str  # what to do where no tool takes the sheets
    tools: tuple[Stapler, ...]  # what staples, the smallest first


WORDS: dict[str, Any] = yaml.safe_load(
    Path(__file__).with_name("words.yaml").read_text(encoding="utf-8")
)
"""What the person at the printer and at the stapler is told."""

WAYS = TypeAdapter(dict[Binding, Way]).validate_python(WORDS["binding"])


def stapler_for(binding: Binding, sheets: int, paper: Paper) -> Stapler | None:
    """The smallest tool that binds this many sheets of this paper; `None` where none does.

    >>> stapler_for("saddle", 12, Paper(80)).sheets
    15
    >>> [stapler_for("saddle", *stack) for stack in ((21, Paper(80)), (20, Paper(100)))]
    [None, None]
    """
    office_sheets = sheets * paper.caliper / Paper(80).caliper - 1e-9  # thicker paper, fewer sheets
    return next((tool for tool in WAYS[binding].tools if office_sheets <= tool.sheets), None)


def paper_in_words(scheme: Scheme, paper: Paper, book: Format) -> str:
    """The paper to put into the drawer, or to ask a print shop for."""
    kind = f"{paper.weight:g} g/m², white, matt"
    return f"{scheme.sheet.name}, {kind}" if scheme.sheet else f"{kind}, trimmed to {book}"


def fold(scheme: Scheme, sheets: int, paper: Paper) -> str:
    """How to fold the sheets; a print shop does not fold what no staple holds."""
    if scheme.binding == "shop" and not stapler_for("shop", sheets, paper):
        return "As the print shop advises: it goes with the spine."
    return WAYS[scheme.binding].fold


def binding_words(scheme: Scheme, sheets: int, paper: Paper) -> Iterator[str]:
    """How to bind what comes out of the printer; a print shop has that in its order."""
    if scheme.binding != "shop":
        yield staples(scheme, sheets, paper)
    yield from stapler_warnings(scheme, sheets, paper)


def staples(scheme: Scheme, sheets: int, paper: Paper) -> str:
    """Where the staples go and which tool takes the sheets."""
    if scheme.binding == "side" and sheets == 1:
        return "One sheet: no staple."
    way, tool = WAYS[scheme.binding], stapler_for(scheme.binding, sheets, paper)
    where = way.staple.format(edge=scheme.edge, margin=STAPLE_MARGIN)
    return f"{where} {tool.words}." if tool else way.too_thick


def stapler_warnings(scheme: Scheme, sheets: int, paper: Paper) -> Iterator[str]:
    """That no stapler takes the sheets, or that most finishers do not."""
    tools, tool = WAYS[scheme.binding].tools, stapler_for(scheme.binding, sheets, paper)
    if tool is None:
        yield (
            f"{sheets} sheets of {paper.weight:g} g/m² paper are more than any stapler here"
            f" takes ({tools[-1].sheets} of 80 g/m²)."
        )
    elif scheme.binding == "saddle" and tool is tools[-1]:
        yield (
            f"{sheets} sheets are more than booklet finishers take ({tools[-2].sheets} of"
            " 80 g/m²): staple it by hand, or print it flat."
        )
    elif scheme.binding == "saddle" and tool is not tools[0]:
        yield (
            f"{sheets} sheets are more than most booklet finishers take ({tools[0].sheets} of"
            " 80 g/m²): look at what yours takes."
        )
