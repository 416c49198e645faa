"""The whole pipeline, from a content folder to finished files, readable as a recipe."""

import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from multiprocessing import active_children, get_context
from pathlib import Path

from booklet.check.check_pdf import check_pdf
from booklet.check.report import Finding
from booklet.editions import Screen, Size
from booklet.files import must_be_writable, write_whole
from booklet.html.render import render
from booklet.html.web_page import web_page
from booklet.order import Job, Order, plan
from booklet.print.sheets import make_sheets
from booklet.problems import FaultsFound, Problem
from booklet.provenance.manifest import Finished, manifest, manifest_name
from booklet.tagging.typeset import typeset, typesetter, write_pdf

__all__ = ["Job", "Made", "Order", "build", "make", "plan"]

STOPS = (signal.SIGINT, signal.SIGTERM)


@dataclass(frozen=True, slots=True)
class Made:
    """A finished file: its name, its bytes, and how many pages it has; a web page has none.

    `beside` are the print sheets made from it, `advice` what to know before printing this one,
    `findings` what `check` measured, by the rule's id.
    """

    name: str
    content: bytes
    pages: int | None = None
    beside: tuple["Made", ...] = ()
    advice: tuple[str, ...] = ()
    findings: Mapping[str, Finding] = field(default_factory=dict)


def build(
    order: Order,
    report: Callable[[Made, int], None],
    remark: Callable[[str], None] = lambda words: None,
) -> tuple[Made, ...]:
    """Make every file of the order and put them into its folder, all of them or none.

    `report` is called with each file as it is finished, in whatever order that happens, and
    with how many there will be; `remark` with what is to be said of each booklet, before. The
    result is in the order of the table of editions, each booklet's manifest behind its files.
    `FaultsFound` carries every fault of every booklet, and what a finished PDF falls short of;
    the files that were there before are then untouched.
    """
    with _signals_held():
        typesetter()
    planned = plan(order)
    for words in planned.remarks:
        remark(words)
    must_be_writable(order.output)
    made = {each.name: each for each in _finished(planned.jobs, report)}
    flat = tuple(_with_manifests(planned.jobs, made, order.output))
    write_whole(order.output, {each.name: each.content for each in flat})
    return flat


def _with_manifests(jobs: tuple[Job, ...], made: dict[str, Made], output: Path) -> Iterator[Made]:
    """Every file and what was made beside it, then the manifest of each booklet's."""
    for _, group in groupby(jobs, key=lambda job: job.folder):
        mine = tuple(group)
        yield from (file for job in mine for file in _flat(made[job.file_name]))
        first = mine[0]
        name = manifest_name(first.booklet, first.clinic, first.named_draft)
        files = (each for job in mine for each in _described(job, made[job.file_name]))
        yield Made(name, manifest(files, first.clinic, output / name))


def _flat(made: Made) -> tuple[Made, ...]:
    return (made, *made.beside)


def _described(job: Job, made: Made) -> Iterator[Finished]:
    """A file and the sheets made from it, as the manifest names them."""
    for each in _flat(made):
        yield Finished(
            each.name,
            each.content,
            job.booklet,
            job.edition,
            each.pages,
            each.findings,
            to_read=each is made,
        )


def make(job: Job) -> Made:
    """One file, from its checked content."""
    size = job.edition.size
    if isinstance(size, Screen):
        return Made(job.file_name, web_page(job.booklet))
    return _printed(job, size)


def _printed(job: Job, size: Size) -> Made:
    html = render(job.booklet, size, job.marked)
    document = typeset(html, job.booklet.picture_folders, job.folder)
    pdf = write_pdf(document, job.booklet.labels, job.folder)
    report = check_pdf(pdf, job.file_name, size)
    if not report.passed:
        raise FaultsFound(report.errors)
    beside = _sheets(pdf, job.file_name) if job.sheets else ()
    return Made(job.file_name, pdf, len(document.pages), beside, findings=report.findings)


def _sheets(pdf: bytes, name: str) -> tuple[Made, ...]:
    """What an office printer takes: A5 pages folded and stapled, A4 pages on both sides."""
    prints = make_sheets(pdf, name=Path(name))
    return tuple(
        Made(
            *(each.file_name(name), each.pdf, each.sides),
            advice=(each.instruction, *each.binding, *each.notes),
        )
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
        try:
            with _signals_held():
                futures = [pool.submit(_tried, job) for job in todo]
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


@contextmanager
def _signals_held() -> Iterator[None]:
    """Ctrl-C waits until this is left: what is raised amid a fork or an import gets lost."""
    if sys.platform == "win32":
        yield
        return
    signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)


def _leave_interrupts_alone() -> None:
    """Let the parent alone answer Ctrl-C; it ends its workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)
