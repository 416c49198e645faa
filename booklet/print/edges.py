"""Edges: print that the staple margin pushes off the paper, or that printers leave out."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from booklet.print.canvas import canvas_of
from booklet.print.damage import fault
from booklet.print.geometry import Box
from booklet.print.imposition import Side
from booklet.print.ink import Inks
from booklet.print.placing import Placing, pages_in_words
from booklet.print.schemes import STAPLE_MARGIN, Scheme
from booklet.print.source_file import SourceFile
from booklet.print.stock import Paper, points

NO_PRINT = 5.0
"""What most printers leave white at each edge, and what print shops want empty at the cut, in mm
(standards sheet, 4.1)."""

UNSURE = 0.4
"""How much too large ink may have been measured, in mm."""


NEAR = NO_PRINT - UNSURE
"""Print nearer to an edge than this is told, in mm."""


@dataclass(frozen=True, slots=True)
class Gap:
    """The room in mm between a page's ink and an edge; below 0, so much of the ink is lost.

    `fold` says that the edge is the fold of the sheet, and no edge of the paper. `taken` is how
    much of the room the staple margin takes, below 0 where it gives some.
    """

    page: int
    room: float
    fold: bool
    taken: float

    @property
    def squeezed(self) -> bool:
        """Whether it is the staple margin that brings print nearer than printers reach."""
        return self.room < NEAR <= self.room + self.taken


def gaps(
    scheme: Scheme,
    placings: tuple[Placing, ...],
    inks: Inks,
    sides: tuple[Side, ...],
    paper: Paper,
) -> tuple[Gap, ...]:
    """The four gaps of every page that has ink; none where nobody knows its ink."""
    return tuple(
        gap
        for number, side in enumerate(sides)
        for slot, page in enumerate(side)
        if inks and page is not None and (ink := inks[page - 1]) is not None
        for gap in _of_page(
            scheme, placings[page - 1], ink, slot, scheme.moved(number, slot, paper)
        )
    )


def _of_page(scheme: Scheme, placing: Placing, ink: Box, slot: int, shift: float) -> Iterator[Gap]:
    """Gaps to the edges of the slot, or of the page where that is a little larger."""
    room = canvas_of(scheme, scheme.slots, placing).slots[slot]
    page = Box(0, 0, *placing.page.upright).moved(placing.matrix(room, 0))
    within, there = room.around(page), ink.moved(placing.matrix(room, points(shift)))
    fold = ("right" if slot == 0 else "left") if scheme.slots > 1 else None
    margin = shift if scheme.binding == "side" else 0.0
    for edge, gap, taken in (
        ("left", there.left - within.left, -margin),
        ("right", within.right - there.right, margin),
        ("bottom", there.bottom - within.bottom, 0.0),
        ("top", within.top - there.top, 0.0),
    ):
        yield Gap(placing.page.number, gap / points(1), edge == fold, taken)


def kept_on_paper(
    source: SourceFile,
    scheme: Scheme,
    placings: tuple[Placing, ...],
    found: Iterable[Gap],
    fit: bool,
) -> tuple[Placing, ...]:
    """The pages; with `fit`, those that the staple margin leaves no room made narrower by it.

    `FaultsFound` where print would be pushed off the paper and `fit` is not asked for.
    """
    if scheme.binding != "side":
        return placings
    lost = _pages(found, lambda gap: gap.room < -UNSURE)
    tight = _pages(found, lambda gap: gap.squeezed) if fit else []
    narrowed = {
        each.page.number: replace(each, scale=each.scale * _narrower(scheme, each))
        for each in placings
        if each.page.number in {*lost, *tight}
    }
    if lost and not fit:
        raise fault(source.name, _pushed_off(found, narrowed))
    return tuple(narrowed.get(each.page.number, each) for each in placings)


def _narrower(scheme: Scheme, placing: Placing) -> float:
    """The scale at which a page has room on the sheet beside its staple margin."""
    room = canvas_of(scheme, 1, placing).slots[0]
    return min(1.0, (room.width - 2 * points(STAPLE_MARGIN)) / placing.size[0])


def _pushed_off(found: Iterable[Gap], narrowed: dict[int, Placing]) -> str:
    most = -min(gap.room for gap in found)
    least = min(each.scale for each in narrowed.values())
    return (
        f"{pages_in_words(sorted(narrowed))}: the staple margin pushes up to {most:.1f} mm of"
        f" what is printed off the paper; add --fit, which prints them at {least:.0%} of their"
        " size, or choose --scheme booklet-a3, which has no such margin"
    )


def edge_notes(source: SourceFile, scheme: Scheme, found: tuple[Gap, ...]) -> Iterator[str]:
    """What may be missing at the edges when the sheets come out of the printer, or are cut."""
    cut = scheme.binding == "shop"
    bare = {page.number for page in source.pages if page.bleed == page.trim}
    outer = [gap for gap in found if not gap.fold and (not cut or gap.room > UNSURE)]
    squeezed = [gap for gap in outer if gap.squeezed]
    if tight := _pages(squeezed, lambda gap: True):
        yield _squeezed(tight, _least(squeezed))
    own = [gap for gap in outer if gap.room < NEAR and not gap.squeezed]
    if near := _pages(own, lambda gap: True):
        yield _near(near, _least(own), cut)
    if lost := _pages(found, lambda gap: gap.fold and gap.room < -UNSURE):
        yield (
            f"{pages_in_words(lost)}: print reaches the fold, and inner sheets lose up to"
            f" {-min(gap.room for gap in found if gap.fold):.1f} mm of it there; look whether"
            " letters are missing"
        )
    if cut and (bled := [page for page in _pages(found, _at_edge) if page in bare]):
        yield (
            f"{pages_in_words(bled)}: print reaches the edge and has no bleed; a cut that is not"
            " quite true leaves a white line, so ask whoever made the PDF for 3 mm of bleed"
        )


def _least(found: list[Gap]) -> float:
    return max(0.0, min(gap.room for gap in found))


def _comes(pages: list[int], room: float) -> str:
    comes = f"comes within {room:.0f} mm of" if room > UNSURE else "reaches"
    return f"{pages_in_words(pages)}: print {comes}"


def _squeezed(pages: list[int], room: float) -> str:
    return (
        f"{_comes(pages, room)} the edge of the paper, where the staple margin moves it; most"
        f" printers leave {NO_PRINT:g} mm white: print one copy and look at its edges; where"
        " letters are missing, `paper sheets` with --fit makes room"
    )


def _near(pages: list[int], room: float, cut: bool) -> str:
    which = _comes(pages, room)
    if cut:
        return f"{which} the cut; print shops want {NO_PRINT:g} mm, so ask them what they can do"
    return (
        f"{which} the edge of the paper; most printers leave {NO_PRINT:g} mm white: print one copy"
        " and look at its edges; where letters are missing, the document needs wider margins"
    )


def _at_edge(gap: Gap) -> bool:
    return gap.room <= UNSURE


def _pages(found: Iterable[Gap], wanted: Callable[[Gap], bool]) -> list[int]:
    """The pages that have such a gap, in order."""
    return sorted({gap.page for gap in found if wanted(gap)})
