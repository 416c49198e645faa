"""The code on the back cover: read back from the page, large enough, with white around it."""

from io import BytesIO
from pathlib import Path

import pymupdf
import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from booklet.content.addresses import LONGEST_SCANNED
from booklet.editions import SIZES, size_named
from booklet.html.render import render
from booklet.problems import FaultsFound
from booklet.review.booklet import load_booklet
from booklet.tagging.typeset import typeset, write_pdf
from tests.conftest import TODAY
from tests.tagging.reading import tree

LONG = "https://www.example.org/".ljust(LONGEST_SCANNED, "a")
DOTS = 200  # to the inch


def give_address(content: Path, address: str, file: str = "specimen/booklet.yaml") -> None:
    about = content / file
    about.write_text(about.read_text() + f"\nweb_page: {address}\n")


def back_cover(pdf: bytes) -> Image.Image:
    with pymupdf.open(stream=pdf) as document:
        pixels = document[-1].get_pixmap(dpi=DOTS, colorspace=pymupdf.csGRAY)
        return Image.frombytes("L", (pixels.width, pixels.height), pixels.samples)


@pytest.mark.parametrize("size", [size.name for size in SIZES])
def test_the_code_is_read_back_from_the_page_with_its_quiet_zone(size: str, content: Path) -> None:
    give_address(content, LONG)
    booklet = load_booklet(content, "specimen", TODAY)["patient"]
    document = typeset(render(booklet, size_named(size)), booklet.picture_folders, content)
    pdf = write_pdf(document, booklet.labels, content)
    page = back_cover(pdf)
    (found,) = zxingcpp.read_barcodes(page, formats=zxingcpp.BarcodeFormat.QRCode)
    assert found.text == LONG
    left, top = found.position.top_left.x, found.position.top_left.y
    right, bottom = found.position.bottom_right.x, found.position.bottom_right.y
    module = (right - left) / 33  # version 4, the largest that is printed
    assert module / DOTS * 25.4 > 0.7  # millimetres
    zone = round(4 * module) - 2  # ISO/IEC 18004 asks for 4 modules
    around = page.crop((left - zone, top - zone, right + zone, bottom + zone))
    around.paste(255, (zone - 2, zone - 2, around.width - zone + 2, around.height - zone + 2))
    assert around.getextrema() == (255, 255)
    figures = [each for each in tree(PdfReader(BytesIO(pdf))).walk() if each.role == "Figure"]
    alt = f"QR code for the address {LONG.removeprefix('https://www.')}"
    assert figures[-1].entries["Alt"] == alt


def test_there_is_no_code_without_an_address(content: Path) -> None:
    booklet = load_booklet(content, "specimen", TODAY)["patient"]
    assert "qr-code" not in render(booklet, SIZES[0])


def test_the_address_of_the_clinic_comes_before_that_of_the_booklet(content: Path) -> None:
    give_address(content, "https://example.org/booklet")
    give_address(content, "https://example.org/clinic", "clinics/example.yaml")
    booklet = load_booklet(content, "specimen", TODAY, "example")["patient"]
    html = render(booklet, SIZES[0])
    assert "QR code for the address example.org/clinic" in html
    assert "example.org/booklet" not in html


def test_an_address_that_would_make_the_code_too_fine_is_refused(content: Path) -> None:
    give_address(content, LONG + "a")
    with pytest.raises(FaultsFound, match="this address is too long"):
        load_booklet(content, "specimen", TODAY)
