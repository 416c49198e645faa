"""Pages that would come out with something missing are told, and sound pages are not."""

import zlib

import pytest

from booklet.print.schemes import scheme_named
from booklet.print.sheets import make_sheets
from tests.print.pdfs import leaflet, packed, pages_pdf, stream, words

FONTS = b"/Resources << /Font << /F1 3 0 R >> >>"
WHOLE = zlib.compress(words(2) * 30)
CUT = stream(WHOLE[: len(WHOLE) // 2], b"/Filter /FlateDecode")


def notes(pdf):
    return " ".join(make_sheets(pdf, scheme_named("booklet"))[0].notes)


def second_page(content, **options):
    """Four pages, the second of which has its content in object 4."""
    contents = [words(number) for number in range(1, 5)]
    pdf = pages_pdf(contents, more=[content], **options)
    return pdf.replace(b"/Contents 8 0 R", b"/Contents 4 0 R")


BROKEN = {
    "content cut short": (second_page(CUT), "page 2: the content breaks off"),
    "content of noise": (
        second_page(stream(b"no zlib at all", b"/Filter /FlateDecode")),
        "page 2: the content breaks off",
    ),
    "no resources": (leaflet(4).replace(FONTS, b"", 1), "page 1: fonts or pictures are not in"),
    "another font": (
        leaflet(4).replace(FONTS, FONTS.replace(b"/F1", b"/F2"), 2),
        "pages 1, 2: fonts or pictures are not in",
    ),
    "no such picture": (
        second_page(stream(words(2) + b" /Im7 Do")),
        "page 2: fonts or pictures are not in",
    ),
    "nothing that draws": (
        second_page(stream(b"\0\xff ( [ << nonsense")),
        "page 2: nothing to see",
    ),
    "nothing at all": (second_page(stream(b"")), "page 2: nothing to see"),
    "pages counted wrong": (
        leaflet(4).replace(b"/Count 4", b"/Count 9"),
        "could not be drawn here: print one copy",
    ),
}


@pytest.mark.parametrize(("pdf", "says"), BROKEN.values(), ids=BROKEN)
def test_what_is_missing_on_a_page_is_told(pdf, says):
    assert says in notes(pdf)


SOUND = {
    "plain": leaflet(4),
    "packed": second_page(packed(words(2))),
    "in an array": second_page(stream(b"q Q")).replace(b"/Contents 4 0 R ", b"/Contents[8 0 R]"),
    "words that look like an operator": second_page(
        stream(words(2) + b"BT /F1 9 Tf 60 60 Td (say (/X Do) or /X 1 Tf) Tj ET")
    ),
    "an inline picture": second_page(
        stream(words(2) + b"q 20 0 0 20 60 60 cm BI /W 9 /H 1 /BPC 8 /CS /G ID /Im1 Do x EI Q")
    ),
    "a name with an escape": pages_pdf([words(n).replace(b"/F1", b"/F#31") for n in range(1, 5)]),
}


@pytest.mark.parametrize("pdf", SOUND.values(), ids=SOUND)
def test_nothing_is_told_of_sound_pages(pdf):
    assert not notes(pdf)


def test_nothing_is_told_of_our_own_typesetting():
    from weasyprint import HTML

    style = "@page{size:148mm 210mm} h1{break-before:page}"
    body = "".join(f"<h1>{n}</h1><svg width=50 height=50><circle r=20 /></svg>" for n in range(4))
    pdf = HTML(string=f"<html lang=en><style>{style}</style>{body}").write_pdf()
    assert not notes(pdf)
