"""What people need of a letter and a booklet, and what it leads to.

The Accessible Information Standard (DAPB1605) asks that a need is met in the form it names: what
cannot be made is refused, with what a person must do, and never answered with a standard letter.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from booklet.content.suggestion import close_to
from booklet.content.yaml_source import read_yaml
from booklet.editions import LEAST_POINTS, MOST_POINTS, Size, size_named

DATA = Path(__file__).with_name("needs.yaml")
_APART = re.compile(r"[;|\n]+")  # Stands between needs, and in no name of one
_AND = re.compile(r",| \+ | & | / | and ")  # Stands between needs, if not in the name of one
_OF_CODE = re.compile(
    r"(?:\bsnomed(?: ct)?(?: code)?:?\s+)?\b(\d{6,18})"
    r"(?:\s*\|?(?:[^|;\n\d]|\d\d? point)*\((?:finding|procedure|regime/therapy)\)\s*\|?)?",
    re.IGNORECASE,
)
"""A code of SNOMED CT, and its name as exports write it, which ends in what kind of thing it is."""
_ASKING = re.compile(
    r"(?:needs?|requires?|prefers?|wants?|would like|uses?|requested) "
    r"(?:(?:all |written )?(?:information|letters?|it) )?(?:in |by )?"
)
"""How people begin to write of a need."""
_POINTS = re.compile(
    r"(?:(?:(?:very )?large|giant|big|bold|sans serif|arial|size|font|print|type|at least|minimum|"
    r"min|a)\s+)*n?(?:(\d{1,2})\s+(?:to |or )?)?(\d{1,3})\s*-?\s*(?:pts?|points?|p)?\+?"
    r"(?:\s+(?:or (?:more|larger|above)|and above|print|font|sans serif|arial|type|large print|"
    r"large|plus|bold))*"
)
"""A size in points, or two ends of a range, alone or among the words that people write about it.
`N18` is what charts for reading call print of 18 point."""
_CODE = re.compile(r"\d{6,18}")  # A SNOMED CT identifier
_KEPT = 15  # Digits of a number that spreadsheets keep; those behind become zeros
_LONGEST_WORD = 60  # Characters; what is longer is no slip of the pen
_LIKE = 0.7  # How alike a word is to one we know, between 0 and 1, to be meant


class Need(BaseModel):
    """A need, and what it leads to."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(pattern=r"^[a-z0-9-]+$")  # what the ledger and reports call it
    title: str  # what people call it
    codes: tuple[str, ...] = ()  # its codes in SNOMED CT and in systems that send letters
    words: tuple[str, ...] = ()  # what lists write for it
    points: int | None = None  # the least size of print that meets it, in points
    do: str = ""  # what a person must do, where no letter meets it
    beside: bool = False  # whether it is no need of a letter at all


@dataclass(frozen=True, slots=True)
class Needed:
    """What a cell of needs says."""

    needs: tuple[Need, ...] = ()  # Those that were understood, in their order
    points: int | None = None  # The largest size that any of them asks for
    others: tuple[str, ...] = ()  # What was not understood, maybe the name of a language: private
    parts: tuple[str, ...] = ()  # All that stands in the cell, each for one need: private

    def __repr__(self) -> str:
        """Without what was not understood."""
        return f"Needed({', '.join(need.name for need in self.needs)})"


def needed(cell: str) -> Needed:
    """The needs in a cell, parted by semicolons, bars, commas, line ends or "and".

    >>> found = needed("Large print; 957331000000109")
    >>> [need.name for need in found.needs], found.points
    (['large-print', 'print-20'], 20)
    >>> needed("22 point").points, needed("Klingon").others
    (22, ('Klingon',))
    """
    found: list[Need] = []
    others: list[str] = []
    parts = tuple(_parts(cell))
    for part in parts:
        need = _need(part)
        if need:
            found.append(need)
        else:
            others.append(part)
    points = max((need.points for need in found if need.points), default=None)
    return Needed(tuple(dict.fromkeys(found)), points, tuple(others), parts)


def near_need(word: str) -> str | None:
    """The word for a need that was probably meant; `None` where none is near.

    >>> near_need("brale"), near_need("xyz") is None
    ('braille', True)
    """
    return close_to(_plain(word), _by_word(), _LIKE) if len(word) <= _LONGEST_WORD else None


def size_of_points(points: int) -> Size | None:
    """The size of print for so many points; `None` where it is not made.

    >>> size_of_points(18).name, size_of_points(11)
    ('large', None)
    """
    return size_named(f"{points}") if LEAST_POINTS <= points <= MOST_POINTS else None


def size_written(text: str) -> Size | None:
    """The size that a cell names, by its name or in points; `None` where it is none.

    >>> size_written("Large print").name, size_written("24 pt").name, size_written("tiny")
    ('large', 'giant', None)
    """
    found = needed(text)
    if found.others or len(found.needs) != 1 or found.needs[0].do:
        return None
    return size_of_points(found.points or LEAST_POINTS)


def all_needs() -> tuple[Need, ...]:
    """Every need of the data, in its order."""
    return tuple(Need.model_validate(each) for each in read_yaml(DATA).values["needs"])


def _parts(cell: str) -> Iterator[str]:
    """What stands in a cell for one need each, maybe."""
    for part in _APART.split(_OF_CODE.sub(r"\1", cell)):
        parts = (part,) if _need(part) else _AND.split(part)
        yield from filter(None, (" ".join(each.split()) for each in parts))


def _need(part: str) -> Need | None:
    """The need that one part of a cell says."""
    word = _plain(part)
    return _known(word) or _known(_ASKING.sub("", word, count=1)) if word else None


def _known(word: str) -> Need | None:
    if named := _by_word().get(word) or _by_code().get(word.replace(" ", "")):
        return named
    if found := _POINTS.fullmatch(" ".join(re.sub("[()]", " ", word).split())):
        points = max(int(each) for each in found.groups() if each)
        return Need(name=f"print-{points}", title=f"print of {points} point", points=points)
    return None


def _plain(text: str) -> str:
    """A word as the table has it: small letters, no marks but those of codes.

    >>> _plain("B.S.L."), _plain("E-mail"), _plain("N/A")
    ('bsl', 'e mail', 'n/a')
    """
    text = text.casefold().replace(".", "").replace("-", " ") if len(text) > 1 else text
    return " ".join(text.split())


@cache
def _by_word() -> dict[str, Need]:
    return {
        _plain(word): need for need in all_needs() for word in (need.name, need.title, *need.words)
    }


@cache
def _by_code() -> dict[str, Need]:
    """Needs by their codes, and by what a spreadsheet leaves of those with more digits."""
    return {form: need for need in all_needs() for code in need.codes for form in _forms(code)}


def _forms(code: str) -> Iterator[str]:
    yield _plain(code).replace(" ", "")
    if _CODE.fullmatch(code) and len(code) > _KEPT:
        yield code[:_KEPT] + "0" * (len(code) - _KEPT)
