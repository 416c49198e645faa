"""What tests of lists share. The people are invented; their postcodes cannot be real: Shetland has
the areas ZE1 to ZE3, and these say ZE99. Telephone numbers are those Ofcom keeps for drama, NHS
numbers begin with 999, which the NHS keeps for tests."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from booklet.post.columns import columns_of
from booklet.post.form import ListChoice
from booklet.post.recipients import Recipients, recipients_of
from booklet.post.table import Row, Table

CHOICE = ListChoice({"aml-relapse": frozenset({"en", "cy"})}, "aml-relapse")
PERSON = {
    "Title": "Mrs",
    "First name": "Ann",
    "Surname": "Example",
    "Address 1": "1 Sample Street",
    "Address 2": "Lerwick",
    "Postcode": "ZE99 9ZZ",
}


def as_csv(rows: Sequence[Sequence[str]], delimiter: str = ",") -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue()


def table_of(*people: Mapping[str, Any]) -> Table:
    """A table with a row for each person, below a row of headings."""
    headings = tuple(dict.fromkeys(key for person in people for key in person))
    rows = (tuple(person.get(key, "") for key in headings) for person in people)
    numbered = tuple(Row(number, cells) for number, cells in enumerate(rows, start=2))
    return Table(Path("list.csv"), headings, 1, numbered, 0)


def read(*people: Mapping[str, Any], **choice: Any) -> Recipients:
    """What becomes of people; each is `PERSON` with what is said here, `None` to take it out."""
    whole = [{k: v for k, v in (PERSON | dict(each)).items() if v is not None} for each in people]
    table = table_of(*whole)
    chosen = replace(CHOICE, **choice)
    return recipients_of(table, columns_of(table, chosen.columns, chosen.printed), chosen)


def rules(found: Recipients) -> list[str]:
    return [reason.rule for row in found.refused for reason in row.reasons]
