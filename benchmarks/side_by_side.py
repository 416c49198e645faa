"""How long all editions of all booklets take: one after another, forked and spawned.

Run from the project's folder: `.venv/bin/python -m benchmarks.side_by_side [RUNS]`. The ways are
timed in turn, run by run, and the ratios of each run are printed: only ratios of one run compare.
Other work on the machine makes all of it slower, and processors too. At the end stand the figures
and the table of `docs/scaling.md`.
"""

import os
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from booklet.build import WARM
from booklet.editions import AUDIENCES, SIZES
from booklet.laid_aside import effort
from booklet.making import tried
from booklet.order import Order, Target, plan
from booklet.origins import digest_of
from booklet.workers import Processes, Start, run_jobs

ORDER = Order(Path("content"), Path("output"), (), AUDIENCES, SIZES[:2], today=date.today())
LARGE = {
    "1,143 booklets": (1143, 1),
    "300 booklets in 6 languages for 200 clinics": (300 * 6 * 200, 50),
}
"""Booklets, and the commands that make them at the same time: each reads its words by itself, all
of them before its first job goes out."""
PROCESSORS = (2, 16, 64, 256)


def seconds(work: Callable[[], object]) -> tuple[float, float]:
    """The time of the clock that work takes, and that of processors in all processes."""
    start, used = time.perf_counter(), sum(os.times()[:4])
    work()
    return time.perf_counter() - start, sum(os.times()[:4]) - used


def side_by_side(targets: list[Target], start: Start) -> Callable[[], object]:
    where = Processes(os.cpu_count() or 1, start, warm=WARM)
    return lambda: [*run_jobs(tried, targets, where)]


def main(runs: int = 5) -> None:
    """Print the times of each run, the medians of their ratios, and what follows from them."""
    targets = sorted(plan(ORDER).targets, key=effort, reverse=True)
    made = [tried(target) for target in targets]  # warm, too: modules, fonts
    ways: dict[str, Callable[[], object]] = {
        "one after another": lambda: [*run_jobs(tried, targets, Processes(1, "fork"))],
        "forked": side_by_side(targets, "fork"),
        "spawned": side_by_side(targets, "spawn"),
    }
    ratios: dict[str, list[float]] = {name: [] for name in ways}
    used: list[float] = []
    for _ in range(runs):
        times = {name: seconds(work) for name, work in ways.items()}
        used.append(times["forked"][1])
        for name, (clock, processors) in times.items():
            ratios[name].append(clock / times["one after another"][0])
            print(
                f"{name}: {clock:.1f} s, {processors:.1f} s of processors, {ratios[name][-1]:.2f}"
            )
    for name, each in ratios.items():
        print(f"{name}: median ratio {statistics.median(each):.2f}")
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{os.cpu_count()} processors; the largest worker had {largest:.0f} MB")
    booklets = len({target.booklet.name for target in targets})
    size = sum(len(each.content) for files in made if isinstance(files, tuple) for each in files)
    _, alone = seconds(lambda: [digest_of(target) for target in plan(ORDER).targets])
    figures = (statistics.median(used) / booklets, alone / booklets, size / booklets / 1e6)
    print("a booklet: {:.1f} s of processors, {:.2f} s before its jobs, {:.2f} MB".format(*figures))
    print(*table(*figures), sep="\n")


def table(each: float, before: float, megabytes: float) -> Iterator[str]:
    """The rows of the page: processor hours, hours by how many processors there are, gigabytes."""
    for name, (number, commands) in LARGE.items():
        made, read = number * each / 3600, number * before / 3600
        shared = (read / min(commands, many) + made / many for many in PROCESSORS)
        hours = " | ".join(f"{each:.2g}" for each in shared)
        yield f"| {name} | {made + read:.0f} | {hours} | {number * megabytes / 1000:.0f} GB |"


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
