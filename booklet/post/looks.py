"""What a carrier's machines see of a page: ink where none may be, and the address in the window.

It is found on a picture of the page, as GOV.UK Notify does it: where print may stand is painted
white, and any pixel that is then not white is a fault.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from math import ceil, floor

from PIL import Image, ImageChops, ImageDraw, ImageStat
from PIL.Image import Image as Picture

from booklet.html.area import Area
from booklet.pdf.geometry import POINTS_PER_MM, Box, around
from booklet.pdf.printed import PIXELS_TO_POINT, PrintedLetter, PrintedPage
from booklet.post.carriers import Carrier, machine_address

PIXELS_TO_MM = PIXELS_TO_POINT * POINTS_PER_MM

COLOURED = 24  # by how much the channels of a pixel differ, of 255, before it is no grey

BETWEEN_LINES = 2.0  # points between baselines from which two letters stand on two lines

GAP = 0.25  # the width of a space, in parts of the tallest letter of the line

SHARPER = 2  # how many times the pixels a picture for people has

RED, YELLOW, BLUE = (214, 0, 0), (255, 200, 0), (0, 70, 200)

SOFT = 0.3  # mm by which the ink of a letter may pass the edge of the window: less than a pixel


@dataclass(frozen=True, slots=True)
class Seen:
    """One page as a carrier's machines see it; what was not looked at is empty."""

    page: int  # its number in the file, from 1
    first: bool  # whether it is the first of its letter
    size: tuple[float, float]  # width and height as shown, in mm
    fits: bool  # whether it has the size the carrier takes; only then is the rest looked at
    outside: Area | None = None  # around the ink where the carrier prints none
    beside: Area | None = None  # around the ink beside the window that may come into view
    crowding: Area | None = None  # around the ink nearer to the address than machines allow
    ink: float = 0.0  # the share of it that is black, where the carrier asks
    coloured: Area | None = None  # around all that is neither black, white nor grey
    tagged: bool = False  # whether the carrier's tag stands on it though it is not the first
    missing_fonts: frozenset[str] = frozenset()  # fonts that the file does not hold
    address: tuple[PrintedLetter, ...] = field(default=(), repr=False)
    """The letters that stand wholly in the window."""
    stray: int = 0  # how many letters come into view that do not stand wholly in the window
    words: str = field(default="", repr=False)  # what may be read through the window

    @property
    def address_lines(self) -> tuple[str, ...]:
        """The lines of the address as they stand, from top to bottom and from left to right."""
        by_height = sorted(self.address, key=lambda letter: -letter.baseline)
        starts = [0, *(n for n, pair in enumerate(pairwise(by_height), 1) if _parted(*pair))]
        ends = (*starts[1:], len(by_height))
        return tuple(
            _joined(by_height[start:end]) for start, end in zip(starts, ends, strict=True) if end
        )


def _parted(upper: PrintedLetter, lower: PrintedLetter) -> bool:
    return upper.baseline - lower.baseline > BETWEEN_LINES


def _joined(line: list[PrintedLetter]) -> str:
    """The letters of a line as text: a gap that is wide for their height is a space."""
    letters = sorted(line, key=lambda letter: letter.box.left)
    wide = GAP * max(letter.box.height for letter in letters)
    told = letters[0].char
    for before, letter in pairwise(letters):
        told += f" {letter.char}" if letter.box.left - before.box.right > wide else letter.char
    return told


def seen(page: PrintedPage, carrier: Carrier, *, first: bool) -> Seen:
    """What a page looks like to a carrier; `first` if it is the first page of a letter."""
    sizes = [tuple(side / POINTS_PER_MM for side in each) for each in (page.size, page.sheet)]
    size = sizes[0][0], sizes[0][1]
    if not all(_fits(width, height, carrier) for width, height in sizes):
        return Seen(page.number, first, size, fits=False)
    picture = page.picture(colour=carrier.black)
    ink = ImageChops.invert(picture.convert("L"))
    letters = tuple(_in_view(page, carrier)) if first else ()
    inside = tuple(each for each in letters if _stands_in(each, carrier, page))
    return Seen(
        page.number,
        first,
        size,
        fits=True,
        outside=_left(ink, _forbidden(carrier, first, ink.size)),
        beside=_left(ink, _beside(carrier, ink.size)) if first else None,
        crowding=_crowding(ink, inside, page) if carrier.machine_address else None,
        ink=ImageStat.Stat(ink).mean[0] / 255 if carrier.ink else 0.0,
        coloured=_coloured(picture) if carrier.black else None,
        tagged=not first and _is_tagged(page, carrier),
        missing_fonts=page.missing_fonts(),
        address=inside,
        stray=len(letters) - len(inside),
        words=page.words(_points(_view(carrier), page)) if first and carrier.window else "",
    )


