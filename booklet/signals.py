"""Ctrl-C and its like: how they are held back where what they raise would get lost."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

STOPS = (signal.SIGINT, signal.SIGTERM)
"""What a person at the keyboard, or the machine, ends a run with."""


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
