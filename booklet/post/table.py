"""A list of people as a table: its headings, and its rows as a spreadsheet counts them."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from booklet.pdf.guarded import Limits, TooMuch, in_child
from booklet.plain_file import read_file
from booklet.post.csv_list import read_csv
from booklet.post.grid import LARGEST_LIST, Cell, Grid, NotReadable, is_empty
from booklet.post.workbook import read_apart
from booklet.problems import FaultsFound, Problem

_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How workbooks begin, whatever the file is called: those of today, and those before 2007."""
_LIMITS = Limits(seconds=60, megabytes=2048)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a list that has something in it."""

    number: int  # As a spreadsheet counts it: the first is 1
    cells: tuple[Cell, ...] = field(repr=False)  # As many as there are headings, or more
    unknown: frozenset[int] = frozenset()
    """The cells, counted from 0, whose value a formula should give and does not."""


@dataclass(frozen=True, slots=True)
class Table:
    """A list as it was read."""

    file: Path  # What it was read from
    headings: tuple[str, ...]  # Above the columns, without spaces at their ends
    heading_row: int  # Where they stand
    rows: tuple[Row, ...]  # Those that are not empty, in their order
    empty: int  # How many empty rows stand between them
    notes: tuple[str, ...] = ()  # What to tell those who made the list


def read_table(file: Path, sheet: str | None = None) -> Table:
    """The table in a CSV file or an Excel workbook (.xlsx, .xlsm), which is told by its content.

    `sheet` names the sheet of a workbook that has several. `FaultsFound` where there is no table.
    """
    try:
        return _table(file, _grid(file, sheet))
    except NotReadable as error:
        raise FaultsFound([Problem(file, str(error))]) from error
    except OSError as error:
        raise FaultsFound([Problem(file, f"this file cannot be read: {error.strerror}")]) from error


def _grid(file: Path, sheet: str | None) -> Grid:
    if file.stat().st_size > LARGEST_LIST:
        raise NotReadable(
            f"this file has {file.stat().st_size:,} bytes, and the most is {LARGEST_LIST:,}; make "
            "several lists of it"
        )
    data = read_file(file)
    if data.startswith(_WORKBOOKS):
        try:
            return in_child(read_apart, file, sheet, limits=_LIMITS)
        except TooMuch as error:
            raise NotReadable(
                "this workbook needs more memory or time than a list can; copy the list alone to a "
                "new workbook"
            ) from error
    if data.startswith(b"%PDF"):
        raise NotReadable("this is a PDF; name the list, as CSV or as an Excel workbook")
    return read_csv(data)


def _table(file: Path, grid: Grid) -> Table:
    filled = [
        number
        for number, cells in enumerate(grid.rows, start=1)
        if not is_empty(cells) or number in grid.unknown
    ]
    if len(filled) < 2:
        raise NotReadable(
            "there are no people in this list; it needs headings, and rows below them"
        )
    first, *others = filled
    headings = _headings(grid.rows[first - 1])
    rows = tuple(
        Row(
            number,
            _filled_up(grid.rows[number - 1], len(headings)),
            grid.unknown.get(number, frozenset()),
        )
        for number in others
    )
    return Table(file, headings, first, rows, others[-1] - first - len(others), grid.notes)


def headed_by(table: Table, number: int) -> Table:
    """The table as it is when the rows above one of its rows are deleted: that holds headings."""
    (row,) = (each for each in table.rows if each.number == number)
    headings = _headings(row.cells)
    below = tuple(
        replace(each, cells=_filled_up(each.cells, len(headings)))
        for each in table.rows
        if each.number > number
    )
    return replace(table, headings=headings, heading_row=number, rows=below)


def _headings(cells: tuple[Cell, ...]) -> tuple[str, ...]:
    return tuple(" ".join(str(cell).split()) for cell in _without_end(cells))


def _without_end(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Cells up to the last that is not empty."""
    last = max((at for at, cell in enumerate(cells) if not is_empty((cell,))), default=-1)
    return cells[: last + 1]


def _filled_up(cells: tuple[Cell, ...], width: int) -> tuple[Cell, ...]:
    """A row that has a cell for each heading; more only where something stands there."""
    kept = _without_end(cells)
    return kept + ("",) * (width - len(kept))
