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

from booklet.post.ledger import OF_COPY, Ledger, Letter, Refused, Run

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

    Somebody with two needs counts for each of them. Somebody who was left out of a letter counts
    once, however often, and not at all when they got that letter in another run of these days.
    Runs that were not handed over do not count.
    """
    found: Counter[tuple[str, str, str, str]] = Counter()
    got: set[tuple[str, str]] = set()
    left_out: dict[tuple[str, str, str], str] = {}
    for run in ledger.runs():
        if run.state != "begun" and first.isoformat() <= run.day <= last.isoformat():
            letters = ledger.letters(run.id)
            found.update(_given(letters))
            got |= {(run.letter, each.person) for each in letters}
            left_out |= _not_given(run, ledger.refused(run.id))
    found.update(
        (need, NOT_GIVEN, "", why)
        for (letter, person, need), why in left_out.items()
        if (letter, person) not in got
    )
    return tuple(sorted(NeedMet(*what, count) for what, count in found.items()))


def _given(letters: Iterable[Letter]) -> Iterator[tuple[str, str, str, str]]:
    for each in letters:
        for need in _names(each.needs) or [""]:
            yield need, each.size, each.language, ""


def _not_given(run: Run, refused: Iterable[Refused]) -> dict[tuple[str, str, str], str]:
    """The rules that rows without a letter broke, by letter, person and need.

    Of rows whose person nobody knows, each is for itself, and so is the copy of a row.
    """
    rows: dict[tuple[int, bool], list[Refused]] = {}
    for each in refused:
        rows.setdefault((each.row, each.rule.endswith(OF_COPY)), []).append(each)
    return {
        (run.letter, those[0].person or f"{run.id} {row}", need): _rules(those)
        for row, those in rows.items()
        for need in _names(those[0].needs)
    }


def _rules(refused: Iterable[Refused]) -> str:
    return " ".join(each.rule.removesuffix(OF_COPY) for each in refused)


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
