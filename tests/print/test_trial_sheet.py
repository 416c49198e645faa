"""The test sheet measures what it says, on both sides of the paper."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from booklet.pdf.pdfium import smallest_text
from booklet.print import plain_pages
from booklet.print.source_file import read_pdf
from booklet.typeface import font_files
from tests.print.pdfs import MM
from tests.print.pictures import picture

SCALE = 72 / 25.4 * 4  # of millimetres to pixels, at 4 pixels a point


@pytest.fixture(scope="module")
def sheet():
    return plain_pages.test_sheet(font_files())


def dark(image, x, y, reach=0.3):
    """Whether there is ink within `reach` mm of a place, in mm from the top left."""
    box = [round(each * SCALE) for each in (x - reach, y - reach, x + reach, y + reach)]
    return image.crop(box).getextrema()[0] < 128


def test_both_rules_are_100_mm_long(sheet):
    front = picture(sheet, 0, 4)
    across = [x / 10 for x in range(300, 1900) if dark(front, x / 10, 60, 0.1)]
    assert across[-1] - across[0] == pytest.approx(100, abs=0.5)
    down = [y / 10 for y in range(700, 1915) if dark(front, 18, y / 10, 0.1)]
    assert down[-1] - down[0] == pytest.approx(100, abs=0.5)


def test_crosses_on_the_back_lie_behind_those_on_the_front(sheet):
    """Turned over its long edge, a place x mm from the left lies 210 - x from the left."""
    front, back = picture(sheet, 0, 4), picture(sheet, 1, 4)
    for x, y in ((185, 45), (25, 262)):
        for image, at in ((front, x), (back, 210 - x)):
            assert all(dark(image, at + d, y) and dark(image, at, y + d) for d in (-9, -3, 0, 3, 9))
        assert not dark(back, x, y, 5)


@pytest.mark.parametrize("radius", [2, 4])
def test_rings_are_2_and_4_mm(sheet, radius):
    front, slant = picture(sheet, 0, 4), radius / 2**0.5
    assert dark(front, 185 + slant, 45 + slant, 0.15)
    assert not dark(front, 185 + slant + 0.5, 45 + slant + 0.5, 0.15)


def test_the_line_that_says_18_point_is_18_point_and_nothing_is_below_12(sheet):
    sizes = []
    for page in PdfReader(BytesIO(sheet)).pages:
        page.extract_text(
            visitor_text=lambda text, cm, tm, font, size: (
                sizes.append(abs(size * tm[3] * cm[3])) if "18" in text else None
            )
        )
    source = read_pdf(sheet)
    assert 18 in [round(size, 1) for size in sizes]
    assert min(smallest_text(sheet, source.pages)) >= 12


def test_it_is_one_a4_sheet_printed_as_booklets_are(sheet):
    reader = PdfReader(BytesIO(sheet))
    told = reader.root_object["/ViewerPreferences"]
    assert len(reader.pages) == 2
    assert (told["/PrintScaling"], told["/Duplex"]) == ("/None", "/DuplexFlipLongEdge")
    assert float(reader.pages[0].mediabox.width) / MM == pytest.approx(210, abs=0.1)
    assert reader.metadata.title.startswith("Print sheets:")
