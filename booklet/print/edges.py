"""Edges: print that the staple margin pushes off the paper, or that printers leave out."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from booklet.pdf.geometry import Box, around
from booklet.pdf.pictures import Inks
from booklet.print.drawing import sheet_side
from booklet.print.placing import Placing, PrintJob, pages_in_words
from booklet.print.schemes import STAPLE_MARGIN, Scheme
from booklet.print.source_file import fault
from booklet.print.stock import points

NO_PRINT = 5.0
"""What most printers leave white at each edge, and what print shops want empty at the cut, in mm
(standards sheet, 4.1)."""

UNSURE = 0.4  # how much too large ink may have been measured, in mm

NEAR = NO_PRINT - UNSURE  # print nearer to an edge than this is told, in mm


@dataclass(frozen=True, slots=True)
class Gap:
    """The room between a page's ink and one edge."""

    page: int  # the page
    room: float  # how much there is, in mm; below 0, so much of the ink is lost
    fold: bool  # whether the edge is the fold of the sheet, and no edge of the paper
    taken: float  # how much of the room the staple margin takes, in mm; below 0 where it gives some

    @property
    def squeezed(self) -> bool:
        """Whether it is the staple margin that brings print nearer than printers reach."""
        return self.room < NEAR <= self.room + self.taken

    @property
    def at_edge(self) -> bool:
        """Whether print reaches this edge of the page as it was made, before any margin."""
        return self.room + self.taken <= UNSURE


def gaps(job: PrintJob, inks: Inks) -> tuple[Gap, ...]:
    """The four gaps of every page that has ink; none where nobody knows its ink."""
    return tuple(
        gap
        for number, side in enumerate(job.sides)
        for slot, page in enumerate(side)
        if inks and page is not None and (ink := inks[page - 1]) is not None
        for gap in _of_page(
            job.scheme, job.placings[page - 1], ink, slot, job.scheme.moved(number, slot, job.paper)
        )
    )


def _of_page(scheme: Scheme, placing: Placing, ink: Box, slot: int, shift: float) -> Iterator[Gap]:
    """Gaps to the edges of the slot, or of the page where that is a little larger."""
    room = sheet_side(scheme, placing).slots[slot]
    page = Box(0, 0, *placing.page.upright).moved(placing.matrix(room, 0))
    within, there = around([room, page]), ink.moved(placing.matrix(room, points(shift)))
    fold = ("right" if slot == 0 else "left") if scheme.slots > 1 else None
    margin = shift if scheme.binding == "side" else 0.0
    for edge, gap, taken in (
        ("left", there.left - within.left, -margin),
        ("right", within.right - there.right, margin),
        ("bottom", there.bottom - within.bottom, 0.0),
        ("top", within.top - there.top, 0.0),
    ):
        yield Gap(placing.page.number, gap / points(1), edge == fold, taken)


def kept_on_paper(job: PrintJob, found: Iterable[Gap], fit: bool) -> PrintJob:
    """The job; with `fit`, pages that the staple margin leaves no room are narrower by it.

    `FaultsFound` where print would be pushed off the paper and `fit` is not asked for.
    """
    if job.scheme.binding != "side":
        return job
    found = tuple(found)
    bled = _bled(found)
    lost = _pages(found, lambda gap: gap.room < -UNSURE and gap.page not in bled)
    tight = _pages(found, lambda gap: gap.squeezed) if fit else []
    room = job.scheme.slot[0] - 2 * points(STAPLE_MARGIN)
    narrowed = {
        each.page.number: replace(each, scale=each.scale * min(1.0, room / each.size[0]))
        for each in job.placings
        if each.page.number in {*lost, *tight}
    }
    if lost and not fit:
        least = min(each.scale for each in narrowed.values())
        raise fault(
            job.source.name,
            f"{pages_in_words(lost)}: the staple margin pushes up to"
            f" {-min(gap.room for gap in found):.1f} mm of what is printed off the paper; add"
            f" --fit, which prints them at {least:.0%} of their size, or choose --scheme"
            " booklet-a3, which has no such margin",
        )
    return replace(
        job, placings=tuple(narrowed.get(each.page.number, each) for each in job.placings)
    )


def edge_notes(job: PrintJob, found: tuple[Gap, ...]) -> Iterator[str]:
    """What may be missing at the edges when the sheets come out of the printer, or are cut."""
    return _when_cut(job, found) if job.scheme.binding == "shop" else _when_printed(found)


def _when_cut(job: PrintJob, found: tuple[Gap, ...]) -> Iterator[str]:
    """What a cut may spoil."""
    if near := [gap for gap in found if UNSURE < gap.room < NEAR]:
        yield (
            f"{_near(near)} the cut; print shops want {NO_PRINT:g} mm, so ask them what they can do"
        )
    bare = {page.number for page in job.source.pages if page.bleed == page.trim}
    if flush := _pages(found, lambda gap: gap.room <= UNSURE and gap.page in bare):
        yield (
            f"{pages_in_words(flush)}: print reaches the edge and has no bleed; a cut that is not"
            " quite true leaves a white line, so ask whoever made the PDF for 3 mm of bleed"
        )


def _when_printed(found: tuple[Gap, ...]) -> Iterator[str]:
    """What printers leave out at the edges of the paper, and what the fold hides."""
    bled = _bled(found)
    outer = [gap for gap in found if not gap.fold and gap.page not in bled]
    if squeezed := [gap for gap in outer if gap.squeezed]:
        yield (
            f"{_near(squeezed)} the edge of the paper, where the staple margin moves it;"
            f" {_LOOK} `booklet paper sheets` with --fit makes room"
        )
    if near := [gap for gap in outer if gap.room < NEAR and not gap.squeezed]:
        yield f"{_near(near)} the edge of the paper; {_LOOK} the document needs wider margins"
    if bled:
        yield (
            f"{pages_in_words(sorted(bled))}: colour runs to the edges of the paper; most printers"
            " leave a white border there, which does no harm"
        )
    if lost := _pages(found, lambda gap: gap.fold and gap.room < -UNSURE):
        yield (
            f"{pages_in_words(lost)}: print reaches the fold, and inner sheets lose up to"
            f" {-min(gap.room for gap in found if gap.fold):.1f} mm of it there; look whether"
            " letters are missing"
        )


_LOOK = (
    f"most printers leave {NO_PRINT:g} mm white: print one copy and look at its edges; where"
    " letters are missing,"
)


def _near(found: list[Gap]) -> str:
    """Which pages come how near."""
    room = max(0.0, min(gap.room for gap in found))
    comes = f"comes within {room:.0f} mm of" if room > UNSURE else "reaches"
    return f"{pages_in_words(_pages(found, lambda gap: True))}: print {comes}"


def _bled(found: Iterable[Gap]) -> set[int]:
    """The pages whose print was made to run off at three edges or all: what is lost is colour.

    Print that reaches one edge or two may be words, as on a page that was copied askew.
    """
    reached = Counter(gap.page for gap in found if gap.at_edge)
    return {page for page, edges in reached.items() if edges >= 3}


def _pages(found: Iterable[Gap], wanted: Callable[[Gap], bool]) -> list[int]:
    """The pages that have such a gap, in order."""
    return sorted({gap.page for gap in found if wanted(gap)})
