"""A PDF of any origin, opened, or the reason why not; and never a traceback."""

import logging
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Literal

from pypdf import PdfReader
from pypdf.constants import UserAccessPermissions
from pypdf.errors import DependencyError, LimitReachedError, PyPdfError

from booklet.pdf.lazy_reader import LazyReader
from booklet.problems import BookletError, MissingOnMachine

MOST_PAGES = 2000  # more pages than this are no booklet; a damaged page tree can claim millions

DEEPEST = 200  # nesting past this, of elements, bookmarks or fields, is taken for a damaged file

MOST_ELEMENTS = 100_000
"""Structure elements, as they are visited: one that many stand for is counted every time. Our
longest booklet has 4,000."""

MOST_FORMS = 10_000  # forms of one page as they are painted, those within others among them

DEEPEST_FORMS = 30  # forms within forms; drawing programs nest a handful

LONGEST_SIDE = 3_400  # points: the longer side of A0, larger than any page that is read

BROKEN = (
    *(PyPdfError, LimitReachedError, struct.error, zlib.error),
    *(ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, OSError),
    *(NotImplementedError, RecursionError, TypeError, ValueError),
)
"""What the libraries let through when a file breaks its promises: their own errors, and those of
the types they build. Anything else is our own mistake."""

Why = Literal["empty", "no PDF", "locked", "no pages", "too many pages", "damaged"]


class CannotOpen(BookletError):
    """A PDF that cannot be read: `why` in a word, `detail` as the library put it, or empty."""

    def __init__(self, why: Why, detail: str = "") -> None:
        self.why, self.detail = why, detail
        super().__init__(f"{why}: {detail}" if detail else why)


class Damaged(ValueError):
    """Damage that is told in this program's own words."""


def open_pdf(data: bytes) -> LazyReader:
    """A reader of the whole file, its pages counted; `CannotOpen` says why there is none.

    A file that is encrypted but opens without a password is open.
    """
    if b"%PDF-" not in data[:1024]:
        raise CannotOpen("no PDF" if data else "empty")
    with guarded():
        reader = LazyReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise CannotOpen("locked")
        if (said := _pages_said(reader)) > MOST_PAGES:  # before all of them are looked for
            raise CannotOpen("too many pages", str(said))
        pages = len(reader.pages)
    if not pages:
        raise CannotOpen("no pages")
    if pages > MOST_PAGES:
        raise CannotOpen("too many pages", str(pages))
    return reader


def _pages_said(reader: PdfReader) -> int:
    """How many pages the root of the page tree says there are; 0 where it does not say."""
    said = reader.root_object.get("/Pages", {}).get("/Count", 0)
    return int(said) if isinstance(said, int) else 0


def may_be_printed(reader: PdfReader) -> bool:
    """Whether its owner lets it be printed (ISO 32000-1, 7.6.3.2, table 22)."""
    allowed = reader.user_access_permissions
    return allowed is None or bool(allowed & UserAccessPermissions.PRINT)


@contextmanager
def guarded() -> Iterator[list[str]]:
    """Whatever breaks inside is the file's fault, and is raised as `CannotOpen`.

    Gives the list of what pypdf and qpdf complain of meanwhile.
    """
    try:
        with heard("pypdf", "pikepdf", "booklet.pdf") as complaints:
            yield complaints
    except DependencyError as error:
        raise MissingOnMachine(
            "this PDF is encrypted with AES; to read it, run: pip install cryptography"
        ) from error
    except BROKEN as error:
        told = isinstance(error, (PyPdfError, Damaged))
        raise CannotOpen("damaged", str(error) if told else "") from error


@contextmanager
def heard(*libraries: str) -> Iterator[list[str]]:
    """What libraries log meanwhile as a warning or worse, instead of on the screen."""
    said: list[str] = []
    listener = logging.Handler(logging.WARNING)
    listener.emit = lambda record: said.append(record.getMessage())  # type: ignore[method-assign]
    loggers = [logging.getLogger(library) for library in libraries]
    before = [logger.propagate for logger in loggers]
    for logger in loggers:
        logger.propagate = False
        logger.addHandler(listener)
    try:
        yield said
    finally:
        for logger, propagate in zip(loggers, before, strict=True):
            logger.removeHandler(listener)
            logger.propagate = propagate
