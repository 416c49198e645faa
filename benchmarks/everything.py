"""All editions of all booklets, by the command, on one processor and on two."""

import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measuring import command, interleaved
from benchmarks.row import Row, seconds
from benchmarks.specimen import ROOT, SHORT

BAR = 0.6


def rows(rounds: int, quick: bool) -> Iterator[Row]:
    """Seconds of the clock; quick: of the short booklet only."""
    with TemporaryDirectory() as name:
        words = [sys.executable, ROOT / "make_booklet.py", *([SHORT] if quick else [])]
        words += ["--quiet", "--force", "--output", Path(name)]
        ways = {number: command(words, ROOT, number) for number in (1, 2)}
        took = interleaved({f"{number}": way for number, way in ways.items()}, rounds)
        files = [*Path(name).glob("*.*")]
    alone, both = took["1"], took["2"]
    kinds = ", ".join(f"{sum(f.suffix == end for f in files)} {end}" for end in (".pdf", ".html"))
    yield Row(
        f"everything: {kinds}, on two processors (clock)",
        seconds(both.clock),
        f"on one {seconds(alone.clock)}",
        both.clock / alone.clock,
        BAR,
        f"{seconds(both.processor)} of processors on two, {seconds(alone.processor)} on one",
    )
