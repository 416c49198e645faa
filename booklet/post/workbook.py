"""A list as an Excel workbook, read in a process of its own: it may come from anywhere."""

import os
import zipfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from booklet.content.suggestion import near
from booklet.post.grid import Cell, Grid, NotReadable, day_and_time, number_as_seen, within_limits
from booklet.post.worksheet import Unseen, unseen_in

_UNPACKED = 1_000_000_000  # Bytes of all parts of a workbook together; more is made to do harm
_OLD = b"\xd0\xcf\x11\xe0"  # How files of Excel before 2007 begin, and workbooks with a password
_AGAIN = "open it in the spreadsheet and save it again as an Excel workbook (.xlsx)"


def read_workbook(file: Path, sheet: str | None) -> Grid:
    """The cells of one sheet of a workbook: the one that is named, or the only one with cells.

    `NotReadable` where there is none, where the file is damaged or protected, or where rows are
    hidden: nobody can tell whether they are meant.
    """
    if file.read_bytes()[:4] == _OLD:
        raise NotReadable(
            "this workbook has a password, or is of the kind that Excel wrote before 2007, in "
            f"which cells cannot be seen whose formula failed; {_AGAIN}, without a password"
        )
    try:
        with zipfile.ZipFile(file) as package, CalamineWorkbook.from_path(file) as book:
            if sum(part.file_size for part in package.infolist()) > _UNPACKED:
                raise NotReadable(f"this workbook is too large once it is unpacked; {_AGAIN}")
            name = _chosen(book, sheet)
            unseen = unseen_in(package, name)
            return _grid(book.get_sheet_by_name(name), unseen)
    except PasswordError as error:
        raise NotReadable(f"this workbook has a password; {_AGAIN}, without one") from error
    except (CalamineError, zipfile.BadZipFile, ValueError, KeyError, SyntaxError) as error:
        raise NotReadable(f"this is no Excel workbook, or it is damaged; {_AGAIN}") from error


def read_apart(file: Path, sheet: str | None) -> Grid:
    """The same in a process of its own, which ends with a page of the reader's on a lack of memory.

    What the process says is not shown: its end is told by the one who waits for it.
    """
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    return read_workbook(file, sheet)


def _chosen(book: CalamineWorkbook, named: str | None) -> str:
    seen = [
        each.name
        for each in book.sheets_metadata
        if each.visible == SheetVisibleEnum.Visible and each.typ == SheetTypeEnum.WorkSheet
    ]
    if named is not None:
        if named in seen:
            return named
        raise NotReadable(f"there is no such sheet in it; {near(named, frozenset(seen))}")
    filled = [name for name in seen if book.get_sheet_by_name(name).start is not None]
    if len(filled) == 1:
        return filled[0]
    if not filled:
        raise NotReadable("no sheet of this workbook has anything in it")
    listed = ", ".join(f"`{name}`" for name in filled)
    raise NotReadable(f"more than one sheet has something in it; choose one with --sheet: {listed}")


def _grid(sheet: CalamineSheet, unseen: Unseen) -> Grid:
    rows = sheet.to_python(skip_empty_area=False)
    within_limits(len(rows), max(map(len, rows), default=0))
    cells = tuple(
        tuple(_as_seen(value, unseen.masks.get((number, column), "")) for column, value in each)
        for number, each in enumerate(map(enumerate, rows), start=1)
    )
    hidden = [number for number in unseen.hidden if number <= len(cells) and any(cells[number - 1])]
    if hidden:
        raise NotReadable(
            f"rows of this sheet ({len(hidden):,}) are hidden, the first is row {min(hidden):,}; "
            "show all rows (Data, Clear the filter), or copy those that are meant to a new workbook"
        )
    return Grid(cells, unseen.unknown)


def _as_seen(value: Any, mask: str) -> Cell:
    """A cell as people see it: its number, its day, its text, which may begin with `=`."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return number_as_seen(value, mask)
    if isinstance(value, datetime):
        return day_and_time(value)
    if isinstance(value, timedelta):
        return str(value)
    cell: Cell = value
    return cell
