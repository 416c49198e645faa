"""Slow work in a process of its own: one job at a time, ended at once when it is called off."""

import asyncio
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

from booklet.problems import BookletError

Job = TypeVar("Job")
Result = TypeVar("Result")

#: A fork server forks from a process that has imported the typesetter and runs no threads.
_METHOD = "forkserver" if "forkserver" in get_all_start_methods() else "spawn"
_IMPORTED_ONCE = [
    "__main__",
    "weasyprint",
    "booklet.preview.typeset_result",
    "booklet.preview.words",
]


class PressStopped(BookletError):
    """The process ended in the middle of a job."""


@dataclass(frozen=True, slots=True)
class _Worker:
    process: BaseProcess
    pipe: "Connection[Any, Any]"


class Press(Generic[Job, Result]):
    """Does one kind of work in a process of its own, because it takes seconds.

    Calling a job off ends the process; the next one is started at once, before it is needed.
    `work` is a function of a module: it is found by name on the other side.
    """

    def __init__(self, work: Callable[[Job], Iterator[Result]]) -> None:
        self._work = work
        self._ready = self._another()

    async def run(self, job: Job, take: Callable[[Result], None]) -> None:
        """Hand every result of the job to `take`; `PressStopped` where the process ends early.

        One call at a time. Cancelling it ends the process.
        """
        worker = await asyncio.shield(self._ready)
        try:
            await asyncio.to_thread(worker.pipe.send, job)
            while (result := await asyncio.to_thread(worker.pipe.recv)) is not None:
                take(result)
        except (EOFError, OSError) as error:
            self._replace(worker)
            raise PressStopped(
                "the typesetter stopped in the middle of its work; the terminal may say why. "
                "Change something and save again"
            ) from error
        except asyncio.CancelledError:
            self._replace(worker)
            raise

    def _replace(self, worker: _Worker) -> None:
        worker.process.kill()
        self._ready = self._another()

    def _another(self) -> "asyncio.Task[_Worker]":
        return asyncio.create_task(asyncio.to_thread(_started, self._work))

    async def close(self) -> None:
        """End the process."""
        (await self._ready).process.kill()


def _started(work: Callable[[Any], Iterator[Any]]) -> _Worker:
    context: Any = get_context(_METHOD)
    if _METHOD == "forkserver":
        context.set_forkserver_preload(_IMPORTED_ONCE)
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(work, theirs), daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, ours)


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
