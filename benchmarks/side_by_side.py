"""How long all editions of all booklets take: one after another, forked and spawned.

Run from the project's folder: `.venv/bin/python -m benchmarks.side_by_side [RUNS]`. The ways are
timed in turn, run by run, and the ratios of each run are printed: only ratios of one run compare.
Other work on the machine makes several processes look worse than they are.
"""

import os
import resource
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from booklet.build import WARM, effort, plan, tried
from booklet.editions import AUDIENCES, SIZES
from booklet.order import Order, Target
from booklet.workers import Processes, Start, run_jobs

ORDER = Order(Path("content"), Path("output"), (), AUDIENCES, SIZES[:2], today=date.today())


def seconds(work: Callable[[], object]) -> tuple[float, float]:
    """The time of the clock that work takes, and that of processors in all processes."""
    start, used = time.perf_counter(), sum(os.times()[:4])
    work()
    return time.perf_counter() - start, sum(os.times()[:4]) - used


def side_by_side(targets: list[Target], start: Start) -> Callable[[], object]:
    where = Processes(os.cpu_count() or 1, start, warm=WARM)
    return lambda: [*run_jobs(tried, targets, where)]


def main(runs: int = 5) -> None:
    """Print the times of each run and the medians of their ratios."""
    targets = sorted(plan(ORDER).targets, key=effort, reverse=True)
    ways: dict[str, Callable[[], object]] = {
        "one after another": lambda: [tried(target) for target in targets],
        "forked": side_by_side(targets, "fork"),
        "spawned": side_by_side(targets, "spawn"),
    }
    tried(targets[-1]), tried(targets[0])  # warm: modules, fonts
    ratios: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(runs):
        times = {name: seconds(work) for name, work in ways.items()}
        for name, (clock, used) in times.items():
            ratios[name].append(clock / times["one after another"][0])
            print(f"{name}: {clock:.1f} s, {used:.1f} s of processors, {ratios[name][-1]:.2f}")
    for name, each in ratios.items():
        print(f"{name}: median ratio {statistics.median(each):.2f}")
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{os.cpu_count()} processors; the largest worker had {largest:.0f} MB")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
