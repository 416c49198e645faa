"""Text painted so that every program takes it out of the file as it was written.

Viewers, search and screen readers go by three things: what each code of a font stands for
(`ToUnicode`), where its glyph stands, and the order of codes in the content. WeasyPrint gives
one code to a glyph and paints a line from its left edge to its right: right for scripts in which
a glyph is a letter and lines run to the right. Elsewhere words are lost: a glyph may be half a
letter or two, and each program has rules of its own for what runs to the left.

What poppler, MuPDF, PDFium, pypdf and pdf.js all read right, found by trying (`docs/decisions.md`):

- Runs of one direction follow each other as they are read; inside one, glyphs go left to right.
- A code stands for one character. A glyph that is several letters is followed by empty glyphs, one
  a letter. Where pieces cannot be told apart, and for marks above and below letters, the ink is
  painted as a shape, and empty glyphs as wide say the letters.
- Between runs of unlike direction stands a direction mark, as in plain text (Unicode 16, UAX 9).

Lengths are in CSS pixels, as WeasyPrint has them; advances of fonts in thousandths of an em.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from weasyprint import Document
from weasyprint.draw import text
from weasyprint.formatting_structure.boxes import LineBox, ParentBox, TextBox
from weasyprint.pdf import fonts
from weasyprint.text.ffi import FROM_UNITS, pango

from booklet.content.language import runs_left
from booklet.tagging.glyph_codes import alphabet_of, map_codes
from booklet.tagging.text_clusters import Cluster, PlacedGlyph, clusters, runs
from booklet.tagging.weasyprint_patches import page_box, patched

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
class Neighbours:
    """What stands around a run of text on a line with words from right to left."""

    space_before: bool  # Whether a space stands before it, and after it, in the order of reading
    space_after: bool


@dataclass(frozen=True, slots=True)
class Code:
    """What is written into the content for one character, or for a mark of direction."""

    glyph: int  # The number of the glyph, empty or not
    text: str  # What it stands for here
    x: float  # Where its origin is, from the start of the line
    width: float  # The glyph's advance in the font


Shape = tuple[Cluster, PlacedGlyph]
"""A glyph that is painted as a shape, and the cluster whose font it is of."""


def is_simple(text: str) -> bool:
    """Whether each glyph of a text is one letter of it, and its letters run to the right.

    So it is where nothing runs to the left, is joined or has marks, which some fonts draw apart,
    and where no numbers in circles stand, of which some fonts have two that share a glyph.

    >>> is_simple("Ask for “help”."), is_simple("कि"), is_simple("لا"), is_simple("ọ")
    (True, False, False, False)
    """
    return text.isascii() or not (
        any("\u0590" <= sign <= "\u10ff" or "\u2460" <= sign <= "\u27bf" for sign in text)
        or any(unicodedata.category(sign)[0] == "M" for sign in unicodedata.normalize("NFD", text))
    )


def neighbours(box: Any) -> Iterator[tuple[Any, Neighbours]]:
    """Each run of text on a line on which something runs to the left, with what is around it."""
    if isinstance(box, LineBox):
        texts = [each for each in box.descendants() if isinstance(each, TextBox)]
        if any(runs_left(each.text) for each in texts) or box.style["direction"] == "rtl":
            words = ["", *(each.pango_layout.text for each in texts), ""]
            for each, before, after in zip(texts, words, words[2:], strict=False):
                yield each, Neighbours(before.endswith(" "), after.startswith(" "))
    elif isinstance(box, ParentBox):
        for child in box.children:
            yield from neighbours(child)


@contextmanager
def painted_as_read(document: Document) -> Iterator[None]:
    """While it lasts, text of the document is written so that programs read it as it is."""
    around = dict(pair for page in document.pages for pair in neighbours(page_box(page)))
    draw = partial(draw_text, simply=text.draw_first_line, around=around)
    build = partial(map_codes, fonts._build_vector_font_dictionary)
    with (
        patched(text, draw_first_line=draw),
        patched(fonts, _build_vector_font_dictionary=build),
    ):
        yield


def draw_text(
    stream: Any,
    box: Any,
    overflow: str,
    ellipsis: str,
    matrix: Any,
    *,
    simply: Callable[..., list[Any]],
    around: Mapping[Any, Neighbours],
) -> list[Any]:
    """Stand in for `weasyprint.draw.text.draw_first_line`, which is `simply`.

    `around` has the runs of text on lines with words from right to left. Text that needs no care
    is painted by WeasyPrint.
    """
    words = box.pango_layout.text
    if (is_simple(words) and box not in around) or not words.strip():
        return simply(stream, box, overflow, ellipsis, matrix)
    shapes: list[Shape] = []
    parts = list(runs(clusters(stream, box)))
    lost = box in stream.lost_spaces and not words.endswith(" ")
    for run in _between_others(parts, around.get(box), lost):
        line = _Line(stream, run.clusters[0])
        line.spell(run)
        line.show(matrix)
        shapes += line.shapes
    _fill(stream, shapes, matrix)
    return []


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one direction on a line, and what is said with it."""

    clusters: tuple[Cluster, ...]  # As it is read
    opening: tuple[Cluster, ...] = ()
    """Punctuation before and after it that stands on its other side."""
    ending: tuple[Cluster, ...] = ()
    spaces: Neighbours | None = None
    """The spaces around it, where it runs to the right among words that run to the left."""
    lost_space: bool = False  # Whether it runs to the left and a space follows that layout dropped


