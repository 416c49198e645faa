"""The codes of one run of text, and the glyphs whose ink is painted as a shape.

Lengths are in CSS pixels, as WeasyPrint has them; advances of fonts in thousandths of an em.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from booklet.content.language import runs_left
from booklet.tagging.glyph_codes import alphabet_of
from booklet.tagging.text_clusters import Cluster, PlacedGlyph, advance_of
from booklet.tagging.text_order import Run

RIGHT_TO_LEFT_MARK, ARABIC_LETTER_MARK = "\u200f", "\u061c"
"""Marks of direction: the first is of no script, the second of Arabic letters. pypdf knows only the
second as something that runs to the left, pdf.js and poppler take either."""
LARGEST_GAP, LARGEST_STEP_BACK = 50, 150
"""Thousandths of an em: programs see a space in a gap of a tenth of an em, and in a step back of
two tenths. Clusters that leave more than these are said by empty glyphs."""
MARK_AWAY = 50
"""How far before a run its direction mark stands, in thousandths of an em. poppler takes the second
of two letters in one place for one printed twice, and parts it from its word."""


@dataclass(frozen=True, slots=True)
class Code:
    """What is written into the content for one character, or for a mark of direction."""

    glyph: int  # The number of the glyph, empty or not
    text: str  # What it stands for here
    x: float  # Where its origin is, from the start of the line
    width: float  # The glyph's advance in the font


Shape = tuple[Cluster, PlacedGlyph]
"""A glyph that is painted as a shape, and the cluster whose font it is of."""


class RunCodes:
    """The codes of one run of text, collected from left to right."""

    def __init__(self, stream: Any, first: Cluster) -> None:
        self._stream = stream
        self._first = first
        self._alphabet = alphabet_of(first.font)
        self._codes: list[Code] = []
        self.shapes: list[Shape] = []
        """The glyphs whose ink is painted as a shape."""

    def spell(self, run: Run) -> None:
        """Take in a run, from left to right."""
        leftwards = self._first.leftwards
        visual = run.clusters[::-1] if leftwards else run.clusters
        start = visual[0].left
        self._begin(run, start, visual[0].text)
        for each in run.opening:
            self._say(each.text, start, 0)
        for place, each in enumerate(visual):
            last = each.text[-1]
            if leftwards and place and visual[place - 1].text == " " and not runs_left(last):
                # poppler takes this space for part of a number, pdf.js sees it twice.
                self._mark(RIGHT_TO_LEFT_MARK, each.left, unicodedata.combining(last) > 0)
            self._take(each, between_digits(visual, place))
        for each in run.ending:
            self._say(each.text, self._end, 0)
        if run.spaces:
            self._mark(RIGHT_TO_LEFT_MARK, self._end, run.spaces.space_after)
        self.shapes += (
            (each, glyph) for each in (*run.opening, *run.ending) for glyph in each.glyphs
        )

    def _begin(self, run: Run, start: float, text: str) -> None:
        """What stands before a run: its direction mark, and a space that layout dropped.

        `start` is its left edge, `text` what stands there.
        """
        away = MARK_AWAY * self._first.size / 1000
        if run.spaces:
            self._mark(RIGHT_TO_LEFT_MARK, start - away)  # pypdf knows no other beginning
            if run.spaces.space_before:
                self._mark(RIGHT_TO_LEFT_MARK, start - away, space=True)
        elif self._first.leftwards and not runs_left(text):
            self._mark(ARABIC_LETTER_MARK, start)
        elif run.lost_space:
            _, width = self._alphabet.space
            self._mark(ARABIC_LETTER_MARK, start - away - width * self._first.size / 1000)
        if run.lost_space:
            self._space(start)

    @property
    def _end(self) -> float:
        if not self._codes:  # a lone mark in a font without empty glyphs is a shape alone
            return self._first.right
        last = self._codes[-1]
        return last.x + last.width * self._first.size / 1000

    def _mark(self, mark: str, x: float, space: bool = False) -> None:
        """A mark of direction, and with it a space that pdf.js would lose where content goes back.

        Both in one code: a space alone, or a mark alone, it passes over.
        """
        self._say(f"{mark} " if space else mark, x, 0)

    def _space(self, end: float) -> None:
        """A space that layout dropped, as wide as the font's own, up to where letters begin.

        An empty glyph would do for all but PDFium, which takes the width of any code for a space
        to be the width of spaces, and then sees spaces in the smallest gaps.
        """
        glyph, width = self._alphabet.space
        self._codes.append(Code(glyph, " ", end - width * self._first.size / 1000, width))

    def _say(self, text: str, x: float, width: float) -> None:
        """An empty glyph that stands for a text, as wide as this or a little less."""
        spacers = self._alphabet.spacers
        wanted = width * 1000 / self._first.size
        if spacers:
            fitting = max((each for each in spacers if each <= wanted), default=min(spacers))
            self._codes.append(Code(spacers[fitting], text, x, fitting))

    def _letters(self, cluster: Cluster) -> tuple[PlacedGlyph, ...]:
        """The glyphs that can say the letters; a lone mark does where no empty glyph can."""
        if cluster.letters or self._alphabet.spacers:
            return cluster.letters
        return tuple(glyph for glyph in cluster.glyphs if not glyph.rise)

    def _take(self, cluster: Cluster, digits_around: bool) -> None:
        """A cluster: its glyphs where they can be told apart, else shapes and empty glyphs."""
        letters, text = self._letters(cluster), cluster.text
        if text == " " and digits_around:
            text = "\u00a0"  # PDFium turns round numbers that a plain space parts
        own = cluster.font is self._first.font
        widths = {each.id: advance_of(each, cluster, self._stream) for each in letters if own}
        said = [*text]
        if not self._alphabet.spacers:  # the last glyph says all that is left
            said[len(letters) - 1 :] = [text[len(letters) - 1 :]]
        told = own and len(letters) in (1, len(said)) and len(letters) <= len(said)
        if self._alphabet.spacers and not (told and self._is_even(cluster, widths)):
            self._say_beside_shapes(cluster, text)
        else:
            self._say_by_glyphs(cluster, letters, said, widths)

    def _say_beside_shapes(self, cluster: Cluster, text: str) -> None:
        """All ink as shapes, and empty glyphs as wide, one a character."""
        self.shapes += ((cluster, glyph) for glyph in cluster.glyphs)
        share = (cluster.right - cluster.left) / len(text)
        for place, sign in enumerate(text[::-1] if cluster.leftwards else text):
            self._say(sign, cluster.left + share * place, share)

    def _say_by_glyphs(
        self,
        cluster: Cluster,
        letters: Sequence[PlacedGlyph],
        said: Sequence[str],
        widths: Mapping[int, float],
    ) -> None:
        """A character a letter, and empty glyphs for those that are left; marks as shapes."""
        self.shapes += ((cluster, glyph) for glyph in cluster.glyphs if glyph not in letters)
        rest = said[len(letters) :]
        if cluster.leftwards:
            # A lone mark has no letter to stand before.
            start = letters[-1].x if letters else cluster.left
            for sign in rest[::-1]:
                self._say(sign, start, 0)
        pairs = list(zip(letters, said, strict=False))
        for glyph, sign in pairs[::-1] if cluster.leftwards else pairs:
            self._codes.append(Code(glyph.id, sign, glyph.x, widths[glyph.id]))
        if not cluster.leftwards:
            end, step = cluster.right, min(self._alphabet.spacers, default=0) * cluster.size / 1000
            for place, sign in enumerate(rest, start=-len(rest)):
                self._say(sign, end + place * step, 0)

    def _is_even(self, cluster: Cluster, widths: Mapping[int, float]) -> bool:
        """Whether the letters fill the cluster, without a gap or a step back that reads as one."""
        em = cluster.size / 1000
        right = max(cluster.letters, key=lambda glyph: glyph.x)
        before = min(glyph.x for glyph in cluster.letters) - cluster.left
        behind = cluster.right - right.x - widths[right.id] * em
        return before < LARGEST_GAP * em and -LARGEST_STEP_BACK * em < behind < LARGEST_GAP * em

    def show(self, matrix: Any) -> None:
        """Write the codes; `matrix` leads from the line's start and baseline to the page."""
        if not self._codes:
            return
        a, b, c, d, e, f = matrix.values
        x, size, written = self._codes[0].x, self._first.size, ""
        self._stream.set_text_matrix(a, b, c, d, e + x * a, f)
        self._stream.set_font_size(self._first.font.hash, size)
        for each in self._codes:
            if shift := round((x - each.x) * 1000 / size):
                written += str(shift)
                x -= shift * size / 1000
            written += f"<{self._alphabet.code(each.glyph, each.text, each.width):04x}>"
            x += each.width * size / 1000
        self._stream.show_text(written)


def between_digits(run: Sequence[Cluster], place: int) -> bool:
    """Whether a cluster stands between two figures of a number."""
    around = run[place - 1 : place + 2 : 2] if place else ()
    return len(around) == 2 and all(each.text.isdigit() for each in around)
