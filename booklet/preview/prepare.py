"""What one save gives: the page for the screen, then the pages, which a worker's process sets."""

import gc
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from booklet.build import measured
from booklet.check.check_words import check_words
from booklet.editions import Edition, Size
from booklet.html.render import render
from booklet.html.web_page import web_page
from booklet.order import Target
from booklet.preview.choice import Choice
from booklet.problems import BookletError, FaultsFound, Problem
from booklet.resources import styles_folder
from booklet.review.booklet import load_booklet
from booklet.tagging.typeset import typeset, write_pdf

if TYPE_CHECKING:
    import weasyprint


@dataclass(frozen=True, slots=True)
class TypesetJob:
    """One edition for the typesetter, which works in another process."""

    target: Target  # The file as a build would make it
    size: Size  # Its size of print
    html: str  # The page to set
    digest: str  # A short name for all that pages are made from: equal digests give equal pages


@dataclass(frozen=True, slots=True)
class TypesetResult:
    """The finished file of a job."""

    pdf: bytes
    pages: int  # How many it has
    places: tuple[tuple[str, float], ...]
    """Each heading's words, and how many pages are above it: 2.25 is a quarter down the third."""


def prepare(content: Path, choice: Choice, today: date) -> tuple[bytes, TypesetJob]:
    """The web page of a choice, and the work for the typesetter, from the files as they are now.

    `BookletError` or `OSError` where they have faults; `faults_of` tells either as faults.
    """
    booklet = load_booklet(content, choice.booklet, today, choice.clinic)[choice.audience]
    target = Target(booklet, Edition(choice.audience, choice.size), choice.clinic)
    html = render(booklet, choice.size)
    words = (html, choice.size.name, booklet.labels.model_dump_json())
    digest = digest_of(words, (*booklet.picture_folders, styles_folder()))
    return web_page(booklet, scripted=False), TypesetJob(target, choice.size, html, digest)


def faults_of(error: BookletError | OSError, place: Path) -> tuple[Problem, ...]:
    """What an error tells as faults, at a place of their own or at this one."""
    if isinstance(error, FaultsFound):
        return error.problems
    if isinstance(error, BookletError):
        return (Problem(place, str(error)),)
    file = Path(error.filename or place)
    return (Problem(file, f"cannot be read: {error.strerror or error}"),)


def digest_of(words: Iterable[str], folders: Iterable[Path] = ()) -> str:
    """A short name for these words and for every file below these folders."""
    hashing = sha256()
    for each in words:
        hashing.update(sha256(each.encode()).digest())
    files = (path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file())
    for path in files:
        hashing.update(sha256(bytes(path)).digest() + sha256(path.read_bytes()).digest())
    return hashing.hexdigest()[:16]


def typeset_job(job: TypesetJob) -> Iterator[TypesetResult | tuple[Problem, ...]]:
    """The file as soon as it is set, then what would keep a build from accepting it."""
    gc.disable()  # a document lives until the job ends: 7% of the time saved
    target, booklet = job.target, job.target.booklet
    try:
        document = typeset(job.html, booklet.picture_folders, target.folder)
        pdf = write_pdf(document, booklet.labels, target.folder)
        yield TypesetResult(pdf, len(document.pages), tuple(_places(document)))
        yield measured(pdf, target, job.size).errors
    except (BookletError, OSError) as error:
        yield faults_of(error, target.folder)
    finally:
        gc.enable()


def _places(document: "weasyprint.Document") -> Iterator[tuple[str, float]]:
    branches = list(document.make_bookmark_tree())
    while branches:
        words, (number, _, top), below, _ = branches.pop(0)
        yield words, number + top / document.pages[number].height
        branches[:0] = below


def word_problems(job: tuple[Path, str]) -> Iterator[tuple[Problem, ...]]:
    """What the rules for words find in a booklet of a content folder, or why they cannot be asked.

    The first job reads the dictionary, which takes two seconds; the process keeps it.
    """
    content, booklet = job
    try:
        yield check_words(content, booklet).problems
    except (BookletError, OSError) as error:
        yield faults_of(error, content)
