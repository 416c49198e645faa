"""The rows that get no letter as a list of their own, to put right and to send later."""

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from booklet.files import must_be_replaceable, must_be_writable, write_whole
from booklet.plain_file import read_file
from booklet.post.csv_list import guarded
from booklet.post.order import MailOrder
from booklet.post.recipients import Recipients
from booklet.post.refusal import RefusedRow
from booklet.post.row_reader import written
from booklet.problems import WrongUsage

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


def keep_refused(file: Path | None, reading: Recipients, refused: Sequence[RefusedRow]) -> None:
    """Write rows without a letter to the file that was named for them, as they are in the list."""
    if file is None:
        return
    cells = {each.number: each.cells for each in reading.table.rows}
    whole = tuple(replace(each, cells=cells[each.row]) for each in refused)
    rows = refused_as_csv(replace(reading, refused=whole))
    if not (file.exists() and read_file(file) == rows):
        must_be_new(file)
        write_whole(file.parent, {file.name: rows})


def must_be_apart(order: MailOrder) -> None:
    """`WrongUsage` where rows without a letter would be written over what is read for the run.

    So it is where they would be written over a folder.
    """
    file = order.skipped
    if file is None or not file.exists():
        return
    if file.is_dir():
        raise WrongUsage(f"{file} is a folder; name a file with --skip-bad")
    if any(
        each and each.exists() and each.samefile(file) for each in (order.recipients, order.columns)
    ):
        raise WrongUsage(f"{file} is read for this run; name another file with --skip-bad")


def must_be_new(file: Path) -> None:
    """`WrongUsage` where a file is there: it may be all that is left of rows left out before."""
    if file.exists():
        raise WrongUsage(
            f"{file} is there already, and may have the rows that another run left out; name "
            "another file with --skip-bad, or move this one away"
        )


def must_have_a_place(file: Path | None, *, resume: bool) -> None:
    """`WrongUsage` where rows without a letter could not be written when all letters are made.

    A run that goes on may have written its file before it was stopped.
    """
    if file is None:
        return
    if not resume:
        must_be_new(file)
    must_be_writable(file.parent)
    must_be_replaceable(file.parent, [file.name])
