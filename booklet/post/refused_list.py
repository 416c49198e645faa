"""The rows that get no letter as a list of their own, to put right and to send later."""

import csv
import io
from collections.abc import Sequence

from booklet.post.csv_list import guarded
from booklet.post.recipients import Recipients
from booklet.post.refusal import RefusedRow
from booklet.post.row_reader import written

ROW, REASONS = "Row of the list", "Why it was left out"
"""The columns that are added.

A list that has them already gets its reasons anew, and keeps the rows: by them a row is known again
that is left out of several lists, one after the other.
"""


def refused_as_csv(recipients: Recipients) -> bytes:
    """The refused rows as they were, each with its row in the first list and every reason.

    CSV in UTF-8 with a mark, as Excel reads it. What a spreadsheet would take for a formula has an
    apostrophe before it, which is left out again when the list is read. It holds private text.
    """
    headings = recipients.table.headings
    kept = [at for at, heading in enumerate(headings) if heading not in (ROW, REASONS)]
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([*(guarded(headings[at]) for at in kept), ROW, REASONS])
    for each in recipients.refused:
        beyond = range(len(headings), len(each.cells))
        cells = [guarded(written(each.cells[at], "en")) for at in (*kept, *beyond)]
        at_end = len(kept)
        row = _first_row(each, headings)
        writer.writerow([*cells[:at_end], row, reasons_of(each), *cells[at_end:]])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _first_row(row: RefusedRow, headings: Sequence[str]) -> str:
    """Its row in the list it was left out of first."""
    said = written(row.cells[headings.index(ROW)], "en") if ROW in headings else ""
    return guarded(said) or f"{row.row}"


def reasons_of(row: RefusedRow) -> str:
    """All reasons of a row in one cell, a line each."""
    return "\n".join(
        f"{reason.column}: {reason.message}; {reason.remedy}".removeprefix(": ")
        for reason in row.reasons
    )
