"""What one save gives: the page for the screen, the work for the typesetter, or faults."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from booklet.editions import Edition, Size
from booklet.html.render import render
from booklet.html.web_page import web_page
from booklet.order import Target
from booklet.preview.choice import Choice
from booklet.problems import BookletError, FaultsFound, Problem
from booklet.resources import styles_folder
from booklet.review.booklet import load_booklet


@dataclass(frozen=True, slots=True)
class TypesetJob:
    """One edition for the typesetter, which works in another process."""

    target: Target
    """The file as a build would make it."""
    size: Size
    """Its size of print."""
    html: str
    """The page to set."""
    digest: str
    """A short name for all that pages are made from: equal digests give equal pages."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What the files give at one moment; without a page and a job where they have faults."""

    screen: bytes | None = None
    """The web page."""
    job: TypesetJob | None = None
    """What is to be set into pages."""
    faults: tuple[Problem, ...] = ()
    """What is wrong with the files."""


def prepare(content: Path, choice: Choice, today: date) -> Prepared:
    """The choice made from the files as they are now; it is never an error, it tells faults."""
    try:
        booklet = load_booklet(content, choice.booklet, today, choice.clinic)[choice.audience]
        target = Target(booklet, Edition(choice.audience, choice.size), choice.clinic)
        return Prepared(screen=web_page(booklet), job=_job(target, choice.size))
    except (BookletError, OSError) as error:
        return Prepared(faults=faults_of(error, content))


def faults_of(error: BookletError | OSError, place: Path) -> tuple[Problem, ...]:
    """What an error tells as faults, at a place of their own or at this one."""
    if isinstance(error, FaultsFound):
        return error.problems
    if isinstance(error, BookletError):
        return (Problem(place, str(error)),)
    file = Path(error.filename or place)
    return (Problem(file, f"cannot be read: {error.strerror or error}"),)


def _job(target: Target, size: Size) -> TypesetJob:
    booklet, html = target.booklet, render(target.booklet, size)
    words = (html, size.name, booklet.labels.model_dump_json())
    folders = (*booklet.picture_folders, styles_folder())
    return TypesetJob(target, size, html, digest_of(words, folders))


def digest_of(words: Iterable[str], folders: Iterable[Path] = ()) -> str:
    """A short name for these words and for every file below these folders."""
    hashing = sha256()
    for each in words:
        hashing.update(sha256(each.encode()).digest())
    files = (path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file())
    for path in files:
        hashing.update(sha256(bytes(path)).digest() + sha256(path.read_bytes()).digest())
    return hashing.hexdigest()[:16]
