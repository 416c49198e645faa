"""Time and memory as pages grow and as booklets grow."""

import shutil
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measuring import Spent, alone
from benchmarks.row import Row, seconds
from benchmarks.shelf import carry_out, shelf
from benchmarks.specimen import LONG, ROOT, SHORT, edition, page_of
from booklet.check.check_pdf import check_pdf
from booklet.editions import Screen
from booklet.order import Target
from booklet.scratch import scratch_folder
from booklet.tagging.typeset import parsed, typeset, write_pdf
from booklet.workers import Processes, run_jobs

TIMES = (1, 4, 16)
"""How often the sections of the booklet stand in it."""
BOOKLETS = (10, 100)
_SOURCES = "kind: sources"
BAR = 1.05
"""No faster than pages; a twentieth is for what else the machine does, since each is made once."""
ONCE = "measured once each; the section with the sources stands in it once"


def rows(rounds: int, quick: bool) -> Iterator[Row]:
    """Processor seconds a page and a booklet, each measured once in a process of its own."""
    times = TIMES[:2] if quick else TIMES
    yield from _pages(times, set_and_measured)
    yield from _pages(times, by_weasyprint, "WeasyPrint alone: ", bar=None)
    yield from _booklets((3, 6) if quick else BOOKLETS)


def repeated(content: Path, times: int) -> str:
    """The name of a copy of the short booklet with its sections so many times over.

    That with the list of sources stays one: it has a line for every section, so that many of them
    would have the square of the lines, and pages that are fuller than others.
    """
    name = f"{SHORT}-times-{times}"
    folder = content / name
    shutil.copytree(content / SHORT, folder)
    sections = sorted(folder.glob("[0-9]*.yaml"))
    alike = [each for each in sections if _SOURCES not in each.read_text(encoding="utf-8")]
    for again in range(1, times):
        for number, each in enumerate(alike, 1):
            plain = each.stem.partition("-")[2]
            shutil.copy(each, folder / f"{100 * again + number}-{plain}-again-{again}.yaml")
    return name


def whole(content: Path, name: str, work: Callable[[Target], int]) -> int:
    """A booklet read, and work done on it as the program does its jobs; its pages."""
    with scratch_folder():
        ((_, pages),) = run_jobs(work, [edition(name, content)], Processes(1, "fork"))
    assert isinstance(pages, int)
    return pages


def set_and_measured(target: Target) -> int:
    """A booklet set, written and measured, whatever is measured."""
    size, booklet = target.edition.size, target.booklet
    assert not isinstance(size, Screen)
    document = typeset(page_of(target), booklet.picture_folders, target.folder, size.letters)
    pdf, pages = write_pdf(document, booklet.labels, target.folder), len(document.pages)
    del document
    check_pdf(pdf, target.file_name, size)
    return pages


def by_weasyprint(target: Target) -> int:
    """The same page of HTML set and written by WeasyPrint alone."""
    document = parsed(page_of(target), target.booklet.picture_folders).render()
    document.write_pdf(pdf_variant="pdf/ua-1")
    return len(document.pages)


def _pages(
    times: tuple[int, ...],
    work: Callable[[Target], int],
    who: str = "",
    bar: float | None = BAR,
) -> Iterator[Row]:
    """How much a page of each length costs; without a bar where the growth is not ours."""
    found: list[tuple[int, Spent, float]] = []
    with TemporaryDirectory() as folder:
        content = Path(folder, "content")
        shutil.copytree(ROOT / "content", content)
        for each in times:
            found.append(alone(whole, content, repeated(content, each), work))
    for (few, before, low), (many, after, high) in pairwise(found):
        took, before_it = after.processor / many, before.processor / few
        yield Row(
            f"{who}a page of {many}",
            seconds(took),
            f"of {few} {seconds(before_it)}",
            took / before_it,
            bar,
            ONCE,
        )
        yield Row(
            f"{who}memory for {many} pages",
            f"{high:.0f} MB",
            f"for {few} pages {low:.0f} MB, times the pages",
            (high / many) / (low / few),
            bar,
            ONCE,
        )


def _booklets(numbers: tuple[int, ...]) -> Iterator[Row]:
    found: list[tuple[Spent, float]] = []
    for number in numbers:
        with TemporaryDirectory() as folder:
            content = shelf(Path(folder), number)
            shutil.rmtree(content / LONG)
            shutil.copytree(content / SHORT, content / LONG)  # all are as short
            _, taken, memory = alone(
                carry_out, folder, ("--audience", "patient", "--size", "standard")
            )
            found.append((taken, memory))
    (few, many), ((before, low), (after, high)) = numbers, found
    took, before_it = after.processor / many, before.processor / few
    yield Row(
        f"a booklet of {many}, built",
        seconds(took),
        f"of {few} {seconds(before_it)}",
        took / before_it,
        BAR,
        f"measured once each; for patients in standard print, and its web page; {high:.0f} MB, "
        f"were {low:.0f}",
    )
