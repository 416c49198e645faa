"""Time and memory as pages grow and as booklets grow."""

import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measuring import Spent, alone
from benchmarks.row import Row, seconds
from benchmarks.shelf import carry_out, shelf
from benchmarks.specimen import LONG, ROOT, SHORT, edition, page_of
from booklet.check.check_pdf import check_pdf
from booklet.editions import Screen
from booklet.scratch import scratch_folder
from booklet.tagging.typeset import typeset, write_pdf

TIMES = (1, 4, 16)
"""How often the sections of the booklet stand in it."""
BOOKLETS = (10, 100)
BAR = 1.05
"""No faster than pages; a twentieth is for what else the machine does, since each is made once."""


def rows(rounds: int, quick: bool) -> Iterator[Row]:
    """Processor seconds a page and a booklet, each measured once in a process of its own."""
    yield from _pages(TIMES[:2] if quick else TIMES)
    yield from _booklets((3, 6) if quick else BOOKLETS)


def repeated(content: Path, times: int) -> str:
    """The name of a copy of the short booklet with its sections so many times over."""
    name = f"{SHORT}-times-{times}"
    folder = content / name
    shutil.copytree(content / SHORT, folder)
    sections = sorted(folder.glob("[0-9]*.yaml"))
    for again in range(1, times):
        for number, each in enumerate(sections, 1):
            plain = each.stem.partition("-")[2]
            shutil.copy(each, folder / f"{100 * again + number}-{plain}-again-{again}.yaml")
    return name


def whole(content: Path, name: str) -> int:
    """A booklet read, set, written and measured, whatever is measured; its pages."""
    target = edition(name, content)
    size, booklet = target.edition.size, target.booklet
    assert not isinstance(size, Screen)
    with scratch_folder():
        document = typeset(page_of(target), booklet.picture_folders, target.folder, size.letters)
        check_pdf(write_pdf(document, booklet.labels, target.folder), target.file_name, size)
    return len(document.pages)


def _pages(times: tuple[int, ...]) -> Iterator[Row]:
    found: list[tuple[int, Spent, float]] = []
    with TemporaryDirectory() as folder:
        content = Path(folder, "content")
        shutil.copytree(ROOT / "content", content)
        for each in times:
            found.append(alone(whole, content, repeated(content, each)))
    for (few, before, low), (many, after, high) in pairwise(found):
        yield _compared(
            f"a page of {many}", f"of {few}", after.processor / many, before.processor / few
        )
        yield Row(
            f"memory for {many} pages",
            f"{high:.0f} MB",
            f"for {few} pages {low:.0f} MB, times the pages",
            (high / many) / (low / few),
            BAR,
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
    yield _compared(
        f"a booklet of {many}, built", f"of {few}", after.processor / many, before.processor / few,
        f"for patients in standard print, and its web page; {high:.0f} MB, were {low:.0f}",
    )  # fmt: skip


def _compared(what: str, against: str, ours: float, other: float, remark: str = "") -> Row:
    return Row(what, seconds(ours), f"{against} {seconds(other)}", ours / other, BAR, remark)
