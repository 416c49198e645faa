"""The preview after a save: until the printed page that is looked at is new."""

import re
import subprocess
import sys
from collections.abc import Iterator

from benchmarks.row import Row, seconds
from benchmarks.specimen import ROOT

GOAL = 1.0
"""Seconds of the clock that somebody who writes may have to wait."""
_MEDIAN = re.compile(r"(?:([\w ]+), )?median: .*?picture ([\d.]+) s")


def rows(rounds: int, quick: bool) -> Iterator[Row]:
    """Seconds of the clock, as `benchmarks.preview` tells them of a preview that runs."""
    words = [sys.executable, "-m", "benchmarks.preview", str(rounds)]
    told = subprocess.run(words, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for where, median in _MEDIAN.findall(told):
        taken = float(median)
        place = f", {where}" if where else ""
        what = f"the page looked at is new after a save{place} (clock)"
        yield Row(what, seconds(taken), "1 s", taken / GOAL, GOAL)
