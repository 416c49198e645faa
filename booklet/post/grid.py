"""What a list holds before anybody asks what its columns are: rows of cells, as people see them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from booklet.problems import BookletError

Cell = str | date | time
"""Text as it was typed, or a day or a time that a spreadsheet knows to be one (`datetime` is a
`date`). Numbers are text already: how a day is written depends on the language of the letter."""

LARGEST_LIST = 50_000_000  # Bytes of a file; 10,000 rows of 20 columns have about 2 million
MOST_ROWS = 100_000  # As many as GOV.UK Notify takes in one list
MOST_COLUMNS = 200  # A list for letters has some 20
LONGEST_CELL = 5_000  # Characters of one cell, two pages of print


class NotReadable(BookletError):
    """No rows can be had from a file; the message says why and what to do, and quotes no cell."""


@dataclass(frozen=True, slots=True)
class Grid:
    """All cells of a list. The first row here is row 1 of the spreadsheet, empty or not."""

    rows: tuple[tuple[Cell, ...], ...] = field(repr=False)  # Rows may differ in length
    unknown: Mapping[int, frozenset[int]] = field(default_factory=dict)
    """By row, as the spreadsheet counts: the cells, counted from 0, that have a value nobody can
    see here: a formula that failed, as `#N/A`, or that was never worked out."""
    notes: tuple[str, ...] = ()  # What to tell those who made the list, in sentences


def within_limits(rows: int, columns: int) -> None:
    """`NotReadable` for a list that has more rows or columns than a list of people can have."""
    if rows > MOST_ROWS + 1:
        raise NotReadable(
            f"this list has {rows:,} rows, and the most is {MOST_ROWS:,}; make several lists of it"
        )
    if columns > MOST_COLUMNS:
        raise NotReadable(
            f"this list has {columns:,} columns, and the most is {MOST_COLUMNS}; delete what "
            "stands to the right of it"
        )


def is_empty(cells: tuple[Cell, ...]) -> bool:
    """Whether nothing stands in a row.

    >>> is_empty(("", "  ")), is_empty(("", "a"))
    (True, False)
    """
    return not any(cell.strip() if isinstance(cell, str) else cell for cell in cells)


def number_as_seen(number: float, mask: str = "") -> str:
    """A number as a spreadsheet shows it: whole where it is whole, by a mask of zeros if any.

    >>> number_as_seen(9434765919.0), number_as_seen(38.5), number_as_seen(0.1 + 0.2)
    ('9434765919', '38.5', '0.3')
    >>> number_as_seen(1632960001, "00000000000"), number_as_seen(9434765919, "000 000 0000")
    ('01632960001', '943 476 5919')
    """
    if number != int(number) or abs(number) >= 2**53:
        return f"{number:.15g}"
    digits = f"{abs(int(number))}"
    if not mask or number < 0:
        return f"{int(number)}"
    digits = digits.rjust(mask.count("0"), "0")
    extra, rest = digits[: len(digits) - mask.count("0")], iter(digits[-mask.count("0") :])
    filled = "".join(next(rest) if sign == "0" else sign for sign in mask)
    return extra + filled


def day_and_time(moment: datetime) -> Cell:
    """A day without a time where the time is midnight: a spreadsheet keeps both as one."""
    midnight = datetime.combine(moment, time.min, moment.tzinfo)
    return moment.date() if moment == midnight else moment
