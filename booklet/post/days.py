"""Days and times in cells of a letter: those that cannot be, and what to tell of whole columns."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache

from booklet.messages import counted
from booklet.post.columns import Columns
from booklet.post.grid import Cell
from booklet.post.headings import words_of
from booklet.post.table import Table

_YEAR_FIRST = re.compile(r"(\d{4})([/.-])(\d{1,2})\2(\d{1,2})")
_YEAR_LAST = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})")
_MONTH_IN_WORDS = re.compile(r"(?:[a-z]+,? )?(\d{1,2})(?:st|nd|rd|th)? ([a-z]{3,9}),? (\d{4})")
_TIME = re.compile(r"(\d{1,2})([:.])(\d{2})(?:\2(\d{2}))? ?([ap]m)?")
_KEPT_NUMBER = re.compile(r"\d{5,}(?:\.\d+)?|\d*\.\d+")
"""What a spreadsheet keeps of a day or a time: days since 1900, and parts of a day. Some systems
write a day in eight digits."""
_OF_DAYS = frozenset(("date", "dates", "day", "days", "time", "times", "hour", "hours", "when"))
"""Words of headings above days and times."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NOON = 12
_LONGEST = 60  # Characters; what is longer says more than a day and a time
_ROWS_NAMED = 5


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, a time of day or both, as they were typed."""

    forms: tuple[str, ...]  # How it is written, in words: `day/month/year`
    day: date | None = None  # The day, where it names one that there is
    broken: str | None = None  # The rule of `refusals.yaml` that it breaks


def fault_of_moment(cell: Cell, heading: str) -> str | None:
    """The rule that a cell breaks which has the form of a day or a time.

    In a column that is called after days or times, numbers in the place of them break one too.

    >>> fault_of_moment("31/02/2026", "Appointment"), fault_of_moment("25:00", "Appointment")
    ('impossible-day', 'impossible-time')
    >>> fault_of_moment("0.375", "Appt Time"), fault_of_moment("0.375", "Dose")
    ('number-for-day-or-time', None)
    """
    if not isinstance(cell, str):
        return None
    is_of_days = _is_of_days(heading)
    moment = moment_in(cell, by_heading=is_of_days)
    if moment:
        return moment.broken
    is_number = _KEPT_NUMBER.fullmatch(cell.strip()) is not None
    return "number-for-day-or-time" if is_of_days and is_number else None


def days_told(table: Table, columns: Columns, today: date | None) -> tuple[str, ...]:
    """What to tell of columns whose days and times are written in several ways, or are past."""
    notes: list[str] = []
    for heading, at in columns.fields.items():
        found = {row.number: _moment(row.cells[at], heading) for row in table.rows}
        notes += _told(heading, {row: each for row, each in found.items() if each}, today)
    return tuple(notes)


def moment_in(text: str, *, by_heading: bool = False) -> Moment | None:
    """A text that is a day, a time or both, and nothing else; `None` for other texts.

    `by_heading` says that the column is one of days or times: only there a year may have two digits
    and a time a full stop, which may be anything elsewhere.

    >>> moment_in("16/12/2026 14:30").day, moment_in("16 December 2026").forms
    (datetime.date(2026, 12, 16), ('day month year',))
    >>> moment_in("16/12/26"), moment_in("12.75"), moment_in("2 tablets 2026")
    (None, None, None)
    """
    if len(text) > _LONGEST or not any(map(str.isdigit, text)):
        return None
    words = " ".join(text.casefold().split())
    day = _day(words, by_heading) or _time(words, by_heading)
    if day:
        return day
    first, _, rest = re.sub(r"(?<=\d)t(?=\d)", " ", words).partition(" ")
    parts = _day(first.rstrip(","), by_heading), _time(rest, by_heading)
    if not all(parts):
        return None
    both = [each for each in parts if each]
    broken = next((each.broken for each in both if each.broken), None)
    return Moment(both[0].forms + both[1].forms, both[0].day, broken)


@lru_cache(maxsize=1024)
def _is_of_days(heading: str) -> bool:
    """Whether a column is called after days or times.

    >>> _is_of_days("Appt_Date"), _is_of_days("Update")
    (True, False)
    """
    return not _OF_DAYS.isdisjoint(words_of(heading))


def _moment(cell: Cell, heading: str) -> Moment | None:
    """A day or a time, typed or known as one to the spreadsheet."""
    if isinstance(cell, str):
        return moment_in(cell, by_heading=_is_of_days(heading))
    day = cell.date() if isinstance(cell, datetime) else cell
    return Moment(("as the spreadsheet has it",), day if isinstance(day, date) else None)


def _day(text: str, by_heading: bool) -> Moment | None:
    if found := _YEAR_FIRST.fullmatch(text):
        year, sign, month, day = found.groups()
        return _of_day(sign.join(("year", "month", "day")), year, month, day)
    if (found := _YEAR_LAST.fullmatch(text)) and (by_heading or len(found[4]) == 4):
        day, sign, month, year = found.groups()
        short = "" if len(year) == 4 else " of two digits"
        return _of_day(sign.join(("day", "month", "year")) + short, f"20{year}"[-4:], month, day)
    if (found := _MONTH_IN_WORDS.fullmatch(text)) and found[2][:3] in _MONTHS:
        return _of_day("day month year", found[3], _MONTHS.index(found[2][:3]) + 1, found[1])
    return None


def _of_day(form: str, year: str, month: str | int, day: str) -> Moment:
    with suppress(ValueError):
        return Moment((form,), date(int(year), int(month), int(day)))
    return Moment((form,), broken="impossible-day")


def _time(text: str, by_heading: bool) -> Moment | None:
    found = _TIME.fullmatch(text)
    if not found or not (by_heading or found[2] == ":"):
        return None
    hour, sign, minute, second, half = found.groups()
    form = sign.join(("hour", "minute", *(("second",) if second else ())))
    form += " am or pm" if half else ""
    is_hour = 0 < int(hour) <= _NOON or not half
    with suppress(ValueError):
        time(int(hour), int(minute), int(second or 0))
        return Moment((form,), broken=None if is_hour else "impossible-time")
    return Moment((form,), broken="impossible-time")


def _told(heading: str, moments: dict[int, Moment], today: date | None) -> Iterator[str]:
    """The notes on one column; `moments` are what stands in it, by row."""
    forms = Counter(" and ".join(each.forms) for each in moments.values() if not each.broken)
    if len(forms) > 1:
        many = ", ".join(f"{form} ({counted(number, 'row')})" for form, number in forms.items())
        yield f"“{heading}” is written in several ways, and letters print it as it stands: {many}"
    seconds = [row for row, each in moments.items() if "second" in "".join(each.forms)]
    if seconds:
        yield f"“{heading}” has seconds in {_rows(seconds)}, and letters print them"
    past = [row for row, each in moments.items() if today and each.day and each.day < today]
    if past:
        yield f"“{heading}” is past in {_rows(past)}"


def _rows(rows: Iterable[int]) -> str:
    """Rows by number, where they are few.

    >>> _rows([2]), _rows(range(2, 9))
    ('row 2', 'rows 2, 3, 4, 5, 6 and 2 more rows')
    """
    named = [f"{row}" for row in rows]
    more = len(named) - _ROWS_NAMED
    besides = f" and {counted(more, 'more row')}" if more > 0 else ""
    return f"{'row' if len(named) == 1 else 'rows'} {', '.join(named[:_ROWS_NAMED])}{besides}"
