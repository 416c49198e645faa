"""A list as CSV, in each of the forms that spreadsheets save it in."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from contextlib import suppress

from booklet.post.grid import LONGEST_CELL, MOST_ROWS, Grid, NotReadable, within_limits

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SEPARATORS = ",;\t|"  # Excel writes the semicolon where the comma is for decimals
_TOLD = re.compile(r'sep=([^"\s\0]|\t)\r?\n', re.IGNORECASE)
"""A first line of Excel's own, which it does not show and does not count."""
_END = "\ue000the end\ue000"  # Signs for private use: no list has them
LIKE_A_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
"""How cells begin that a spreadsheet may take for a formula (OWASP, CSV Injection)."""


def read_csv(data: bytes) -> Grid:
    """The cells of a CSV file; `NotReadable` where it is none.

    The encoding is UTF-8 or UTF-16 with a mark, UTF-8 without, or else Windows-1252; the separator
    is what the first line says, or what gives the row of headings the most cells.
    """
    text, encoding = decoded(data)
    told = _TOLD.match(text)
    text = text[told.end() :] if told else text
    separator = told[1] if told else max(_SEPARATORS, key=lambda each: _headings(text, each))
    rows: list[tuple[str, ...]] = []
    at_end = "" if text.endswith(("\n", "\r")) else "\n"
    for cells in _records(f"{text}{at_end}{_END}", separator):
        rows.append(tuple(map(unguarded, cells)))
        if len(rows) > MOST_ROWS + 2:
            within_limits(len(rows) - 1, 0)
    if rows[-1] != (_END,):
        raise NotReadable(
            f"a quotation mark in row {len(rows)} is never closed, so that all rows behind it are "
            "part of one cell; close it, or take it out"
        )
    within_limits(0, max(map(len, rows)))
    notes = (f"read as {encoding}: look at letters with accents in the sample",)
    return Grid(tuple(rows[:-1]), notes=notes if encoding == "Windows-1252" else ())


def decoded(data: bytes) -> tuple[str, str]:
    """The text of a CSV file, and the name of the encoding it was in.

    >>> decoded("Siân".encode()), decoded("Siân".encode("cp1252"))
    (('Siân', 'UTF-8'), ('Siân', 'Windows-1252'))
    >>> decoded("Siân".encode("utf-16"))[0], decoded("Si".encode("utf-16-le"))[0]
    ('Siân', 'Si')
    """
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    zeros = data[:1000].count(0)
    # UTF-16 without its mark: every second byte of Latin text is 0.
    if marked is None and zeros > len(data[:1000]) / 4:
        marked = "utf-16-le" if data[1:1000:2].count(0) > zeros / 2 else "utf-16-be"
    tried = (
        [(marked, marked.upper())] if marked else [("utf-8", "UTF-8"), ("cp1252", "Windows-1252")]
    )
    for encoding, name in tried:
        with suppress(UnicodeDecodeError):
            text = data.decode(encoding)
            if text[:1000].count("\0") <= len(text[:1000]) / 4:  # else it is UTF-32
                return text, name
    raise NotReadable(
        "this is no text that can be read; in the spreadsheet, save the list as “CSV UTF-8” or as "
        "an Excel workbook (.xlsx)"
    )


def guarded(cell: str) -> str:
    """A cell that every spreadsheet takes for text, by an apostrophe where it needs one.

    >>> guarded("=1+1"), guarded("+44 20 7946 0002"), guarded("O'Example")
    ("'=1+1", "'+44 20 7946 0002", "O'Example")
    """
    return f"'{cell}" if LIKE_A_FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """The cell as it was before, also where another program has guarded it.

    >>> unguarded("'=1+1"), unguarded("'t Example")
    ('=1+1', "'t Example")
    """
    return cell[1:] if cell.startswith("'") and LIKE_A_FORMULA.match(cell) else cell


def _headings(text: str, separator: str) -> int:
    """How many cells the first row that is not empty has with this separator."""
    return len(next(filter(any, _records(text, separator)), ()))


def _records(text: str, separator: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        yield from reader
    except csv.Error as error:
        raise NotReadable(
            f"line {reader.line_num:,} of this file cannot be read as CSV; look for a quotation "
            f"mark that is never closed, or a cell of more than {LONGEST_CELL:,} characters"
        ) from error
