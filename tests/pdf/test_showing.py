"""Where a page is drawn to see how its texts stand out, and where the file says enough."""

from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from pikepdf import Array, Dictionary, Name

from booklet.pdf import quick_calls as quick
from booklet.pdf import showing
from booklet.pdf.geometry import Box
from booklet.pdf.opening import open_pdf
from booklet.pdf.page_model import Paint
from booklet.pdf.page_objects import FORMS_GONE_INTO, items
from booklet.pdf.pages import frames
from booklet.pdf.pdfium import read_pages
from booklet.pdf.pictures import rendered

WHITE = (255, 255, 255)
WORDS = b"BT /F 12 Tf 20 50 Td (Ring us) Tj ET"
DARK = b"0 0 0.5 rg 10 40 100 30 re f 1 g "


def page(content: bytes, forms: int = 0) -> bytes:
    """A page of 150 by 100 points; with `forms`, the content stands in so many, one in another."""
    pdf = pikepdf.new()
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    resources = Dictionary(Font=Dictionary(F=font))
    made = pdf.add_blank_page(page_size=(150, 100)).obj
    for _ in range(forms):
        form = pdf.make_stream(content)
        form.Type, form.Subtype = Name.XObject, Name.Form
        form.BBox, form.Resources = Array([0, 0, 150, 100]), resources
        resources = Dictionary(Font=Dictionary(F=font), XObject=Dictionary(X=form))
        content = b"q /X Do Q"
    made.Contents = pdf.make_stream(content if not forms else content + b" " + WORDS)
    made.Resources = resources
    out = BytesIO()
    pdf.save(out)
    return out.getvalue()


def paint_in(data: bytes) -> Paint:
    """How the last text of a file stands out."""
    found = read_pages(data, frames(open_pdf(data)), 12)[0].runs[-1].paint
    assert found is not None
    return found


@pytest.fixture
def no_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    def drawn(*_: Any) -> None:
        raise AssertionError("a picture was drawn")

    monkeypatch.setattr(showing, "rendered", drawn)


def test_no_picture_is_drawn_of_text_on_bare_paper(no_pictures: None) -> None:
    paint = paint_in(page(b"0 0 1 rg 10 80 100 10 re f 0 g " + WORDS))
    assert (paint.ink, paint.ground, paint.shows) == ((0, 0, 0), WHITE, True)
    assert not paint_in(page(b"1 g " + WORDS)).shows


def test_a_picture_is_drawn_where_something_is_painted_near_a_text(no_pictures: None) -> None:
    with pytest.raises(AssertionError, match="picture"):
        paint_in(page(b"0 0 1 rg 10 60 100 10 re f 0 g " + WORDS))


@pytest.mark.parametrize("place", [b"500 50", b"20 500", b"-90 50", b"20 -30"])
def test_text_off_the_page_stands_on_no_paper(place: bytes) -> None:
    data = page(WORDS.replace(b"20 50", place))
    assert read_pages(data, frames(open_pdf(data)), 12)[0].runs[-1].paint is None


@pytest.mark.parametrize("forms", [0, 1, FORMS_GONE_INTO + 2])
def test_the_ground_is_what_is_painted_under_a_text_however_deep_in_forms(forms: int) -> None:
    content = DARK + b"0 g" if forms else DARK + WORDS
    assert paint_in(page(content, forms)).ground == (0, 0, 128)


def test_a_part_of_a_page_has_the_pixels_of_the_whole() -> None:
    data = page(b"0.3 0 0.8 rg 11.3 41.7 m 90 60.2 l 30.1 80 l f " + WORDS)
    (frame,) = frames(open_pdf(data))
    with pypdfium2.PdfDocument(data) as opened:
        shown = opened[0]
        texts = [each for each in items(shown, 1) if each.kind == pdfium.FPDF_PAGEOBJ_TEXT]
        whole = rendered(shown, texts, frame, 4 / 3, frame.box(frame.crop))
        part = rendered(shown, texts, frame, 4 / 3, Box(35, 45, 60, 70))
        box = Box(40, 50, 55, 65)
        assert part.full.width < whole.full.width
        for one, other in ((whole.full, part.full), (whole.bare, part.bare)):
            inside, within = one.crop(whole.pixels(box)), other.crop(part.pixels(box))
            off = zip(inside.tobytes(), within.tobytes(), strict=True)
            assert max(abs(here - there) for here, there in off) <= 1


def test_quick_calls_answer_as_those_of_pypdfium2_do() -> None:
    data = page(b"0.2 0.4 0.6 rg " + WORDS)
    with pypdfium2.PdfDocument(data) as opened:
        shown = opened[0]
        text = shown.get_textpage()
        letters = range(pdfium.FPDFText_CountChars(text))
        asked = [
            (quick.unicode_of(text.raw, at), quick.text_object(text.raw, at)) for at in letters
        ]
        assert bytes(code for code, _ in asked) == b"Ring us"
        (item,) = items(shown, 1)
        assert {owner for _, owner in asked} == {item.address}
        named = pypdfium2.PdfObject(item.raw, page=shown)
        assert isinstance(named, pypdfium2.PdfTextObj)
        assert item.bounds == Box(*named.get_bounds())
        assert item.matrix == named.get_matrix().get()
        assert item.font_size == named.get_font_size() == 12
        assert item.colour == (51, 102, 153, 255)
        assert not item.is_type3
