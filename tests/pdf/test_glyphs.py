"""What PDFium and a font program say of single letters, and where they are put right."""

from io import BytesIO
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from booklet.pdf.faces import outline
from booklet.pdf.geometry import Box
from booklet.pdf.page_model import Glyph
from booklet.pdf.pdfium import _within


def test_a_glyph_far_from_its_object_is_put_back_into_it() -> None:
    bounds, astray = Box(10, 10, 20, 30), Box(500, 500, 520, 540)
    glyphs = (Glyph("f", astray, 499, 500, True), Glyph("i", astray, 499, 500, True))
    first, second = _within(glyphs, bounds, 12)
    assert (first.box, second.box) == (Box(10, 10, 15, 30), Box(15, 10, 20, 30))
    assert (first.x, second.x, second.y) == (10, 15, 12)
    assert list(_within((first, second), bounds, 99)) == [first, second]


def test_a_letter_shaped_like_the_missing_glyph_is_not_taken_for_one() -> None:
    def box(left: int, right: int) -> Any:
        pen = TTGlyphPen(None)
        for step, x, y in ((pen.moveTo, left, 0), (pen.lineTo, right, 0), (pen.lineTo, right, 700)):
            step((x, y))
        pen.closePath()
        return pen.glyph()

    def missing(letter: Any) -> object:
        font = FontBuilder(1000)
        font.setupGlyphOrder([".notdef", "I"])
        font.setupGlyf({".notdef": box(50, 300), "I": letter})
        font.setupHorizontalMetrics({".notdef": (350, 50), "I": (350, 50)})
        font.setupHorizontalHeader()
        font.setupPost()
        out = BytesIO()
        font.save(out)
        return outline(out.getvalue()).missing

    assert missing(box(50, 301)) is None
    assert missing(box(80, 120)) == (0.05, 0, 0.3, 0.7)
