"""Laid out text as values: the glyphs of letters that cannot be parted, and where they stand."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from weasyprint.text.ffi import FROM_UNITS, ffi, pango


@dataclass(frozen=True, slots=True)
class PlacedGlyph:
    """One glyph where layout put it."""

    #: Its number in the font.
    id: int
    #: Its origin, from the start of the line, and how far above the baseline.
    x: float
    rise: float
    #: How far the line goes on behind it; 0 for a mark.
    advance: float


@dataclass(frozen=True, slots=True)
class Cluster:
    """The glyphs of some letters that cannot be parted (a cluster of HarfBuzz)."""

    #: The letters, as they are read.
    text: str
    #: From left to right.
    glyphs: tuple[PlacedGlyph, ...]
    #: The left and right edge.
    left: float
    right: float
    #: Whether it runs to the left.
    leftwards: bool
    #: The font, its size, and Pango's name for both.
    font: Any
    size: float
    pango_font: Any

    @property
    def letters(self) -> tuple[PlacedGlyph, ...]:
        """The glyphs that move the line on, as they are read."""
        found = tuple(glyph for glyph in self.glyphs if glyph.advance > 0 and not glyph.rise)
        return found[::-1] if self.leftwards else found


def runs_left(text: str) -> bool:
    """Whether some letter of a text runs from right to left.

    >>> runs_left("NHS 111"), runs_left("في 2026")
    (False, True)
    """
    return any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in text)


def clusters(stream: Any, box: Any) -> list[Cluster]:
    """The clusters of a laid out line, as they are read."""
    layout = box.pango_layout
    pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
    line, _ = layout.get_first_line()
    text = layout.text.encode()
    found: list[tuple[int, Cluster]] = []
    x, run = 0.0, line.runs[0]
    while run != ffi.NULL:
        item, run = run.data, run.next
        pango_font = item.item.analysis.font
        font, size = stream.add_font(pango_font)
        if pango.pango_version() < 14802:  # as WeasyPrint does: GNOME/pango issue 530
            size = box.style["font_size"]
        first, leftwards = item.item.offset, bool(item.item.analysis.level % 2)
        starts = [item.glyphs.log_clusters[i] + first for i in range(item.glyphs.num_glyphs)]
        bounds = sorted({*starts, first + item.item.length})
        ends = dict(pairwise(bounds))
        groups: dict[int, list[PlacedGlyph]] = {}
        edges: dict[int, tuple[float, float]] = {}
        for start, info in zip(starts, item.glyphs.glyphs[0 : len(starts)], strict=True):
            place = info.geometry
            advance = place.width * FROM_UNITS
            left = edges.setdefault(start, (x, x))[0]
            edges[start] = (left, x + advance)
            glyphs = groups.setdefault(start, [])
            if info.glyph != pango.PANGO_GLYPH_EMPTY:
                shift, rise = place.x_offset * FROM_UNITS, -place.y_offset * FROM_UNITS
                glyphs.append(PlacedGlyph(info.glyph, x + shift, rise, advance))
            x += advance
        found += (
            (
                start,
                Cluster(
                    text[start : ends[start]].decode(),
                    tuple(glyphs),
                    *edges[start],
                    leftwards,
                    font,
                    size,
                    pango_font,
                ),
            )
            for start, glyphs in groups.items()
        )
    return [cluster for _, cluster in sorted(found, key=lambda each: each[0])]


def runs(clusters: Iterable[Cluster]) -> Iterator[list[Cluster]]:
    """Clusters of one font and one direction, as they are read."""
    run: list[Cluster] = []
    for each in clusters:
        if run and (run[0].leftwards != each.leftwards or run[0].font is not each.font):
            yield run
            run = []
        run.append(each)
    if run:
        yield run
