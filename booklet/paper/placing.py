"""Where a page goes on its sheet: at its own size, in the middle of its slot."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from booklet.editions import SIZES
from booklet.paper.geometry import Box, Matrix, scaled, times, turned
from booklet.paper.measure import Smallest, smallest_text
from booklet.paper.reading import SourceFile, SourcePage
from booklet.paper.schemes import Scheme
from booklet.paper.stock import Format, points
from booklet.problems import FaultsFound, Problem

TOLERANCE = points(1)
"""How much larger than its slot a page may be: A5 is 148 mm wide, half of A4 148.5."""

CLEAR_PRINT, LARGE_PRINT = SIZES[0].floor, 16.0
"""The smallest text on paper in points (UKAAF G003): clear print 12, large print 16."""


@dataclass(frozen=True, slots=True)
class Placing:
    """A page made ready for its slot: `scale` of its own size, turned on its side or not."""

    page: SourcePage
    scale: float = 1.0
    sideways: bool = False

    @property
    def size(self) -> tuple[float, float]:
        """Width and height on the sheet, in points."""
        width, height = (side * self.scale for side in self.page.upright)
        return (height, width) if self.sideways else (width, height)

    def matrix(self, slot: Box, shift: float) -> Matrix:
        """From the page's form to its place: the middle of the slot, `shift` points right.

        A page on its side has its head to the left, so that all of them turn the same way.
        """
        width, height = self.size
        upright = Box(0, 0, *self.page.upright)
        laid = scaled(turned(upright, 270 if self.sideways else 0), self.scale)
        x = slot.left + (slot.width - width) / 2 + shift
        return times(laid, (1, 0, 0, 1, x, slot.bottom + (slot.height - height) / 2))


def place_all(source: SourceFile, scheme: Scheme, fit: bool) -> tuple[Placing, ...]:
    """Every page as it goes into a slot of the scheme; `FaultsFound` where one does not.

    A page wider than high is laid on its side where it fits no other way. Only where `fit` is
    asked for is a page made smaller, and never larger.
    """
    if scheme.sheet is None:
        return tuple(map(Placing, source.pages))
    slots = len(scheme.order(1)[0])
    slot = (points(scheme.sheet.width) / slots, points(scheme.sheet.height))
    placings = [_place(page, slot, fit) for page in source.pages]
    misfits = [
        page.number for page, placing in zip(source.pages, placings, strict=True) if not placing
    ]
    if misfits:
        raise FaultsFound([_misfit(source, misfits, scheme, slots)])
    return tuple(placing for placing in placings if placing)


def _place(page: SourcePage, slot: tuple[float, float], fit: bool) -> Placing | None:
    upright, sideways = _room(page.upright, slot), _room(page.upright[::-1], slot)
    if upright >= 1 or sideways >= 1:
        return Placing(page, sideways=upright < 1)
    return Placing(page, max(upright, sideways), sideways > upright) if fit else None


def _room(page: tuple[float, float], slot: tuple[float, float]) -> float:
    """1 where the page fits its slot, else the scale at which it does."""
    if all(side <= room + TOLERANCE for side, room in zip(page, slot, strict=True)):
        return 1.0
    return min(room / side for side, room in zip(page, slot, strict=True))


def _misfit(source: SourceFile, misfits: list[int], scheme: Scheme, slots: int) -> Problem:
    assert scheme.sheet is not None
    page = source.pages[misfits[0] - 1]
    width, height = (round(side / points(1)) for side in page.upright)
    room = Format("", scheme.sheet.width / slots, scheme.sheet.height)
    message = (
        f"{pages_in_words(misfits)} {'is' if len(misfits) == 1 else 'are'} too large for"
        f" {scheme.title}: {width} × {height} mm does not go into {room} at its own size; choose"
        " another scheme (A4 pages go on booklet-a3 and flat), or ask to fit"
    )
    return Problem(source.name, 0, 0, message)


def pages_in_words(numbers: list[int]) -> str:
    """Which pages, without naming hundreds of them.

    >>> pages_in_words([3]), pages_in_words([1, 2, 9]), pages_in_words([1, 2, 3, 4, 5])
    ('page 3', 'pages 1, 2, 9', 'pages 1, 2, 3 and 2 more')
    """
    few = ", ".join(map(str, numbers[:3]))
    more = f" and {len(numbers) - 3} more" if len(numbers) > 3 else ""
    return f"page{'s' if len(numbers) > 1 else ''} {few}{more}"


def fitted_text(
    source: SourceFile, placings: tuple[Placing, ...], floor: float | None
) -> Iterator[str]:
    """What size the text comes out at where pages are made smaller.

    Raises `FaultsFound` below the floor in points, or where the size of the text cannot be
    told. The floor is 16 for what is large print now and 12 for all else, if none is given.
    """
    smaller = [placing for placing in placings if placing.scale < 1]
    measured = [(placing, smallest_text(source, placing.page)) for placing in smaller]
    unknown = [placing.page.number for placing, text in measured if text is None]
    if unknown and floor != 0:
        raise FaultsFound([_unmeasurable(source.name, unknown)])
    printed = [(text.points * placing.scale, text, placing) for placing, text in measured if text]
    for points_printed, text, placing in sorted(printed, key=lambda found: found[0])[:1]:
        least = floor if floor is not None else _floor(text)
        words = _in_words(points_printed, text, placing)
        if points_printed < least - 0.05:
            raise FaultsFound([_too_small(source.name, words, least)])
        yield words


def _floor(text: Smallest) -> float:
    return LARGE_PRINT if text.points >= LARGE_PRINT else CLEAR_PRINT


def _in_words(printed: float, text: Smallest, placing: Placing) -> str:
    return (
        f"page {text.page} is printed at {placing.scale:.0%} of its size: its smallest text,"
        f" {text.points:g} point, comes out at {printed:.1f} point"
    )


def _too_small(file: Path, words: str, least: float) -> Problem:
    message = f"{words}, below {least:g}; choose larger paper, or a lower floor"
    return Problem(file, 0, 0, message)


def _unmeasurable(file: Path, unknown: list[int]) -> Problem:
    message = (
        f"{pages_in_words(unknown)}: no text to measure, so nobody can say how small the words"
        " come out; do without fit, or look yourself and give 0 as the floor"
    )
    return Problem(file, 0, 0, message)
