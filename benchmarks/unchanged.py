"""A build in which nothing has changed, against importing WeasyPrint alone; and how orders grow.

The content is copied with many booklets. Their files are made by a stand-in, since only what stands
there counts.
"""

import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measuring import Spent, alone, command, interleaved
from benchmarks.row import Row, seconds
from benchmarks.shelf import carry_out, shelf
from benchmarks.specimen import ROOT

KEEP = (sys.executable, ROOT / "make_booklet.py")
IMPORT = (sys.executable, "-c", "import weasyprint")
FEW, MANY, TRUST = 2, 100, 1143
"""Booklets; the last number is how many one NHS trust has."""
BAR = 0.5


def rows(rounds: int, quick: bool) -> Iterator[Row]:
    """Seconds of the clock; for a trust's booklets seconds of processor."""
    orders = {}
    for booklets in (FEW, MANY) if quick else (FEW, MANY, TRUST):
        with TemporaryDirectory() as name:
            shelf(Path(name), booklets)
            _, taken, memory = alone(carry_out, name, (), True)
            orders[booklets] = taken, memory
            yield _unchanged(booklets, Path(name), rounds)
    yield from _orders(orders)


def _unchanged(booklets: int, folder: Path, rounds: int) -> Row:
    ways = {"kept": command(KEEP, folder), "imported": command(IMPORT, folder)}
    medians = interleaved(ways, rounds)
    kept, imported = medians["kept"], medians["imported"]
    what = f"nothing changed, {booklets:,} booklets"
    remark = f"`import weasyprint` {seconds(imported.clock)}"
    if booklets == TRUST:
        took = kept.processor
        return Row(f"{what} (processor)", seconds(took), "1 s", took, 1.0, remark)
    ratio = kept.clock / imported.clock
    return Row(f"{what} (clock)", seconds(kept.clock), remark, ratio, BAR)


def _orders(found: dict[int, tuple[Spent, float]]) -> Iterator[Row]:
    """What an order costs a booklet, without setting type."""
    for few, many in pairwise(sorted(found)[1:]):  # the first has the long booklet for one half
        (before, low), (after, high) = found[few], found[many]
        yield Row(
            f"an order of {many:,} booklets, type left out, a booklet",
            seconds(after.processor / many),
            f"of {few:,} {seconds(before.processor / few)}",
            (after.processor / many) / (before.processor / few),
            1.05,
            f"read, checked, stand-ins of 20 kB written; {high:.0f} MB, were {low:.0f}",
        )
