"""Damage: whatever is wrong with a PDF, said in words that help, and never a traceback."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pypdf.errors import DependencyError, LimitReachedError, PyPdfError

from booklet.problems import FaultsFound, MissingOnMachine, Problem

# What pypdf lets through when a file breaks its promises; anything else is our own mistake.
BROKEN = (
    *(PyPdfError, LimitReachedError, AssertionError, AttributeError, ArithmeticError),
    *(IndexError, KeyError, NotImplementedError, OSError, RecursionError, TypeError, ValueError),
)


@contextmanager
def damage_told(file: Path) -> Iterator[None]:
    """Whatever breaks inside is the file's fault, and is said as `FaultsFound`."""
    try:
        yield
    except DependencyError as error:
        raise MissingOnMachine(
            f"{file} is encrypted with AES; to read it, run: pip install cryptography"
        ) from error
    except BROKEN as error:
        why = f" ({error})" if isinstance(error, PyPdfError) and str(error) else ""
        raise fault(
            file,
            f"this PDF is damaged and cannot be read{why}; open it in another program, save or"
            " print it to a new PDF, and take that",
        ) from error


def fault(file: Path, message: str) -> FaultsFound:
    """One fault of a PDF, which has no lines."""
    return FaultsFound([Problem(file, message)])


@contextmanager
def complaints_heard() -> Iterator[list[str]]:
    """What pypdf logs inside, instead of on the screen."""
    heard: list[str] = []
    logger = logging.getLogger("pypdf")
    handler = _Listener(heard)
    before, logger.propagate = logger.propagate, False
    logger.addHandler(handler)
    try:
        yield heard
    finally:
        logger.removeHandler(handler)
        logger.propagate = before


class _Listener(logging.Handler):
    def __init__(self, heard: list[str]) -> None:
        super().__init__(logging.WARNING)
        self.heard = heard

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record.getMessage())
