"""Work on files of strangers, done in a process of its own that may be ended at any time."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from booklet.problems import BookletError
from booklet.signals import signals_held

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Limits:
    """What work on one order of files may take."""

    seconds: int = 60  # time, of the clock and of the processor
    megabytes: int = 2048  # memory, where the system can hold a process to it


STRANGERS = Limits(seconds=30, megabytes=1536)
"""For reading, measuring or printing one PDF that was not built here."""


class TooMuch(BookletError):
    """The work took more than it may, or its process came to an end in the middle."""


def in_child(work: Callable[..., Result], *arguments: Any, limits: Limits | None = None) -> Result:
    """What the function gives for these arguments, found in a process of its own.

    The function stands at the top of its module; it, the arguments and the result can be pickled.
    A `BookletError` that it raises is raised here. `TooMuch` where it took more time or memory
    than `limits` allow, or brought its process down: what strangers' files can do to a library in
    C then happens to nobody else.
    """
    limits, context = limits or Limits(), get_context("spawn")
    here, there = context.Pipe(duplex=False)
    worker = context.Process(target=_work, args=(there, limits, work, arguments), daemon=True)
    with signals_held():  # the child keeps them held: Ctrl-C is for the parent, which ends it
        worker.start()
    there.close()
    try:
        result, error = here.recv() if here.poll(limits.seconds) else (None, None)
    except EOFError:
        raise TooMuch("it brought the program down that reads it") from None
    finally:
        worker.kill()
        worker.join()
    if error is not None:
        raise error
    if result is None:
        raise TooMuch(f"reading it took more than {limits.seconds} seconds")
    done: Result = result[0]
    return done


def _work(
    answer: Connection, limits: Limits, work: Callable[..., Any], arguments: tuple[Any, ...]
) -> None:
    """In the child: do the work within the limits, and send what came of it."""
    _hold_to(limits)
    try:
        answer.send(((work(*arguments),), None))
    except BookletError as error:
        answer.send((None, error))
    except MemoryError:
        answer.send((None, TooMuch(f"reading it needs more than {limits.megabytes} MB of memory")))


def _hold_to(limits: Limits) -> None:
    """Let the system end this process when it takes more."""
    hold_memory(limits.megabytes)
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def hold_memory(megabytes: int) -> None:
    """Let this process have no more memory: it gets a `MemoryError`; not on Windows.

    It stays with what the system allows where that is less, or cannot be changed.
    """
    if sys.platform == "win32":
        return
    import resource

    size, (_, most) = megabytes * 2**20, resource.getrlimit(resource.RLIMIT_AS)
    if most == resource.RLIM_INFINITY or size < most:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (size, size))


@contextmanager
def memory_held(megabytes: int) -> Iterator[None]:
    """Inside, this process gets a `MemoryError` where it takes more memory; not on Windows.

    It stays with what the system allows where that is less, or cannot be changed.
    """
    if sys.platform == "win32":
        yield
        return
    import resource

    before, most = resource.getrlimit(resource.RLIMIT_AS)
    others = [each for each in (before, most) if each != resource.RLIM_INFINITY]
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (min([megabytes * 2**20, *others]), most))
    try:
        yield
    finally:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (before, most))
