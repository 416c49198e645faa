"""Laid out text as values: the glyphs of letters that cannot be parted, and where they stand."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from weasyprint.text.ffi import FROM_UNITS, ffi, pango

from booklet.tagging.glyph_codes import alphabet_of


@dataclass(frozen=True, slots=True)
class PlacedGlyph:
    """One glyph where layout put it."""

    id: int  # Its number in the font
    x: float  # Its origin, from the start of the line, and how far above the baseline
    rise: float
    advance: float  # How far the line goes on behind it; 0 for a mark


@dataclass(frozen=True, slots=True)
class Cluster:
    """The glyphs of some letters that cannot be parted (a cluster of HarfBuzz)."""

    text: str  # The letters, as they are read
    glyphs: tuple[PlacedGlyph, ...]  # From left to right
    left: float  # The left and right edge
    right: float
    leftwards: bool  # Whether it runs to the left
    font: Any  # The font, its size, and Pango's name for both
    size: float
    pango_font: Any

    @property
    def letters(self) -> tuple[PlacedGlyph, ...]:
        """The glyphs that move the line on, as they are read."""
        found = tuple(glyph for glyph in self.glyphs if glyph.advance > 0 and not glyph.rise)
        return found[::-1] if self.leftwards else found


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
    """Clusters of one font and one direction, as they are read, with their punctuation.

    Punctuation that the font lacks stays with the letters before it: programs see a word of its own
    in what is in another font. It can where the font has empty glyphs to say it by.
    """
    run: list[Cluster] = []
    for each in clusters:
        if run and not _goes_on(run[0], each):
            yield run
            run = []
        run.append(each)
    if run:
        yield run


def _goes_on(first: Cluster, each: Cluster) -> bool:
    """Whether a cluster belongs to the run that begins with `first`."""
    if first.leftwards != each.leftwards:
        return False
    punctuation = all(unicodedata.category(sign)[0] == "P" for sign in each.text)
    return first.font is each.font or (punctuation and bool(alphabet_of(first.font).spacers))


def advance_of(glyph: PlacedGlyph, cluster: Cluster, stream: Any) -> float:
    """The advance of a glyph in its font, in thousandths of an em, as WeasyPrint works it out."""
    widths = cluster.font.widths
    if glyph.id not in widths:
        pango.pango_font_get_glyph_extents(
            cluster.pango_font, glyph.id, stream.ink_rect, stream.logical_rect
        )
        width = stream.logical_rect.width * FROM_UNITS * 1000 / cluster.size
        widths[glyph.id] = round(width)
    found: float = widths[glyph.id]
    return found
