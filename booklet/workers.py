"""Jobs side by side: in processes of this machine, or wherever an executor has its workers.

A job is a plain value that can be pickled, and so is what comes of it; the function that does it
stands at the top of its module.
"""

import importlib
import multiprocessing
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import Any, Literal, TypeVar, get_args

from booklet.garbage import garbage_looked_for_seldom, look_for_garbage_seldom
from booklet.pdf.guarded import hold_memory, memory_held
from booklet.problems import WrongUsage
from booklet.signals import STOPS, end_with_parent, signals_held

Job = TypeVar("Job")
Result = TypeVar("Result")
Start = Literal["fork", "spawn"]
"""How a process begins: as a copy of this one, or anew. Only Linux can be trusted to fork one that
has used libraries of the system."""

START = "BOOKLET_START"
"""What is set in the environment to begin processes the other way: `fork` or `spawn`."""
MEMORY = "BOOKLET_MEMORY"
"""What is set in the environment to let each worker have more memory, or less: in megabytes."""
MEGABYTES = 2048
"""What a worker may have at least, however small the machine: 84 pages of giant print took 460."""
_FEWEST_MEGABYTES, _MOST_MEGABYTES = 512, 2**20
"""What may be set: the AML booklet in giant print took 547, and no file takes a terabyte."""
_MOST = 61  # The processes that Windows can wait for at once
_ENDED = (
    "the process at work was ended from outside, twice; most often the machine ran out of memory: "
    "close other programs and try it alone"
)
_GONE = (
    "the workers that had it came to an end, twice, or they or their scheduler cannot be reached "
    "any more: look at what they say of it, then try again"
)
_TOO_LARGE = (
    "the work needs more memory than a worker may have, which is its share of the machine: set "
    f"{MEMORY} to more megabytes"
)
_ALONE = threading.Lock()
"""Held while this process does a job: the typesetter may not be used by two threads."""


@dataclass(frozen=True, slots=True)
class LostJob:
    """A job of which nothing came, however often it was tried."""

    why: str  # Why not, and what to do, as a sentence without its full stop


@dataclass(frozen=True, slots=True)
class Processes:
    """Workers on this machine. With one, jobs are done in the process that asks."""

    number: int  # How many at once
    start: Start  # How each begins
    megabytes: int = MEGABYTES  # The memory that each may have, where the system can hold it to it
    warm: tuple[str, ...] = ()  # The modules that each has imported before its first job

    @staticmethod
    def of_this_machine(*warm: str) -> "Processes":
        """As many as it has processors; `WrongUsage` where the environment asks for nonsense."""
        usual: Start = "fork" if sys.platform.startswith("linux") else "spawn"
        start = os.environ.get(START) or usual
        if start not in get_args(Start):
            raise WrongUsage(f"{START} says `{start}`; write one of: {', '.join(get_args(Start))}")
        number = min(_processors(), _MOST)
        return Processes(number, "spawn" if start == "spawn" else "fork", _share(number), warm)


def _processors() -> int:
    """The processors that this process may use: of all, those that it was not held from."""
    everyone = os.cpu_count() or 1
    if not hasattr(os, "sched_getaffinity"):  # macOS and Windows
        return everyone
    return min(everyone, len(os.sched_getaffinity(0)))


