"""Slow work in a process of its own: one job at a time, ended at once when it is called off."""

import asyncio
import signal
from collections.abc import Callable, Iterator
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

from booklet.problems import BookletError

Job = TypeVar("Job")
Result = TypeVar("Result")

_METHOD = "forkserver" if "forkserver" in get_all_start_methods() else "spawn"
"""A fork server forks from a process that has imported the typesetter and runs no threads."""

_IMPORTED_ONCE = ["__main__", "weasyprint", "booklet.preview.prepare"]


class WorkerStopped(BookletError):
    """The process ended in the middle of a job."""


class Worker(Generic[Job, Result]):
    """Does one kind of work in a process of its own, because it takes seconds.

    Calling a job off ends the process; the next one is started at once, before it is needed.
    `work` is a function of a module: it is found by name on the other side.
    """

    def __init__(self, work: Callable[[Job], Iterator[Result]]) -> None:
        self._work = work
        self._turn = asyncio.Lock()
        self._ready = self._started()

    async def run(self, job: Job, take: Callable[[Result], None]) -> None:
        """Hand every result of the job to `take`; `WorkerStopped` where the process ends early.

        Jobs are done one after the other. Cancelling one that has begun ends the process.
        """
        async with self._turn:
            process, pipe = await asyncio.shield(self._ready)
            try:
                await asyncio.to_thread(pipe.send, job)
                while (result := await asyncio.to_thread(pipe.recv)) is not None:
                    take(result)
            except (EOFError, OSError, asyncio.CancelledError) as error:
                process.kill()
                self._ready = self._started()
                if isinstance(error, asyncio.CancelledError):
                    raise
                raise WorkerStopped(
                    "the typesetter stopped in the middle of its work; the terminal may say why. "
                    "Change something and save again"
                ) from error

    async def close(self) -> None:
        """End the process, in the middle of its work if need be."""
        process, _ = await self._ready
        process.kill()

    def _started(self) -> "asyncio.Task[tuple[BaseProcess, Connection[Any, Any]]]":
        return asyncio.create_task(asyncio.to_thread(_start, self._work))


def _start(
    work: Callable[[Any], Iterator[Any]],
) -> "tuple[BaseProcess, Connection[Any, Any]]":
    """A process that waits for jobs, and our end of the pipe to it."""
    context: Any = get_context(_METHOD)
    if _METHOD == "forkserver":
        context.set_forkserver_preload(_IMPORTED_ONCE)
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(work, theirs), daemon=True)
    process.start()
    theirs.close()
    return process, ours


def _serve(work: Callable[[Any], Iterator[Any]], pipe: "Connection[Any, Any]") -> None:
    """Jobs in, results out, `None` when a job is done; until nobody sends any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent answers Ctrl-C and ends its workers
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    while True:
        try:
            job = pipe.recv()
        except EOFError:
            return
        for result in work(job):
            pipe.send(result)
        pipe.send(None)
