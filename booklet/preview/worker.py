"""Slow work in a process of its own: one job at a time, ended at once when it is called off."""

import asyncio
import os
import signal
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import count
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any, Generic, TypeVar

from booklet.pdf.guarded import Limits, hold_memory
from booklet.problems import BookletError
from booklet.signals import end_with_parent

Job = TypeVar("Job")
Result = TypeVar("Result")

_METHOD = "forkserver" if "forkserver" in get_all_start_methods() else "spawn"
"""A fork server forks from a process that has imported the typesetter and runs no threads."""

_IMPORTED_ONCE = ["__main__", "weasyprint", "booklet.preview.prepare"]

AT_WORK = Limits(seconds=180, megabytes=2048)
"""For one job; 84 pages of giant print took 13 seconds on a busy machine, and 460 MB."""

_RAISED = 1
"""The exit code of a process whose work raised what nobody expected: another try would too."""

_NO_MEMORY = 3
"""The exit code of a process whose work took more memory than it may."""

_PATIENCE = 5
"""Seconds for a process to end, once it was killed or closed its end of the pipe."""

_AGAIN = "change something and save again"
_FAILED = f"the typesetter stopped in the middle of its work; the terminal may say why: {_AGAIN}"
_TOO_LONG = f"the work took more than {{}} seconds and was ended: make it smaller, then {_AGAIN}"
_TOO_LARGE = f"the work needs more than {{}} MB of memory: make it smaller, then {_AGAIN}"
_KILLED = (
    "the process at work was ended from outside, twice; most often the machine ran out of memory: "
    f"close other programs, then {_AGAIN}"
)


class WorkerStopped(BookletError):
    """The process ended in the middle of a job."""


class WorkerKilled(WorkerStopped):
    """Somebody else ended the process: the machine short of memory, or a person."""


class Worker(Generic[Job, Result]):
    """Does one kind of work in a process of its own, because it takes seconds.

    Calling a job off ends the process; the next one is started at once, before it is needed.
    `work` is a function of a module: it is found by name on the other side.
    """

    def __init__(self, work: Callable[[Job], Iterator[Result]], limits: Limits = AT_WORK) -> None:
        self._work, self._limits = work, limits
        self._turn = asyncio.Lock()
        self._ready = self._started(None)

    async def run(self, job: Job, take: Callable[[Result], None]) -> None:
        """Hand every result of the job to `take`; `WorkerStopped` where the process ends early.

        Jobs are done one after the other. Cancelling one that has begun ends the process. A job
        whose process was killed is tried once more; results that were handed over are not again.
        """
        taken = 0

        def take_new(number: int, result: Result) -> None:
            nonlocal taken
            if number > taken:
                taken = number
                take(result)

        async with self._turn:
            try:
                await self._try(job, take_new)
            except WorkerKilled:
                await self._try(job, take_new)

    async def _try(self, job: Job, take: Callable[[int, Result], None]) -> None:
        """Hand each result over with its number, from 1."""
        process, pipe = await self._at_hand()
        folder = Path(mkdtemp(prefix="job-"))
        try:
            async with asyncio.timeout(self._limits.seconds):
                await asyncio.to_thread(pipe.send, (job, folder))
                numbers = count(1)
                while (result := await asyncio.to_thread(pipe.recv)) is not None:
                    take(next(numbers), result)
        except TimeoutError as error:
            self._ready = self._started(process, folder)
            raise WorkerStopped(_TOO_LONG.format(self._limits.seconds)) from error
        except (EOFError, OSError) as error:
            await asyncio.to_thread(process.join, _PATIENCE)  # its exit code tells why
            self._ready = self._started(process, folder)
            if process.exitcode == _RAISED:
                raise WorkerStopped(_FAILED) from error
            if process.exitcode == _NO_MEMORY:
                raise WorkerStopped(_TOO_LARGE.format(self._limits.megabytes)) from error
            raise WorkerKilled(_KILLED) from error
        except BaseException:
            self._ready = self._started(process, folder)
            raise
        rmtree(folder, ignore_errors=True)

    async def _at_hand(self) -> "tuple[BaseProcess, Connection[Any, Any]]":
        try:
            return await asyncio.shield(self._ready)
        except (EOFError, OSError) as error:
            self._ready = self._started(None)
            raise WorkerStopped(f"a process cannot be started ({error}); {_AGAIN}") from error

    async def close(self) -> None:
        """End the process, in the middle of its work if need be."""
        with suppress(EOFError, OSError):
            process, _ = await self._ready
            await asyncio.to_thread(_end, process)

    def _started(
        self, before: BaseProcess | None, *left: Path
    ) -> "asyncio.Task[tuple[BaseProcess, Connection[Any, Any]]]":
        """The next process, once the one before is ended and what it left is taken away."""
        if before:
            before.kill()
        return asyncio.create_task(
            asyncio.to_thread(_start, (self._work, self._limits), before, left)
        )


class Workers(Generic[Job, Result]):
    """A few workers of one kind: a job goes to one that is free, or waits for its turn."""

    def __init__(self, work: Callable[[Job], Iterator[Result]], number: int) -> None:
        self._all = [Worker(work) for _ in range(number)]
        # The one that worked last comes first: it has at hand what the work before needed.
        self._free: asyncio.LifoQueue[Worker[Job, Result]] = asyncio.LifoQueue()
        for worker in self._all:
            self._free.put_nowait(worker)

    async def run(self, job: Job, take: Callable[[Result], None]) -> None:
        """As `Worker.run`."""
        worker = await self._free.get()
        try:
            await worker.run(job, take)
        finally:
            self._free.put_nowait(worker)

    async def close(self) -> None:
        """End all processes."""
        await asyncio.gather(*(worker.close() for worker in self._all))


def _start(
    what: tuple[Callable[[Any], Iterator[Any]], Limits],
    before: BaseProcess | None,
    left: tuple[Path, ...],
) -> "tuple[BaseProcess, Connection[Any, Any]]":
    """A process that waits for jobs, and our end of the pipe to it."""
    if before:
        _end(before)
    for folder in left:
        rmtree(folder, ignore_errors=True)
    context: Any = get_context(_METHOD)
    if _METHOD == "forkserver":
        context.set_forkserver_preload(_IMPORTED_ONCE)
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(*what, theirs), daemon=True)
    process.start()
    theirs.close()
    return process, ours


def _end(process: BaseProcess) -> None:
    process.kill()
    process.join(_PATIENCE)


def _serve(
    work: Callable[[Any], Iterator[Any]], limits: Limits, pipe: "Connection[Any, Any]"
) -> None:
    """Jobs in, results out, `None` when a job is done; until nobody sends any more.

    What libraries put aside while they work goes into the folder that comes with the job: whoever
    sent it takes the folder away.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent answers Ctrl-C and ends its workers
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    end_with_parent()  # the fork server, which ends with the preview
    hold_memory(limits.megabytes)
    with suppress(EOFError, BrokenPipeError):
        while True:
            job, folder = pipe.recv()
            tempfile.tempdir = str(folder)
            try:
                for result in work(job):
                    pipe.send(result)
            except MemoryError:
                os._exit(_NO_MEMORY)  # there is none to clear up with either
            pipe.send(None)
