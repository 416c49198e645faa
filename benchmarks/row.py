"""A line of the table of benchmarks, and the table."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One comparison."""

    what: str  # What is done
    ours: str  # What it takes us, with its unit
    against: str  # What it is held against, with what that takes
    ratio: float | None = None  # Ours to the other; none where nothing is compared
    bar: float | None = None  # The most that the ratio may be; none where nothing was promised
    remark: str = ""  # What the figures do not say

    @property
    def verdict(self) -> str:
        """Whether the bar is met; no word where there is none."""
        if self.bar is None or self.ratio is None:
            return ""
        return "met" if self.ratio <= self.bar else "**missed**"


HEAD = "| What | Ours | Against | Ratio | Bar | | |\n| --- | --- | --- | ---: | ---: | --- | --- |"


def table(rows: Iterable[Row]) -> Iterator[str]:
    """The lines of a table in Markdown."""
    yield HEAD
    yield from map(line, rows)


def line(row: Row) -> str:
    """A row as a line of the table.

    >>> line(Row("a booklet", "2.0 s", "WeasyPrint 1.8 s", 2 / 1.8, 1.25))
    '| a booklet | 2.0 s | WeasyPrint 1.8 s | 1.11 | ≤ 1.25 | met |  |'
    """
    ratio = "" if row.ratio is None else figure(row.ratio)
    bar = "" if row.bar is None else f"≤ {figure(row.bar)}"
    return (
        f"| {' | '.join((row.what, row.ours, row.against, ratio, bar, row.verdict, row.remark))} |"
    )


def figure(number: float) -> str:
    """A number with three figures that count, and no power of ten.

    >>> figure(0.0333), figure(1.25), figure(17.04), figure(1143.2)
    ('0.0333', '1.25', '17.0', '1143')
    """
    if number >= 100:
        return f"{number:.0f}"
    return f"{number:#.3g}" if number >= 0.0001 else f"{number:.1g}"


def seconds(number: float) -> str:
    """Seconds as people read them.

    >>> seconds(1.834), seconds(0.0042)
    ('1.83 s', '4.2 ms')
    """
    return f"{number:.2f} s" if number >= 0.1 else f"{1000 * number:.1f} ms"