def laid_over(page: PrintedPage, carrier: Carrier, *, first: bool) -> Picture:
    """A picture of the page: red where it must be white, yellow where only the address may stand.

    The window has a blue edge.
    """
    picture = page.picture(colour=True, times=SHARPER)
    small = page.picture(colour=False).size
    parts = [(_forbidden(carrier, first, small), RED)]
    if first and carrier.window:
        parts.append((_beside(carrier, small), YELLOW))
    for mask, colour in parts:
        tint = mask.resize(picture.size, Image.Resampling.NEAREST).point(lambda on: on // 4)
        picture.paste(colour, mask=tint)
    if first and carrier.window:
        edges = tuple(round(edge * PIXELS_TO_MM * SHARPER) for edge in carrier.window)
        ImageDraw.Draw(picture).rectangle(edges, outline=BLUE, width=SHARPER)
    return picture


def _fits(width: float, height: float, carrier: Carrier) -> bool:
    wanted = zip((width, height), carrier.page, strict=True)
    return all(abs(side - page) <= carrier.tolerance for side, page in wanted)


def _view(carrier: Carrier) -> Area:
    area = carrier.seen or carrier.window
    assert area is not None, "asked of carriers whose window is known"
    return area


def _points(area: Area, page: PrintedPage) -> Box:
    """An area in points from the lower left corner of the page."""
    left, top, right, bottom = (edge * POINTS_PER_MM for edge in area)
    return Box(left, page.size[1] - bottom, right, page.size[1] - top)


def _in_view(page: PrintedPage, carrier: Carrier) -> Iterator[PrintedLetter]:
    return page.letters(_points(_view(carrier), page)) if carrier.window else iter(())


def _stands_in(letter: PrintedLetter, carrier: Carrier, page: PrintedPage) -> bool:
    assert carrier.window is not None, "only then were letters looked for"
    window = _points(carrier.window.grown(SOFT), page)
    box = letter.box
    across = window.left <= box.left and box.right <= window.right
    return across and window.bottom <= box.bottom and box.top <= window.top


def _is_tagged(page: PrintedPage, carrier: Carrier) -> bool:
    tag = carrier.tag
    return bool(tag) and tag.words in page.words(_points(tag.area, page)) if tag else False


@cache
def _forbidden(carrier: Carrier, first: bool, size: tuple[int, int]) -> Picture:
    """Where a page of so many pixels has to be white, in white."""
    mask = Image.new("L", size, 255)
    for area in carrier.first_page if first else (carrier.printable,):
        _paint(mask, area.grown(carrier.grace), 0)
    if first and carrier.marks:
        _paint(mask, carrier.marks.grown(-carrier.grace), 255)
    return mask


@cache
def _beside(carrier: Carrier, size: tuple[int, int]) -> Picture:
    """What may come into view beside the window and is not forbidden anyway, in white."""
    mask = Image.new("L", size, 0)
    if carrier.window and carrier.seen:
        _paint(mask, carrier.seen, 255)
        _paint(mask, carrier.window.grown(carrier.grace), 0)
    return ImageChops.subtract(mask, _forbidden(carrier, True, size))


def _paint(mask: Picture, area: Area, grey: int) -> None:
    """Paints the pixels that lie wholly in an area."""
    left, top = (ceil(edge * PIXELS_TO_MM) for edge in (area.left, area.top))
    right, bottom = (floor(edge * PIXELS_TO_MM) - 1 for edge in (area.right, area.bottom))
    if left <= right and top <= bottom:
        ImageDraw.Draw(mask).rectangle((left, top, right, bottom), fill=grey)


def _left(ink: Picture, mask: Picture) -> Area | None:
    """Around what is left of the ink where a mask is white."""
    return _area(ImageChops.darker(ink, mask))


def _area(ink: Picture) -> Area | None:
    box = ink.getbbox()
    return Area(*(round(edge / PIXELS_TO_MM, 1) for edge in box)) if box else None


def _crowding(ink: Picture, address: tuple[PrintedLetter, ...], page: PrintedPage) -> Area | None:
    """Around what is printed nearer to the address than the machines that read it allow."""
    if not address:
        return None
    box, high = around([letter.box for letter in address]), page.size[1]
    edges = (box.left, high - box.top, box.right, high - box.bottom)
    area = Area(*(edge / POINTS_PER_MM for edge in edges))
    mask = Image.new("L", ink.size, 0)
    _paint(mask, area.grown(machine_address().clear), 255)
    _paint(mask, area.grown(1), 0)  # its own soft edges
    return _left(ink, mask)


def _coloured(picture: Picture) -> Area | None:
    channels = picture.split()
    most, least = (
        combine(combine(channels[0], channels[1]), channels[2])
        for combine in (ImageChops.lighter, ImageChops.darker)
    )
    spread = ImageChops.subtract(most, least)
    return _area(spread.point(lambda by: 255 * (by > COLOURED)))
