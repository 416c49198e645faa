"""Time and memory of pieces of work that are done in turn, so that they can be compared."""

import ctypes
import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

Result = TypeVar("Result")
_KEEP_NO_CODE = "PYTHONDONTWRITEBYTECODE"
_ADOPT_ORPHANS = 36  # PR_SET_CHILD_SUBREAPER of Linux, see prctl(2)


@dataclass(frozen=True, slots=True)
class Spent:
    """What a piece of work took."""

    clock: float  # Seconds of the clock
    processor: float  # Seconds of processors, in all its processes


Way = Callable[[], Spent]
"""Does a piece of work once and tells what it took."""


def spent_on(work: Callable[[], object]) -> Spent:
    """What work in this process takes, with the processes that it starts and waits for."""
    start, used = time.perf_counter(), _processor()
    work()
    return Spent(time.perf_counter() - start, _processor() - used)


def _processor() -> float:
    """Seconds of processors of this process so far, and of those it has waited for."""
    return time.process_time() + sum(os.times()[2:4])


def here(work: Callable[[], object]) -> Way:
    """A piece of work that is done in this process, which has done it once before."""
    work()
    return partial(spent_on, work)


def command(
    words: Sequence[str | Path], folder: Path | None = None, processors: int | None = None
) -> Way:
    """A command, from its start to its end, held to so many processors; its output is thrown away.

    `CalledProcessError` where it fails. Python keeps the compiled code of modules, whatever the
    environment says: installed packages have theirs, and ours are compared with those.
    """
    environment = {key: told for key, told in os.environ.items() if key != _KEEP_NO_CODE}
    held = None
    if processors:
        held = partial(os.sched_setaffinity, 0, sorted(os.sched_getaffinity(0))[:processors])
    if sys.platform.startswith("linux"):
        # What a browser starts and does not wait for becomes ours when it ends, and counts too.
        ctypes.CDLL(None).prctl(_ADOPT_ORPHANS, 1)

    def run() -> Spent:
        before, used, start = _children(), _processor(), time.perf_counter()
        subprocess.run(
            words, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env=environment, preexec_fn=held,
        )  # fmt: skip
        clock = time.perf_counter() - start
        for orphan in _children() - before:
            os.waitpid(orphan, 0)
        return Spent(clock, _processor() - used)

    return run


def _children() -> set[int]:
    """The processes that are this one's to wait for, as Linux tells them; elsewhere none."""
    told = Path(f"/proc/self/task/{os.getpid()}/children")
    return {*map(int, told.read_text(encoding="ascii").split())} if told.exists() else set()


def interleaved(ways: Mapping[str, Way], rounds: int) -> dict[str, Spent]:
    """The medians of each way; all are tried in turn, round by round.

    What else the machine does then falls on all of them, and the ratio of two medians holds.
    """
    rows = [{name: way() for name, way in ways.items()} for _ in range(rounds)]
    return {
        name: Spent(
            statistics.median(row[name].clock for row in rows),
            statistics.median(row[name].processor for row in rows),
        )
        for name in ways
    }


def best(work: Callable[..., bytes], *given: bytes, runs: int = 15) -> tuple[float, bytes]:
    """The quickest run in milliseconds of processor time, and what comes out."""
    times, made = [], b""
    for _ in range(runs):
        began = time.process_time()
        made = work(*given)
        times.append(time.process_time() - began)
    return 1000 * min(times), made


def alone(work: Callable[..., Result], *arguments: object) -> tuple[Result, Spent, float]:
    """What comes of work in a fresh process, what it took there, and its most memory in MB."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(_told, work, *arguments).result()


def _told(work: Callable[..., Result], *arguments: object) -> tuple[Result, Spent, float]:
    made: list[Result] = []
    spent = spent_on(lambda: made.append(work(*arguments)))
    return made[0], spent, most_memory()


def most_memory() -> float:
    """The most memory that this process has had, in MB, as Linux tells it.

    `getrusage` would tell that of the process it was started from, where that had more.
    """
    told = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    return int(told[1]) / 1024 if told else 0.0
