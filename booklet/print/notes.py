"""What the person at the printer would not expect of the sheets, in words."""

from collections.abc import Callable, Iterator
from typing import Any

from booklet.messages import counted
from booklet.pdf.pages import has_printed_annotations, is_cut_short, lacks_resources
from booklet.pdf.pictures import Inks
from booklet.print.binding import WAYS, stapler_for
from booklet.print.imposition import blanks
from booklet.print.placing import Placing, PrintJob, pages_in_words
from booklet.print.schemes import Scheme
from booklet.print.source_file import SourceFile, fault
from booklet.print.stock import Paper, points

CLOSE = points(5)  # how much smaller than its slot a page may be before anybody wonders, in points


def refuse_too_thick(source: SourceFile, scheme: Scheme, paper: Paper) -> None:
    """`FaultsFound` where the booklet has more sheets than can be folded and stapled."""
    pages = len(source.pages)
    sheets = scheme.sheets(pages)
    if scheme.binding != "saddle" or stapler_for("saddle", sheets, paper):
        return
    most = WAYS["saddle"].tools[-1].sheets
    raise fault(
        source.name,
        f"{pages} pages are {sheets} sheets of {paper.weight:g} g/m² paper; folded and stapled"
        f" through the fold, {most} sheets of 80 g/m² ({most * 4} pages) is the most; split the"
        " booklet, or choose --scheme flat",
    )


def notes(job: PrintJob) -> Iterator[str]:
    """Everything about these sheets that their maker should know before printing many."""
    source, scheme, placings = job.source, job.scheme, job.placings
    if source.guessed:
        yield (
            f"the PDF is in a language read from right to left ({source.guessed}), so it is bound"
            " at the right"
        )
    empty = sum(page is None for side in job.sides for page in side)
    if empty:
        yield f"{counted(empty, 'blank page')} at the end, to fill the sheets"
    if scheme.sheet is None and (short := blanks(len(source.pages), 4)):
        yield f"a stitched booklet needs {counted(short, 'page')} more for a multiple of four"
    if scheme.sheet is None and (odd := _unlike_the_first(placings)):
        yield (
            f"{pages_in_words(odd)} not trimmed to the size of page 1; a print shop wants one size"
        )
    if sideways := [placing.page.number for placing in placings if placing.sideways]:
        yield f"{pages_in_words(sideways)} on its side: wider than high, head to the left"
    if small := _small(scheme, placings):
        yield f"{pages_in_words(small)} smaller than the paper, in the middle of it at own size"
    if lost := _pages_that(source, has_printed_annotations):
        yield (
            f"{pages_in_words(lost)}: comments, stamps or filled-in fields are not on the sheets;"
            " if they should be, print the PDF to a new PDF first and take that"
        )


def missing(source: SourceFile, inks: Inks) -> Iterator[str]:
    """What is missing on which pages: their content, what it asks for, or anything to see."""
    if torn := _pages_that(source, is_cut_short):
        yield f"{pages_in_words(torn)}: the content breaks off; compare with the original"
    if lacking := _pages_that(source, lacks_resources):
        yield (
            f"{pages_in_words(lacking)}: fonts or pictures are not in the PDF, and will be"
            " missing on paper; save it again from the program that made it"
        )
    if inks is None:
        yield "the pages could not be drawn here: print one copy, and look at it and its edges"
    elif empty := [number for number, ink in enumerate(inks, start=1) if ink is None]:
        yield f"{pages_in_words(empty)}: nothing to see; if that is not so in the PDF, save it anew"


def _pages_that(source: SourceFile, fail: Callable[[Any], bool]) -> list[int]:
    return [number for number, page in enumerate(source.reader.pages, start=1) if fail(page)]


def mended(complaints: tuple[str, ...]) -> Iterator[str]:
    """A warning where a PDF could only be read by mending it."""
    if complaints:
        yield (
            f"this PDF is not sound ({complaints[0].rstrip('.')}) and was mended on the way;"
            " compare the sheets with its pages before you print many"
        )


def _unlike_the_first(placings: tuple[Placing, ...]) -> list[int]:
    return [
        placing.page.number
        for placing in placings
        if any(abs(a - b) > points(1) for a, b in zip(placing.size, placings[0].size, strict=True))
    ]


def _small(scheme: Scheme, placings: tuple[Placing, ...]) -> list[int]:
    if scheme.sheet is None:
        return []
    return [
        placing.page.number
        for placing in placings
        if placing.scale == 1
        and any(side < room - CLOSE for side, room in zip(placing.size, scheme.slot, strict=True))
    ]
