"""What one save gives: the page for the screen, and pages, which a worker's process sets."""

import gc
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from booklet.check.check_words import check_words
from booklet.editions import Edition, Size
from booklet.html.render import render
from booklet.html.web_page import web_page
from booklet.making import measured
from booklet.order import Target
from booklet.preview.choice import Choice
from booklet.problems import BookletError, FaultsFound, Problem
from booklet.resources import styles_folder
from booklet.review.booklet import load_booklet
from booklet.tagging.section_first import (
    SectionPages,
    Standing,
    section_pages,
    sources,
    standing,
    without_structure,
)
from booklet.tagging.typeset import parsed, typeset, write_pdf
from booklet.tagging.weasyprint_patches import page_starts_noted

if TYPE_CHECKING:
    import weasyprint


@dataclass(frozen=True, slots=True)
class TypesetJob:
    """One edition for the typesetter, which works in another process."""

    target: Target  # The file as a build would make it
    size: Size  # Its size of print
    html: str  # The page to set
    digest: str  # A short name for all that pages are made from: equal digests give equal pages
    around: str  # The same for what they are made from besides the words: size, styles, pictures
    before: Standing | None = None
    """Where all stands on pages with the same around: what changed since is set first."""
    looked: tuple[int, ...] = ()
    """Which of these pages are looked at, from 1, the one that most is seen of first."""


@dataclass(frozen=True, slots=True)
class TypesetResult:
    """The finished file of a job."""

    pdf: bytes
    pages: int  # How many it has
    places: tuple[tuple[str, float], ...]
    """Each heading's words, and how many pages are above it: 2.25 is a quarter down the third."""
    around: str  # As in the job
    standing: Standing  # Where all stands on them


@dataclass(frozen=True, slots=True)
class SectionResult:
    """The pages of the section that has changed, to be seen until the whole file is there."""

    pdf: bytes  # To look at: it has no structure
    pages: int  # How many it has
    first: int  # The page of the file before that they begin on, from 1
    replaced: int  # How many of its pages they take the place of
    places: tuple[tuple[str, float], ...]  # As in the file: the pages before them are counted
    others: bool = False  # Whether other pages have changed words too, which are still to come


Result = SectionResult | TypesetResult | tuple[Problem, ...]
"""What a job gives: the section first where that can be, the file, at last its faults."""


def prepare(content: Path, choice: Choice, today: date) -> TypesetJob:
    """The work for the typesetter, from the files as they are now.

    `BookletError` or `OSError` where they have faults; `faults_of` tells either as faults.
    """
    booklet = load_booklet(content, choice.booklet, today, choice.clinic)[choice.audience]
    target = Target(booklet, Edition(choice.audience, choice.size), choice.clinic)
    html = render(booklet, choice.size)
    setting = (choice.size.name, booklet.labels.model_dump_json())
    around = digest_of(setting, (*booklet.picture_folders, styles_folder()))
    return TypesetJob(target, choice.size, html, digest_of((html, around)), around)


def screen_of(job: TypesetJob) -> bytes:
    """The web page of the booklet that a job sets; errors as `prepare`."""
    return web_page(job.target.booklet, scripted=False)


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


def typeset_job(job: TypesetJob) -> Iterator[Result]:
    """The section that has changed, the file when it is set, then what keeps a build from it."""
    gc.disable()  # a document lives until the job ends: 7% of the time saved
    target, booklet = job.target, job.target.booklet
    try:
        page = parsed(job.html, booklet.picture_folders)
        now = sources(page, booklet.status.code)
        if job.before and (
            section := section_pages(page, now, job.before, job.looked, job.size.letters)
        ):
            yield _section_result(section)
        with page_starts_noted() as starts:
            document = typeset(job.html, booklet.picture_folders, target.folder, job.size.letters)
        pdf = write_pdf(document, booklet.labels, target.folder)
        stands = standing(document, starts, now)
        places = tuple(_places(document))
        yield TypesetResult(pdf, len(document.pages), places, job.around, stands)
        yield measured(pdf, target, job.size).errors
    except (BookletError, OSError) as error:
        yield faults_of(error, target.folder)
    finally:
        gc.enable()


def _section_result(section: SectionPages) -> SectionResult:
    document, above = section.document, section.first - 1
    places = tuple((words, above + at) for words, at in _places(document))
    pdf = without_structure(document)
    pages = len(document.pages)
    return SectionResult(pdf, pages, section.first, section.replaced, places, section.others)


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
