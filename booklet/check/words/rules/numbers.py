"""Rules about numbers, dates and times: the house form is that of the NHS manual."""

import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

from booklet.check.rule import Rule, rule
from booklet.check.words.lists import compiled
from booklet.check.words.reader_text import ReaderText, WordRule
from booklet.content.wordings import Wording
from booklet.content.yaml_source import read_yaml
from booklet.messages import quoted
from booklet.problems import Problem

SOURCE = "NHS manual, Numbers, measurements, dates and time"
CLOSE = 0.05  # Shares that differ by less are one fact in two forms: 30% and 1 in 3 by 0.033

_DATA = read_yaml(Path(__file__).with_suffix(".yaml")).values
_SHARE = compiled(_DATA["parts"], "${share}")


def _row(find: list[str], write: str = "", **said: Any) -> WordRule:
    """A rule that is a pattern: every place where it matches, with what to write instead."""
    pattern, work_out = compiled(_DATA["parts"], *find), _WORKED_OUT.get(said["id"])

    def judge(reader: ReaderText) -> Iterator[Problem]:
        for wording, typed in reader.matches(pattern):
            yield wording.problem(f"{quoted(typed)}: {work_out(typed) if work_out else write}")

    return Rule(judge, limit="none", source=SOURCE, severity="warning", **said)


def _in_house_time(typed: str) -> str:
    """The advice for a time: the same time as the house writes it.

    >>> _in_house_time("14:30"), _in_house_time("00:15"), _in_house_time("5.30 p.m.")
    ('write it as “2:30pm”', 'write it as “12:15am”', 'write it as “5:30pm”')
    >>> _in_house_time("12:00"), _in_house_time("0900 hours"), _in_house_time("99 pm")
    ('write it as “midday”', 'write it as “9am”', 'this is no time; write it like “5:30pm”')
    """
    figures = re.match(r"(\d{1,2}?)[:.]?([0-5]\d)?(?!\d)", typed)
    hour, minute = (int(part or 0) for part in figures.groups()) if figures else (24, 0)
    half = re.search(r"[ap](?=\.?m)", typed.casefold())
    if hour > 23:
        return "this is no time; write it like “5:30pm”"
    if half and hour <= 12:
        hour = hour % 12 + (12 if half[0] == "p" else 0)
    if not minute and hour % 12 == 0:
        return f"write it as “{'midday' if hour else 'midnight'}”"
    minutes = f":{minute:02}" if minute else ""
    return f"write it as “{hour % 12 or 12}{minutes}{'pm' if hour >= 12 else 'am'}”"


def _in_house_degrees(typed: str) -> str:
    """The advice for a temperature: the figure that stands there, without the sign.

    >>> _in_house_degrees("37.5 °C"), _in_house_degrees("100 °F"), _in_house_degrees("°")
    ('write it as “37.5C”', 'write it as “100F”', 'write it like “38C”')
    """
    figure = re.match(r"\d+(?:[.,]\d+)?", typed)
    if not figure:
        return "write it like “38C”"
    return f"write it as “{figure[0].replace(',', '.')}{'F' if typed.endswith('F') else 'C'}”"


@rule("none", SOURCE, "warning")
def mixed_shares(reader: ReaderText) -> Iterator[Problem]:
    """One share in two forms, or nearly (less than 5 in 100 apart).

    Readers take two forms for two facts. 30% is not 1 in 3, either.
    Not: About 30% (roughly 1 in 3) …
    Better: About 3 in 10 …
    """
    shares = [share for wording in reader.texts() for share in _shares(wording)]
    for (_, said, value), (wording, also, other) in combinations(shares, 2):
        if said != also and abs(value - other) < CLOSE:
            yield wording.problem(
                f"{quoted(also)} here and {quoted(said)} before it: the same share in two forms, "
                "or nearly; keep one"
            )


def _shares(wording: Wording) -> Iterator[tuple[Wording, str, float]]:
    for match in _SHARE.finditer(wording.own_words):
        if match["percent"]:
            value = float(match["percent"]) / 100
        else:
            value = int(match["part"]) / max(1, int(match["whole"]))
        yield wording, match.group(), value


_WORKED_OUT = {"time": _in_house_time, "degree-sign": _in_house_degrees}
_percentage, *_others = (_row(**row) for row in _DATA["rules"])
NUMBERS = (_percentage, mixed_shares, *_others)