def _share(number: int) -> int:
    """The megabytes that each of so many workers may have."""
    if told := os.environ.get(MEMORY):
        short = told.isdecimal() and len(told) <= len(str(_MOST_MEGABYTES))
        if not short or not _FEWEST_MEGABYTES <= int(told) <= _MOST_MEGABYTES:
            raise WrongUsage(
                f"{MEMORY} says `{told}`; write a number of megabytes from {_FEWEST_MEGABYTES} to "
                f"{_MOST_MEGABYTES}, such as 4096"
            )
        return int(told)
    if sys.platform == "win32":  # which nobody can hold to it
        return MEGABYTES
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return max(memory // 2**20 // number, MEGABYTES)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Workers that somebody else has started: of an executor, or on other machines."""

    submit: Callable[..., "Future[Any]"]  # Takes a function and its arguments, as executors do
    at_once: int  # How many jobs they are given before the first is done
    ended: tuple[type[BaseException], ...] = (BrokenExecutor,)
    """What a future raises when the process that did its job came to an end."""
    breaks: bool = False  # Whether one that ends takes the jobs of all others with it
    asked: Callable[[Callable[[], Any]], Mapping[str, Any]] = lambda question: {}
    """What a function that stands at the top of its module answers on each worker, by its name."""

    @staticmethod
    def on(executor: Executor, at_once: int = 32) -> "Elsewhere":
        """The workers of any executor."""
        return Elsewhere(executor.submit, at_once)


Where = Processes | Elsewhere
"""Who does the jobs."""


def run_jobs(
    work: Callable[[Job], Result], jobs: Iterable[Job], where: Where
) -> Iterator[tuple[Job, Result | LostJob]]:
    """Every job with what came of it, as each is done; begun in the order they are given.

    Jobs are asked for as workers become free, so there may be any number of them: give the longest
    first. One whose process is ended from outside is tried once more. What `work` raises is raised
    here, and so is Ctrl-C; all processes are ended then. What came of a job is held no longer than
    those hold it who ask for the next.
    """
    jobs = iter(jobs)
    if isinstance(where, Elsewhere):
        yield from _elsewhere(work, jobs, where)
        return
    first = tuple(islice(jobs, where.number))
    jobs = chain(first, jobs)
    if len(first) < 2:
        for job in jobs:
            yield job, _done_here(work, job, where)
        return
    if where.start == "fork":
        _warmed(where.warm)
    where = replace(where, number=len(first))
    while lost := (yield from _side_by_side(work, jobs, where)):
        for job in lost:  # alone, so that the one that ends its worker ends no other's
            again = yield from _side_by_side(work, iter([job]), replace(where, number=1))
            yield from ((each, LostJob(_ENDED)) for each in again)


def _done_here(work: Callable[[Job], Result], job: Job, where: Processes) -> Result | LostJob:
    """What comes of a job in this process."""
    with garbage_looked_for_seldom(), memory_held(where.megabytes):
        return _at_work(work, job)


def _elsewhere(
    work: Callable[[Job], Result], jobs: Iterator[Job], where: Elsewhere
) -> Iterator[tuple[Job, Result | LostJob]]:
    lost = yield from _handed_over(work, jobs, where)
    again = yield from _handed_over(work, iter(lost), where)
    yield from ((job, LostJob(_GONE)) for job in again)


def _side_by_side(
    work: Callable[[Job], Result], jobs: Iterator[Job], where: Processes
) -> Generator[tuple[Job, Result | LostJob], None, list[Job]]:
    """What came of each job; returns those that were under way when a process was ended.

    No more are begun then: where one process is ended, what the others are doing is lost with it.
    """
    before = {*multiprocessing.active_children()}
    context = multiprocessing.get_context(where.start)
    told = where, tempfile.tempdir
    with ProcessPoolExecutor(where.number, context, _serve_the_parent, told) as pool:
        try:
            handed = Elsewhere(pool.submit, 2 * where.number, breaks=True)
            return (yield from _handed_over(work, jobs, handed))
        except BaseException:
            for worker in {*multiprocessing.active_children()} - before:
                worker.terminate()
            raise


def _handed_over(
    work: Callable[[Job], Result], jobs: Iterator[Job], where: Elsewhere
) -> Generator[tuple[Job, Result | LostJob], None, list[Job]]:
    """What came of each job; returns those whose process was ended."""
    under_way: dict[Future[Result | LostJob], Job] = {}
    lost: list[Job] = []

    def begin(number: int) -> None:
        for job in islice(jobs, 0 if lost and where.breaks else number):
            future = _begun(work, job, where)
            if future is None:
                lost.append(job)
            else:
                under_way[future] = job

    begin(where.at_once)
    try:
        while under_way:
            finished = [(under_way.pop(future), future) for future in _next_done(under_way)]
            lost += [job for job, future in finished if _was_ended(future, where)]
            begin(len(finished))
            while finished:
                yield from _came_of(*finished.pop(0), where)
    finally:
        if not where.breaks:  # a pool that is ended tells its futures itself
            for future in under_way:
                future.cancel()
    return lost


def _next_done(under_way: Iterable["Future[Any]"]) -> Iterable["Future[Any]"]:
    return wait(under_way, return_when=FIRST_COMPLETED).done


def _came_of(
    job: Job, future: "Future[Result | LostJob]", where: Elsewhere
) -> Iterator[tuple[Job, Result | LostJob]]:
    """A job with what came of it, which goes with this iterator; nothing where it was ended."""
    if not _was_ended(future, where):
        yield job, future.result()


def _begun(
    work: Callable[[Job], Result], job: Job, where: Elsewhere
) -> "Future[Result | LostJob] | None":
    """A job handed over; `None` where nobody is left to take it."""
    try:
        with signals_held():  # processes may start in here
            return where.submit(_at_work, work, job)
    except where.ended:
        return None


def _was_ended(future: "Future[Any]", where: Elsewhere) -> bool:
    return future.cancelled() or isinstance(future.exception(), where.ended)


def _at_work(work: Callable[[Job], Result], job: Job) -> Result | LostJob:
    """In a worker: what comes of a job."""
    with _ALONE:
        try:
            return work(job)
        except MemoryError:
            return LostJob(_TOO_LARGE)


def _warmed(modules: Iterable[str]) -> None:
    """Import what jobs need, once for all of them."""
    with signals_held():
        for name in modules:
            importlib.import_module(name)


def _serve_the_parent(where: Processes, scratch: str | None) -> None:
    """Let the parent alone answer Ctrl-C, and end with it, however it ends.

    Garbage is looked for as seldom as where jobs are done in the process that asks.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if where.start == "fork":
        end_with_parent()
    else:
        threading.Thread(target=_outlive_nobody, daemon=True).start()
        tempfile.tempdir = scratch  # a process that begins anew knows nothing of it
        _warmed(where.warm)
    hold_memory(where.megabytes)
    look_for_garbage_seldom()
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)


def _outlive_nobody() -> None:
    """Wait until the process that began this one has ended, and end too; on every system."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
