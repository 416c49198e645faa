"""How text stands out from what is painted under it, measured on two pictures of a page.

One picture is the page, the other the same page without its text: what differs is ink, what the
second shows in the same place is its ground. No guess is made about layers or transparency.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from math import ceil, floor
from typing import Any

from PIL.Image import Image

from booklet.contrast import Colour, contrast
from booklet.pdf.geometry import Box, around
from booklet.pdf.page_model import Paint

Pixels = tuple[int, int, int, int]
Fill = tuple[int, int, int, int]  # red, green, blue and opacity, each 0 to 255

CHANGED = 24  # ink: the three channels together differ by at least this much between both pictures

WORST_SHARE = 0.25
"""A glyph counts against the darkest or palest quarter of its ground: an underline that crosses
a descender is less than that, a letter half over a panel is more."""

FINE = 4.0
"""Pixels: ink thinner than this may be grey at every pixel, so its colour in the file counts."""

COVERED = 0.9
"""Where the page shows less than this share of the contrast its colours would give, the text is
in a transparent group or partly painted over, and what the page shows is what counts."""


@dataclass(frozen=True)
class RenderedPage:
    """A page, or a piece of it, as two pictures, which are drawn where they are asked for."""

    draw: Callable[[bool], Image]  # draws it, with its text or without
    scale: float  # pixels to a point
    left: float  # where it begins, points from the page's left edge
    top: float  # where it begins, points from the page's lower edge
    cut: tuple[int, int] = (0, 0)  # pixels that are cut off at its left and its upper edge
    closer: "Callable[[Box], RenderedPage] | None" = None
    """Gives a piece of it with more pixels, where these are too few to tell."""

    @cached_property
    def full(self) -> Image:
        """With its text."""
        return self.draw(True)

    @cached_property
    def bare(self) -> Image:
        """Without its text."""
        return self.draw(False)

    def pixels(self, box: Box) -> Pixels:
        """The pixels a box covers, cut to the page; left, upper, right and lower edge."""
        (wide, high), (before, above) = self.bare.size, self.cut
        left = floor((box.left - self.left) * self.scale) - before
        right = ceil((box.right - self.left) * self.scale) - before
        upper = floor((self.top - box.top) * self.scale) - above
        lower = ceil((self.top - box.bottom) * self.scale) - above
        return max(left, 0), max(upper, 0), min(right, wide), min(lower, high)


@lru_cache(maxsize=65536)
def blended(fill: Fill, ground: Colour) -> Colour:
    """The colour a see-through fill gives on a ground.

    >>> blended((0, 0, 0, 51), (255, 255, 255))
    (204, 204, 204)
    """
    *ink, alpha = fill
    red, green, blue = (
        round((i * alpha + g * (255 - alpha)) / 255) for i, g in zip(ink, ground, strict=True)
    )
    return red, green, blue


def on_one_ground(fill: Fill, ground: Colour) -> Paint:
    """How glyphs stand out that are seen in their own colour, on a ground of one colour."""
    ink = blended(fill, ground)
    return Paint(contrast(ink, ground), ink, ground, ink != ground, 1, 1.0)


def measure(
    canvas: RenderedPage, boxes: Sequence[Box], fill: Fill | None, plain: bool = False
) -> Paint | None:
    """How glyphs with these boxes of ink stand out; `None` where they are off the page.

    `fill` is their colour as the file gives it, `None` for a pattern; `plain` says that this is
    what is seen (see `covering`). Where the page shows less contrast than that, it is looked at
    once more, closer: thin strokes turn grey from afar.
    """
    if plain and fill is not None and (ground := _one_ground(canvas, boxes)):
        return on_one_ground(fill, ground)
    paint = _measured(canvas, boxes, fill)
    if paint is None or canvas.closer is None or not paint.shows:
        return paint
    if fill is None or paint.ink == blended(fill, paint.ground):
        return paint
    return _measured(canvas.closer(around(boxes)), boxes, fill)


def _one_ground(canvas: RenderedPage, boxes: Sequence[Box]) -> Colour | None:
    """The colour under all these boxes, where it is one."""
    left, upper, right, lower = canvas.pixels(around(boxes))
    if left >= right or upper >= lower:
        return None
    piece = canvas.bare.crop((left, upper, right, lower))
    found: Any = piece.getcolors(1)  # nothing as soon as there is a second
    return found[0][1][:3] if found else None


def _measured(canvas: RenderedPage, boxes: Sequence[Box], fill: Fill | None) -> Paint | None:
    whole = canvas.pixels(around(boxes))
    if whole[0] >= whole[2] or whole[1] >= whole[3]:
        return None
    grounds = _colours(canvas.bare, whole)
    fine = fill is not None and all(_is_fine(box, canvas.scale) for box in boxes)
    if len(grounds) == 1:
        return _on_plain(set(_colours(canvas.full, whole)), next(iter(grounds)), fill, fine)
    paints = (_on_mixed(canvas, canvas.pixels(box), fill, fine) for box in boxes)
    worst = min(
        (paint for paint in paints if paint), key=lambda paint: paint.contrast, default=None
    )
    common = sorted(grounds.values(), reverse=True)
    flat = sum(common[:2]) / sum(common)
    return replace(worst, grounds=len(grounds), flat=flat) if worst else None


def _is_fine(box: Box, scale: float) -> bool:
    """Whether a mark is too small to fill a whole pixel: a dot, a hyphen."""
    return min(box.width, box.height) * scale < FINE


def _on_plain(shown: set[Colour], ground: Colour, fill: Fill | None, fine: bool) -> Paint:
    said = blended(fill, ground) if fill is not None else None
    shows = shown != {ground}
    ink = max(shown, key=lambda colour: contrast(colour, ground)) if said not in shown else said
    if said is not None and (fine or contrast(said, ground) * COVERED <= contrast(ink, ground)):
        ink = said
    return Paint(contrast(ink, ground), ink, ground, shows, 1, 1.0)


def _on_mixed(canvas: RenderedPage, place: Pixels, fill: Fill | None, fine: bool) -> Paint | None:
    if place[0] >= place[2] or place[1] >= place[3]:
        return None
    pairs = zip(_pixels(canvas.bare, place), _pixels(canvas.full, place), strict=True)
    inked = [(under, shown) for under, shown in pairs if _changed(under, shown)]
    if not inked:
        ground = _pixels(canvas.full, place)[0]
        return Paint(1.0, ground, ground, False, 0, 0.0)
    extreme = max(inked, key=lambda pair: contrast(*pair))
    colours = ((under, blended(fill, under) if fill else extreme[1]) for under, _ in inked)
    ordered = sorted((contrast(ink, under), ink, under) for under, ink in colours)
    ratio, ink, under = ordered[int(len(ordered) * WORST_SHARE)]
    if not fine and ratio * COVERED > contrast(*extreme):
        ratio, ink = contrast(*extreme), extreme[1]
    return Paint(ratio, ink, under, True, 0, 0.0)


def _changed(one: Colour, other: Colour) -> bool:
    return abs(one[0] - other[0]) + abs(one[1] - other[1]) + abs(one[2] - other[2]) >= CHANGED


def _pixels(image: Image, place: Pixels) -> list[Colour]:
    data = image.crop(place).tobytes()
    return list(zip(data[0::4], data[1::4], data[2::4], strict=True))


def _colours(image: Image, place: Pixels) -> dict[Colour, int]:
    """The colours of a piece of a page, and how many pixels have each."""
    piece = image.crop(place)
    found: Any = piece.getcolors(piece.width * piece.height) or []
    return {(colour[0], colour[1], colour[2]): count for count, colour in found}
