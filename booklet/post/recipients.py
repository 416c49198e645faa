"""A list of people read into the letters to make: each row has a letter, or a reason why not."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from booklet.messages import counted
from booklet.post.columns import Columns, columns_of, keys_of, lower_headings, without_heading
from booklet.post.days import days_told
from booklet.post.duplicates import Known, without_duplicates
from booklet.post.form import ListChoice
from booklet.post.person import fields_of, people_of
from booklet.post.recipient import Recipient
from booklet.post.refusal import RefusedRow, problems
from booklet.post.table import Table, headed_by, read_table
from booklet.problems import FaultsFound, InList, Problem

_LOWER = "the headings stand in row {}; delete the rows above them"
_NO_BOOKLET = (
    "no booklet is named, and the list has no column “Booklet”; name one for the whole run with "
    "--booklet, or say --letter-alone"
)


@dataclass(frozen=True, slots=True)
class Recipients:
    """Everybody on a list. The rows of `people` and those of `refused` together are all rows."""

    people: tuple[Recipient, ...]  # In the order of the list; copies behind the person
    refused: tuple[RefusedRow, ...]  # In the order of the list
    rows: int  # How many rows have something in them, without the headings
    table: Table  # The list as it was read
    fields: tuple[str, ...]  # What a letter may print of a row, by name
    notes: tuple[str, ...] = ()  # What to tell those who made the list

    def problems(self) -> tuple[Problem, ...]:
        """Every reason why a row gets no letter, as faults of the list; none of it is private."""
        return problems(self.table.file, self.refused)


def read_recipients(file: Path, choice: ListChoice) -> Recipients:
    """Everybody on a list, in a file of CSV or Excel.

    `FaultsFound` where the file cannot be read, or with all that is wrong with its columns. Nothing
    is set in type.
    """
    table, faults = read_table(file, choice.sheet), list[Problem]()
    if lower := lower_headings(table, choice.columns):
        faults.append(Problem(file, _LOWER.format(lower), InList(table.heading_row)))
        table = headed_by(table, lower)
    names_one = choice.booklet or "booklet" in keys_of(table, choice.columns)
    if choice.booklets and not (names_one or choice.alone):
        place = InList(table.heading_row)
        faults.append(Problem(file, _NO_BOOKLET, place, rule="no-booklet"))
    try:
        columns = columns_of(table, choice.columns, choice.printed)
    except FaultsFound as error:
        raise FaultsFound((*faults, *error.problems)) from error
    if faults:
        raise FaultsFound(faults)
    return recipients_of(table, columns, choice)


def recipients_of(table: Table, columns: Columns, choice: ListChoice) -> Recipients:
    """Everybody in a table whose columns are known."""
    known: list[Known] = []
    refused: list[RefusedRow] = []
    for row in table.rows:
        found = people_of(row, columns, choice)
        if isinstance(found, RefusedRow):
            refused.append(found)
        else:
            known.append(found)
    kept, doubled = without_duplicates(known, columns)
    return Recipients(
        tuple(person for each in kept for person in each.people),
        tuple(sorted((*refused, *doubled), key=lambda each: each.row)),
        len(table.rows),
        table,
        fields_of(columns),
        (
            *table.notes,
            *_passed_over(table),
            *without_heading(table),
            *days_told(table, columns, choice.today),
        ),
    )


def _passed_over(table: Table) -> Iterator[str]:
    if table.empty:
        yield f"{counted(table.empty, 'empty row')} passed over"
