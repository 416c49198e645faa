"""What people needed and what they were given, by count: for the return the standard asks for.

DAPB1605, the Accessible Information Standard: needs are recorded, met and reviewed, and a yearly
account says how far.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from booklet.post.ledger import Ledger, Letter, Refused

NOT_GIVEN = "nothing"
"""What somebody was given whose need could not be met."""
_FIELDS = ("need", "given", "language", "why", "count")


@dataclass(frozen=True, order=True, slots=True)
class NeedMet:
    """How often a need was answered in one way."""

    need: str  # The name of the need; empty for those who said none
    given: str  # The size that was given, or `NOT_GIVEN`
    language: str  # The language it was given in; empty where nothing was
    why: str  # The rules by which nothing was given; empty where something was
    count: int  # How often


def needs_met(ledger: Ledger, first: date, last: date) -> tuple[NeedMet, ...]:
    """Every need against what was given for it, in runs of these days, both included.

    Somebody with two needs counts for each of them. Runs that were not handed over do not count.
    """
    found: Counter[tuple[str, str, str, str]] = Counter()
    for run in ledger.runs():
        if run.state != "begun" and first.isoformat() <= run.day <= last.isoformat():
            found.update(_given(ledger.letters(run.id)))
            found.update(_not_given(ledger.refused(run.id)))
    return tuple(sorted(NeedMet(*what, count) for what, count in found.items()))


def _given(letters: Iterable[Letter]) -> Iterator[tuple[str, str, str, str]]:
    for each in letters:
        for need in _names(each.needs) or [""]:
            yield need, each.size, each.language, ""


def _not_given(refused: Iterable[Refused]) -> Iterator[tuple[str, str, str, str]]:
    """The needs of each row that got no letter, once each, with all rules that it broke."""
    rows: dict[int, list[Refused]] = {}
    for each in refused:
        rows.setdefault(each.row, []).append(each)
    for those in rows.values():
        for need in _names(those[0].needs):
            yield need, NOT_GIVEN, "", " ".join(each.rule for each in those)


def _names(needs: str) -> list[str]:
    return [each for each in needs.split(",") if each]


def as_csv(found: Iterable[NeedMet]) -> str:
    """The counts as a table, the headings first."""
    text = io.StringIO()
    table = csv.DictWriter(text, _FIELDS, lineterminator="\n")
    table.writeheader()
    table.writerows(asdict(each) for each in found)
    return text.getvalue()


def as_values(found: Iterable[NeedMet]) -> list[dict[str, Any]]:
    """The counts for programs."""
    return [asdict(each) for each in found]
