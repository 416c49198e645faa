"""Why a row of a list gets no letter: a rule, where it was broken, and what puts it right."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from booklet.content.yaml_source import read_yaml
from booklet.post.grid import Cell
from booklet.post.recipient import Recipient
from booklet.problems import InList, Problem

DATA = Path(__file__).with_name("refusals.yaml")


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason. None of it is private: it may be printed, kept and sent to whoever asks."""

    row: int  # The row, as a spreadsheet counts
    column: str  # The heading of the column, or what we call one that is missing
    rule: str  # The id of the rule, as `refusals.yaml` has it
    message: str  # What is wrong
    remedy: str  # What to do

    def problem(self, file: Path) -> Problem:
        """The same as a fault of the list."""
        place = InList(self.row, self.column)
        return Problem(file, f"{self.message}; {self.remedy}", place, rule=self.rule)


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that gets no letter, with every reason there is."""

    row: int  # As a spreadsheet counts
    reasons: tuple[Refusal, ...]  # At least one, in the order of the columns as they are looked at
    cells: tuple[Cell, ...] = field(repr=False, default=())
    """What stands in it, to be written to a file of its own: private."""
    needs: tuple[str, ...] = ()  # The needs it names, by their names in `needs.yaml`
    identity: str = field(repr=False, default="")
    """What tells its person from others, as `Recipient.identity`; empty where nobody can tell."""
    trace: str = field(repr=False, default="")
    """What the row is known by when it was put right, as `Recipient.trace`."""
    copies: tuple[tuple[str, tuple[str, ...]], ...] = field(repr=False, default=())
    """Whoever would have got a copy: what tells them from others, and their needs."""
    tried: tuple[Recipient, ...] = field(repr=False, default=())
    """Its people as far as they are known, so that what is wrong with their letters is told, too:
    private."""


class _Wording(BaseModel):
    """The words of a rule."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    says: str  # what is wrong
    do: str  # what puts it right


def refusal(row: int, column: str, rule: str, **facts: object) -> Refusal:
    """The reason why a row breaks a rule; `facts` fill the gaps of its words and are not private.

    >>> refusal(3, "Postcode", "unknown-answer").remedy
    'write yes or no, or nothing for no'
    """
    words = wordings()[rule]
    return Refusal(row, column, rule, words.says.format(**facts), words.do.format(**facts))


def by_row(refused: Iterable[RefusedRow]) -> tuple[RefusedRow, ...]:
    """Refused rows in the order of the list, each once with every reason.

    >>> late, early = RefusedRow(9, ()), RefusedRow(2, (refusal(2, "Name", "no-name"),))
    >>> [(each.row, len(each.reasons)) for each in by_row([late, early, early])]
    [(2, 1), (9, 0)]
    """
    rows: dict[int, RefusedRow] = {}
    for each in refused:
        known = rows.setdefault(each.row, each)
        reasons = tuple(dict.fromkeys((*known.reasons, *each.reasons)))
        rows[each.row] = replace(known, reasons=reasons)
    return tuple(rows[row] for row in sorted(rows))


def known_as(row: RefusedRow, people: Sequence[Recipient]) -> RefusedRow:
    """A refused row with what is known of its people, the first of whom it is about."""
    if not people:
        return row
    person, *others = people
    copies = tuple((each.identity, each.given.needs) for each in others)
    return replace(
        row,
        needs=person.given.needs,
        identity=person.identity,
        trace=person.trace,
        copies=copies,
    )


def problems(file: Path, refused: Iterable[RefusedRow]) -> tuple[Problem, ...]:
    """Every reason of every row as a fault of the list."""
    return tuple(reason.problem(file) for row in refused for reason in row.reasons)


@cache
def wordings() -> dict[str, Any]:
    """The words of all rules by their ids."""
    listed = read_yaml(DATA).values["refusals"]
    return {rule: _Wording.model_validate(words) for rule, words in listed.items()}
