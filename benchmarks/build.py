"""How long the four AML booklets take: in one process, and in as many as there are cores.

Run from the project's folder: `.venv/bin/python -m benchmarks.build [RUNS]`. Both ways are timed
in turn, run by run, and the ratio of each pair is printed: only ratios of one run compare.
"""

import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from booklet.build import Order, _results, make, plan
from booklet.editions import AUDIENCES, SIZES

ORDER = Order(
    Path("content"), Path("output"), ("aml-relapse",), AUDIENCES, SIZES[:2], today=date.today()
)


def seconds(work: Callable[[], object]) -> float:
    """The wall time of a piece of work."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main(runs: int = 5) -> None:
    """Print the times of each run and the median of their ratios."""
    todo = plan(ORDER).targets

    def alone() -> None:
        for target in todo:
            tuple(make(target))

    alone()  # warm: modules, fonts
    ratios = []
    for _ in range(runs):
        one = seconds(alone)
        several = seconds(lambda: list(_results(todo)))
        ratios.append(several / one)
        print(f"one process {one:.1f} s, forked {several:.1f} s, ratio {several / one:.2f}")
    print(f"median ratio {statistics.median(ratios):.2f}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