def _between_others(
    parts: list[list[Cluster]], around: Neighbours | None, lost_space: bool
) -> Iterator[Run]:
    """The runs of a text; `around` is `None` on a line on which all runs to the right.

    `lost_space` says that a space follows the text which layout dropped.
    """
    if around is None:
        yield from (Run(tuple(part)) for part in parts)
        return
    taken: dict[int, tuple[tuple[Cluster, ...], tuple[Cluster, ...]]] = {}
    for number, part in enumerate(parts):
        # A font without empty glyphs cannot say what stands on another side.
        if part and not part[0].leftwards and alphabet_of(part[0].font).spacers:
            before = parts[number - 1] if number else []
            after = parts[number + 1] if number + 1 < len(parts) else []
            # What stands beside it may run to the right as well, in another font.
            opening = _taken(before, from_end=True) if _leftwards(before) else []
            taken[number] = (tuple(opening), tuple(_taken(after) if _leftwards(after) else ()))
    last = max((number for number, part in enumerate(parts) if part), default=0)
    for number, part in enumerate(parts):
        lost = lost_space and number == last
        if number in taken:
            spaces = _spaces(around, parts[:number], parts[number + 1 :])
            if lost:
                spaces = replace(spaces, space_after=True)
            yield Run(tuple(part), *taken[number], spaces)
        elif part:
            yield Run(tuple(part), lost_space=lost)


def _leftwards(run: list[Cluster]) -> bool:
    return bool(run) and run[0].leftwards


def _taken(run: list[Cluster], from_end: bool = False) -> list[Cluster]:
    """The punctuation at one end of a run to the left, taken out of it.

    It belongs to the number or the name beside it and is said with that: where the content went
    back for it, MuPDF and PDFium would see a space.
    """
    taken: list[Cluster] = []
    while run and not (run[-from_end].text.isspace() or runs_left(run[-from_end].text)):
        taken.append(run.pop(-from_end))
    return taken[::-1] if from_end else taken


def _spaces(
    outside: Neighbours, before: list[list[Cluster]], after: list[list[Cluster]]
) -> Neighbours:
    """Whether spaces stand around a run: within the text, else as it is around the text."""
    last = next((run[-1].text for run in reversed(before) if run), None)
    first = next((run[0].text for run in after if run), None)
    return Neighbours(
        outside.space_before if last is None else last == " ",
        outside.space_after if first is None else first == " ",
    )


class _Line:
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
        widths = {glyph.id: self._width(cluster, glyph) for glyph in letters if own}
        said = [*text]
        if not self._alphabet.spacers:  # the last glyph says all that is left
            said[len(letters) - 1 :] = [text[len(letters) - 1 :]]
        told = own and len(letters) in (1, len(said)) and len(letters) <= len(said)
        if self._alphabet.spacers and not (told and self._is_even(cluster, widths)):
            self.shapes += ((cluster, glyph) for glyph in cluster.glyphs)
            share = (cluster.right - cluster.left) / len(text)
            order = text[::-1] if cluster.leftwards else text
            for place, sign in enumerate(order):
                self._say(sign, cluster.left + share * place, share)
            return
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

    def _width(self, cluster: Cluster, glyph: PlacedGlyph) -> float:
        """A glyph's advance in its font, as WeasyPrint works it out."""
        widths = cluster.font.widths
        if glyph.id not in widths:
            stream = self._stream
            pango.pango_font_get_glyph_extents(
                cluster.pango_font, glyph.id, stream.ink_rect, stream.logical_rect
            )
            width = stream.logical_rect.width * FROM_UNITS * 1000 / cluster.size
            widths[glyph.id] = round(width)
        found: float = widths[glyph.id]
        return found

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


def _fill(stream: Any, shapes: Iterable[Shape], matrix: Any) -> None:
    """Paint the ink of glyphs in the colour of the text; `stream` is inside a text object."""
    shapes = list(shapes)
    if not shapes:
        return
    stream.end_text()
    stream.push_state()
    stream.set_matrix(*matrix.values)
    for cluster, glyph in shapes:
        scale = cluster.size / cluster.font.upem
        for operator, *points in alphabet_of(cluster.font).outline(glyph.id):
            placed = ((glyph.x + x * scale, glyph.rise + y * scale) for x, y in points)
            getattr(stream, operator)(*(number for point in placed for number in point))
    stream.fill()
    stream.pop_state()
    stream.begin_text()
