"""A PDF of any origin, opened to be printed, or the reason why not."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from booklet.pdf.document import runs_leftwards
from booklet.pdf.lazy_reader import LazyReader
from booklet.pdf.objects import dictionary, entry, text
from booklet.pdf.opening import MOST_PAGES, CannotOpen, Why, guarded, may_be_printed, open_pdf
from booklet.pdf.pages import Frame, frames
from booklet.plain_file import read_file
from booklet.print.schemes import Edge
from booklet.problems import FaultsFound, Problem


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A PDF that can be read."""

    data: bytes  # the file itself
    reader: LazyReader  # the file as pypdf has it
    name: Path  # what it is called in messages
    title: str  # its title, or the name of its file without an ending
    subject: str  # what its document information says it is about, or nothing
    edge: Edge
    """Where its booklet is bound: at the right where it says that it is read from right to left
    (ISO 32000-1, 12.2, `Direction`), or says nothing and is in a language that is."""
    guessed: str  # the language that alone tells that it is bound at the right, else empty
    pages: tuple[Frame, ...]  # where each page lies
    complaints: tuple[str, ...]  # what had to be mended to read it


def read_pdf(pdf: bytes | Path, name: Path | None = None) -> SourceFile:
    """Open a PDF and take in where its pages lie.

    Raises `FaultsFound` where the file is missing, no PDF, damaged beyond reading, locked by a
    password, not allowed to be printed, or empty; `MissingOnMachine` where its encryption needs
    a package that is not there.
    """
    shown = name or (pdf if isinstance(pdf, Path) else Path("booklet.pdf"))
    try:
        data = pdf if isinstance(pdf, bytes) else read_file(pdf)
    except OSError as error:
        raise fault(shown, f"this file cannot be read: {error.strerror}") from error
    with faults_of(shown) as complaints:
        reader = open_pdf(data)
        if not may_be_printed(reader):
            raise fault(
                shown, "its owner does not allow this PDF to be printed; ask them for a copy"
            )
        told = reader.metadata
        title = str((told and told.title) or shown.stem)
        subject = str((told and told.subject) or "")
        edge, guessed = _edge(reader)
        pages = frames(reader)
    mended = tuple(dict.fromkeys(complaints))
    return SourceFile(data, reader, shown, title, subject, edge, guessed, pages, mended)


def _edge(reader: LazyReader) -> tuple[Edge, str]:
    """Where the booklet is bound, and the language from which that was guessed."""
    root = reader.root_object
    direction = entry(dictionary(root, "/ViewerPreferences"), "/Direction")
    if direction in ("/R2L", "/L2R"):
        return ("right" if direction == "/R2L" else "left"), ""
    language = text(root, "/Lang") or ""
    return ("right", language) if runs_leftwards(language) else ("left", "")


def fault(file: Path, message: str) -> FaultsFound:
    """One fault of a PDF, which has no lines."""
    return FaultsFound([Problem(file, message)])


@contextmanager
def faults_of(file: Path) -> Iterator[list[str]]:
    """Whatever breaks inside is the fault of this PDF, and is said as `FaultsFound`.

    Gives the list of what pypdf complains of meanwhile.
    """
    try:
        with guarded() as complaints:
            yield complaints
    except CannotOpen as error:
        detail = f" ({error.detail})" if error.detail and error.why == "damaged" else error.detail
        raise fault(file, _WORDS[error.why].format(detail)) from error


_NO_PDF = "this is not a PDF; save or print the document as a PDF first"
_WORDS: dict[Why, str] = {
    "empty": _NO_PDF,
    "no PDF": _NO_PDF,
    "locked": "this PDF is locked by a password; save a copy without, and take that",
    "no pages": "this PDF has no pages; build or save it again",
    "too many pages": f"{{}} pages are more than {MOST_PAGES}; split the document",
    "damaged": "this PDF is damaged and cannot be read{}; open it in another program, save or"
    " print it to a new PDF, and take that",
}
