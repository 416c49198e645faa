"""Where a page goes on its sheet: at its own size, in the middle of its slot."""

from dataclasses import dataclass

from booklet.pdf.geometry import Box, Matrix, scaled, times, turned
from booklet.pdf.pages import Frame
from booklet.print.imposition import Side
from booklet.print.schemes import SCHEMES, Extent, Scheme, scheme_named
from booklet.print.source_file import SourceFile, fault
from booklet.print.stock import Format, Paper, points

TOLERANCE = points(1)
"""How much larger than its slot a page may be, half of it on each side: 0.5 mm is cut."""


@dataclass(frozen=True, slots=True)
class Placing:
    """A page made ready for its slot."""

    page: Frame  # the page as it lies in the booklet
    scale: float = 1.0  # how large it is made: 1 is its own size
    sideways: bool = False  # whether it is laid on its side, its head to the left

    @property
    def size(self) -> Extent:
        """Width and height on the sheet, in points."""
        width, height = (side * self.scale for side in self.page.upright)
        return (height, width) if self.sideways else (width, height)

    def matrix(self, slot: Box, shift: float) -> Matrix:
        """From the upright page to its place: the middle of the slot, `shift` points right."""
        width, height = self.size
        upright = Box(0, 0, *self.page.upright)
        laid = scaled(turned(upright, 270 if self.sideways else 0), self.scale)
        x = slot.left + (slot.width - width) / 2 + shift
        return times(laid, (1, 0, 0, 1, x, slot.bottom + (slot.height - height) / 2))


@dataclass(frozen=True, slots=True)
class PrintJob:
    """All that is known before the first sheet is drawn."""

    source: SourceFile  # the booklet
    scheme: Scheme  # how its pages go on paper, bound at the booklet's own edge
    paper: Paper  # what is in the tray
    placings: tuple[Placing, ...]  # how each page of the booklet goes into its slot
    sides: tuple[Side, ...]  # which pages stand on each side, in the order of the scheme


def place_all(source: SourceFile, scheme: Scheme, fit: bool) -> tuple[Placing, ...]:
    """Every page as it goes into a slot of the scheme; `FaultsFound` where one does not.

    A page wider than high is laid on its side where it fits no other way. Only where `fit` is
    asked for is a page made smaller, and never larger.
    """
    if scheme.sheet is None:
        return tuple(map(Placing, source.pages))
    placings = tuple(Placing(page, *_best(page.upright, scheme.slot)) for page in source.pages)
    misfits = [placing for placing in placings if placing.scale < 1]
    if misfits and not fit:
        raise fault(source.name, _misfit(source, misfits, scheme))
    return placings


def scheme_for(source: SourceFile) -> Scheme:
    """What an office printer takes these pages by: A5 folded and stapled, all else flat on A4."""
    folded = scheme_named("booklet")
    return folded if _takes(folded, source) else scheme_named("flat")


def _takes(scheme: Scheme, source: SourceFile) -> bool:
    """Whether every page goes into a slot of the scheme at its own size."""
    return all(_best(page.upright, scheme.slot)[0] == 1 for page in source.pages)


def _best(page: Extent, slot: Extent) -> tuple[float, bool]:
    """The scale at which a page fits its slot, 1 at the most, and whether on its side."""
    upright, sideways = _room(page, slot), _room(page[::-1], slot)
    return (sideways, True) if sideways > upright else (upright, False)


def _room(page: Extent, slot: Extent) -> float:
    """1 where the page fits its slot, else the scale at which it does."""
    if all(side <= room + TOLERANCE for side, room in zip(page, slot, strict=True)):
        return 1.0
    return min(room / side for side, room in zip(page, slot, strict=True))


def _misfit(source: SourceFile, misfits: list[Placing], scheme: Scheme) -> str:
    worst = min(misfits, key=lambda placing: placing.scale).page
    numbers = [placing.page.number for placing in misfits]
    width, height = (round(side / points(1)) for side in worst.upright)
    across, up = (side / points(1) for side in scheme.slot)
    which = "" if len(misfits) == 1 else f"page {worst.number}, the largest, "
    return (
        f"{pages_in_words(numbers)} {'is' if len(misfits) == 1 else 'are'} too large for"
        f" {scheme.title}: {which}{width} × {height} mm, does not go into"
        f" {Format('', across, up)} at its own size; {_remedy(source, worst)}"
    )


def _remedy(source: SourceFile, worst: Frame) -> str:
    """Schemes that take every page as it is; where there is none, how small A4 makes the worst."""
    larger = [f"--scheme {each.name}" for each in SCHEMES if each.sheet and _takes(each, source)]
    if larger:
        return f"choose {' or '.join(larger)}, or add --fit to make pages smaller"
    flat = scheme_named("flat")
    scale, _ = _best(worst.upright, flat.slot)
    return (
        f"no paper here is as large; --scheme {flat.name} --fit prints it at {scale:.0%} of its"
        " size, and --scheme print-shop leaves the paper to a print shop"
    )


def pages_in_words(numbers: list[int]) -> str:
    """Which pages, without naming hundreds of them.

    >>> pages_in_words([3]), pages_in_words([1, 2, 9]), pages_in_words([1, 2, 3, 4, 5])
    ('page 3', 'pages 1, 2, 9', 'pages 1, 2, 3 and 2 more')
    """
    few = ", ".join(map(str, numbers[:3]))
    more = f" and {len(numbers) - 3} more" if len(numbers) > 3 else ""
    return f"page{'s' if len(numbers) > 1 else ''} {few}{more}"
