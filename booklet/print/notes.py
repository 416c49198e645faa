"""What the person at the printer would not expect of the sheets, in words."""

from collections.abc import Iterator

from booklet.print.binding import SADDLE_STAPLERS, stapler_for
from booklet.print.damage import fault
from booklet.print.imposition import Side, blanks
from booklet.print.placing import Placing, pages_in_words
from booklet.print.schemes import Scheme
from booklet.print.source_file import SourceFile
from booklet.print.stock import Paper, points

CLOSE = points(5)
"""How much smaller than its slot a page may be before anybody wonders, in points."""


def refuse_too_thick(source: SourceFile, scheme: Scheme, paper: Paper) -> None:
    """`FaultsFound` where the booklet has more sheets than can be folded and stapled."""
    pages = len(source.pages)
    sheets = scheme.sheets(pages)
    if scheme.binding != "saddle" or stapler_for("saddle", sheets, paper):
        return
    most = SADDLE_STAPLERS[-1].sheets
    raise fault(
        source.name,
        f"{pages} pages are {sheets} sheets of {paper.weight:g} g/m² paper; folded and stapled"
        f" through the fold, {most} sheets of 80 g/m² ({most * 4} pages) is the most; split the"
        " booklet, or choose --scheme flat",
    )


def notes(
    source: SourceFile, scheme: Scheme, placings: tuple[Placing, ...], sides: tuple[Side, ...]
) -> Iterator[str]:
    """Everything about these sheets that their maker should know before printing many."""
    if source.guessed:
        yield (
            f"the PDF is in a language read from right to left ({source.guessed}), so it is bound"
            " at the right"
        )
    empty = sum(page is None for side in sides for page in side)
    if empty:
        yield f"{_pages(empty, 'blank page')} at the end, to fill the sheets"
    if scheme.sheet is None and (short := blanks(len(source.pages), 4)):
        yield f"a stitched booklet needs {_pages(short, 'page')} more for a multiple of four"
    if scheme.sheet is None and (odd := _unlike_the_first(placings)):
        yield (
            f"{pages_in_words(odd)} not trimmed to the size of page 1; a print shop wants one size"
        )
    if sideways := [placing.page.number for placing in placings if placing.sideways]:
        yield f"{pages_in_words(sideways)} on its side: wider than high, head to the left"
    if small := _small(scheme, placings):
        yield f"{pages_in_words(small)} smaller than the paper, in the middle of it at own size"
    if lost := [page.number for page in source.pages if page.lost]:
        yield (
            f"{pages_in_words(lost)}: comments, stamps or filled-in fields are not on the sheets;"
            " if they should be, print the PDF to a new PDF first and take that"
        )


def mended(complaints: tuple[str, ...]) -> Iterator[str]:
    """A warning where a PDF could only be read by mending it."""
    if complaints:
        yield (
            f"this PDF is not sound ({complaints[0].rstrip('.')}) and was mended on the way;"
            " compare the sheets with its pages before you print many"
        )


def _pages(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _unlike_the_first(placings: tuple[Placing, ...]) -> list[int]:
    return [
        placing.page.number
        for placing in placings
        if any(abs(a - b) > points(1) for a, b in zip(placing.size, placings[0].size, strict=True))
    ]


def _small(scheme: Scheme, placings: tuple[Placing, ...]) -> list[int]:
    if scheme.sheet is None:
        return []
    slot = (points(scheme.finished.width), points(scheme.finished.height))
    return [
        placing.page.number
        for placing in placings
        if placing.scale == 1
        and any(side < room - CLOSE for side, room in zip(placing.size, slot, strict=True))
    ]
