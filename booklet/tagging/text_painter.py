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
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any

from weasyprint import Document
from weasyprint.draw import text
from weasyprint.formatting_structure.boxes import LineBox, ParentBox, TextBox
from weasyprint.pdf import fonts

from booklet.content.language import runs_left
from booklet.tagging.glyph_codes import alphabet_of, map_codes
from booklet.tagging.text_clusters import clusters, runs
from booklet.tagging.text_codes import RunCodes, Shape
from booklet.tagging.text_order import Neighbours, between_others
from booklet.tagging.weasyprint_patches import page_box, patched


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
    draw = partial(draw_text, original=text.draw_first_line, around=around)
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
    original: Callable[..., list[Any]],
    around: Mapping[Any, Neighbours],
) -> list[Any]:
    """Stand in for `weasyprint.draw.text.draw_first_line`, which is `original`.

    `around` has the runs of text on lines with words from right to left. Text that needs no care
    is painted by WeasyPrint.
    """
    words = box.pango_layout.text
    if (is_simple(words) and box not in around) or not words.strip():
        return original(stream, box, overflow, ellipsis, matrix)
    shapes: list[Shape] = []
    parts = list(runs(clusters(stream, box)))
    lost = box in stream.lost_spaces and not words.endswith(" ")
    for run in between_others(parts, around.get(box), lost):
        codes = RunCodes(stream, run.clusters[0])
        codes.spell(run)
        codes.show(matrix)
        shapes += codes.shapes
    _fill(stream, shapes, matrix)
    return []


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
