"""Ctrl-C and its like: how they are held back where what they raise would get lost."""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

STOPS = (signal.SIGINT, signal.SIGTERM)
"""What a person at the keyboard, or the machine, ends a run with."""

_END_WITH_PARENT = 1
"""`PR_SET_PDEATHSIG`: https://man7.org/linux/man-pages/man2/PR_SET_PDEATHSIG.2const.html"""


def end_with_parent() -> None:
    """End this process when the one that forked it ends, however it does; on Linux alone."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_END_WITH_PARENT, signal.SIGKILL)


@contextmanager
def signals_held() -> Iterator[None]:
    """Ctrl-C waits until this is left: what is raised amid a fork or an import gets lost."""
    if sys.platform == "win32":
        yield
        return
    signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)


@contextmanager
def answered_later() -> Iterator[None]:
    """Ctrl-C is answered when this is left, on every system and whichever thread it comes to.

    Holding a signal back for one thread is not enough where names of files change: the system
    may give it to another, and Python raises what answers it in the main thread all the same.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # nothing is raised here
        return
    came: list[int] = []
    before = {each: signal.signal(each, lambda number, _: came.append(number)) for each in STOPS}
    try:
        yield
    finally:
        for number, answer in before.items():
            signal.signal(number, answer)
        if came:
            signal.raise_signal(came[0])
