"""The whole pipeline, from a content folder to finished files, readable as a recipe."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import active_children, get_context
from pathlib import Path

from booklet.check import check_file, problems_of
from booklet.editions import Audience, Edition, Screen, Size, editions
from booklet.files import must_be_writable, write_whole
from booklet.manuscript.load import booklet_names, load
from booklet.manuscript.model import Booklet
from booklet.page.render import render
from booklet.page.twin import twin
from booklet.page.typeset import typeset, typesetter, write_pdf
from booklet.paper.sheets import make_sheets
from booklet.problems import FaultsFound, Problem, WrongUsage


@dataclass(frozen=True, slots=True)
class Order:
    """What to build: an empty tuple of booklets means all of them."""

    content: Path
    output: Path
    booklets: tuple[str, ...]
    audiences: tuple[Audience, ...]
    sizes: tuple[Size, ...]
    clinic: str | None = None
    sheets: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """One file to make."""

    booklet: Booklet
    edition: Edition
    folder: Path
    clinic: str | None = None
    sheets: bool = False

    @property
    def file_name(self) -> str:
        """The name of its file."""
        about = self.booklet.about
        return self.edition.file_name(self.booklet.name, about.language, about.version, self.clinic)


@dataclass(frozen=True, slots=True)
class Made:
    """A finished file: its name, its bytes, and how many pages it has; a web page has none.

    `beside` are the print sheets made from it, `advice` what to know before printing this one.
    """

    name: str
    content: bytes
    pages: int | None = None
    beside: tuple["Made", ...] = ()
    advice: tuple[str, ...] = ()


def build(order: Order, report: Callable[[Made, int], None]) -> tuple[Made, ...]:
    """Make every file of the order and put them into its folder, all of them or none.

    `report` is called with each file as it is finished, in whatever order that happens, and
    with how many there will be. The result is in the order of the table of editions.
    `FaultsFound` carries every fault of every booklet, and what a finished PDF falls short of;
    the files that were there before are then untouched.
    """
    typesetter()
    todo = jobs(order)
    must_be_writable(order.output)
    made = {each.name: each for each in _finished(todo, report)}
    inorder = tuple(made[job.file_name] for job in todo)
    flat = tuple(file for each in inorder for file in (each, *each.beside))
    write_whole(order.output, {each.name: each.content for each in flat})
    return flat


def jobs(order: Order) -> tuple[Job, ...]:
    """The files an order asks for, from content that has been checked whole."""
    names = dict.fromkeys(order.booklets or booklet_names(order.content))
    if not names:
        raise WrongUsage(
            f"there is no booklet in {order.content.absolute()}; go to the folder of the booklet "
            "builder, or name the content folder with --content"
        )
    faults: list[Problem] = []
    found: list[Job] = []
    for name in names:
        try:
            booklets = load(order.content, name, order.clinic)
        except FaultsFound as error:
            faults.extend(error.problems)
            continue
        found.extend(
            Job(
                booklets[edition.audience],
                edition,
                order.content / name,
                order.clinic,
                order.sheets,
            )
            for edition in editions(order.audiences, order.sizes)
        )
    if faults:
        raise FaultsFound(faults)
    return tuple(found)


def make(job: Job) -> Made:
    """One file, from its checked content."""
    size = job.edition.size
    if isinstance(size, Screen):
        return Made(job.file_name, twin(job.booklet))
    return _printed(job, size)


def _printed(job: Job, size: Size) -> Made:
    html = render(job.booklet, size)
    document = typeset(html, job.booklet.picture_folders, job.folder)
    pdf = write_pdf(document, job.booklet.labels, job.folder)
    faults = problems_of(check_file(pdf, job.file_name, size))
    if faults:
        raise FaultsFound(faults)
    beside = _sheets(pdf, job.file_name) if job.sheets else ()
    return Made(job.file_name, pdf, len(document.pages), beside)


def _sheets(pdf: bytes, name: str) -> tuple[Made, ...]:
    """What an office printer takes: A5 pages folded and stapled, A4 pages on both sides."""
    prints = make_sheets(pdf, name=Path(name))
    return tuple(
        Made(each.file_name(name), each.pdf, each.sides, advice=(each.instruction, *each.notes))
        for each in prints
    )


def _finished(todo: tuple[Job, ...], report: Callable[[Made, int], None]) -> Iterator[Made]:
    """Every job's file as it is finished; all their faults together, when all have been tried."""
    faults: list[Problem] = []
    for result in _results(todo):
        if isinstance(result, Made):
            report(result, len(todo))
            yield result
        else:
            faults.extend(result)
    if faults:
        raise FaultsFound(faults)


def _results(todo: tuple[Job, ...]) -> Iterator[Made | tuple[Problem, ...]]:
    """The jobs' results: on several cores where there are several jobs and forking is safe.

    WeasyPrint may not be used by two threads; `benchmarks/build.py` compares one process with
    several.
    """
    workers = min(len(todo), os.cpu_count() or 1)
    if workers < 2 or not sys.platform.startswith("linux"):
        yield from map(_tried, todo)
        return
    with ProcessPoolExecutor(workers, get_context("fork"), _leave_interrupts_alone) as pool:
        futures = [pool.submit(_tried, job) for job in todo]
        try:
            yield from (future.result() for future in as_completed(futures))
        except BaseException:
            for worker in active_children():
                worker.terminate()
            raise


def _tried(job: Job) -> Made | tuple[Problem, ...]:
    try:
        return make(job)
    except FaultsFound as error:
        return error.problems


def _leave_interrupts_alone() -> None:
    """Let the parent alone answer Ctrl-C; it ends its workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
