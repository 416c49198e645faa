"""YAML errors in the words of somebody who writes leaflets, at the place to put right.

A YAML reader stops where it can go no further, often a line behind the mistake. The lines around
tell which mistake it was; `yaml_errors.yaml` has them all.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import ClassVar, Literal

import yaml

from booklet.content.invisible import ODD_SPACE, ODD_SPACES

_INDENTED_ODDLY = re.compile(f"[ -]*(?=[{ODD_SPACES}])")
Place = tuple[int, int]
"""Line and column, from 1."""


@dataclass(frozen=True, slots=True)
class _Mistake:
    """One entry of the data file, whose head says what each key means."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    reader: str
    say: str
    like: re.Pattern[str] = re.compile("")
    where: Literal["before", "line", "above"] = "before"
    lines: Literal["several"] | None = None
    at: Literal["place", "start", "match", "quote"] = "place"


def explained(text: str, detail: str, place: Place, start: Place) -> tuple[Place, str]:
    """What to put right, and where.

    `detail` is what a YAML reader said of the text; it stopped at `place` and had begun at `start`.
    """
    lines = ["", *text.splitlines(), ""]  # so that they count from 1, and one may be missing
    number, column = place
    above = next((each for each in range(number - 1, 0, -1) if lines[each].strip()), 0)
    for at in sorted({start[0], above, number}):
        if strange := _INDENTED_ODDLY.match(lines[at]):
            return (at, strange.end() + 1), ODD_SPACE
    words = {"before": lines[number][: column - 1], "line": lines[number], "above": lines[above]}
    mistake, end = next(
        (each, found.end())
        for each in _mistakes()
        if each.reader in detail and not (each.lines and number == start[0])
        if (found := each.like.match(words[each.where]))
    )
    odd = (each for each in range(number - 1, 0, -1) if lines[each].count('"') % 2)
    opened = next(odd, number)
    places = {
        "place": place,
        "start": start,
        "match": (above if mistake.where == "above" else number, end + 1),
        "quote": (opened, lines[opened].find('"') + 1),
    }
    return places[mistake.at], mistake.say


@cache
def _mistakes() -> tuple[_Mistake, ...]:
    from pydantic import TypeAdapter  # to read mistakes takes a mistake

    data = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
    return TypeAdapter(tuple[_Mistake, ...]).validate_python(data)
