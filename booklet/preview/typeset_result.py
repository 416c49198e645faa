"""What a worker's process does with a job: pages first, then what they fall short of; or words."""

import gc
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from booklet.check.check_pdf import check_pdf
from booklet.check.check_words import check_words
from booklet.preview.prepare import TypesetJob, faults_of
from booklet.problems import BookletError, Problem
from booklet.tagging.typeset import typeset, write_pdf

if TYPE_CHECKING:
    import weasyprint


@dataclass(frozen=True, slots=True)
class TypesetResult:
    """The finished file of a job."""

    pdf: bytes
    pages: int
    """How many it has."""
    places: tuple[tuple[str, float], ...]
    """Each heading's words, and how many pages are above it: 2.25 is a quarter down the third."""


def typeset_job(job: TypesetJob) -> Iterator[TypesetResult | tuple[Problem, ...]]:
    """The file as soon as it is set, then what would keep a build from accepting it."""
    gc.disable()  # a document lives until the job ends: 7% of the time saved
    target, booklet = job.target, job.target.booklet
    try:
        document = typeset(job.html, booklet.picture_folders, target.folder)
        pdf = write_pdf(document, booklet.labels, target.folder)
        yield TypesetResult(pdf, len(document.pages), tuple(_places(document)))
        yield check_pdf(pdf, target.file_name, job.size).problems
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
