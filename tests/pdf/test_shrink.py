"""Finished PDFs made smaller: what may be lost is nothing, or pixels that print does not need."""

from io import BytesIO

import page
import pikepdf
import pypdfium2
import pytest
from pikepdf import Dictionary, Name
from PIL import Image

from booklet.check.inspected_pdf import inspect_pdf
from booklet.check.read import speak, transcript
from booklet.content.photographs import COARSE
from booklet.pdf.shrink.shrinking import packed_tighter, with_smaller_pictures
from tests.attach.letters import booklet, changed


def loosely(pdf: bytes) -> bytes:
    """The PDF as a careless program writes it: nothing packed, a picture for the sidebar."""
    target = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        thumb = opened.make_stream(bytes(10_000), Type=Name.XObject, Subtype=Name.Image)
        opened.pages[0].obj.Thumb = thumb
        modes = pikepdf.ObjectStreamMode.disable
        decoded = pikepdf.StreamDecodeLevel.generalized
        opened.save(
            target, compress_streams=False, object_stream_mode=modes, stream_decode_level=decoded
        )
    return target.getvalue()


def spoken(pdf: bytes) -> tuple[tuple[str, ...], list[str]]:
    """What the file claims, and what a screen reader says of it."""
    read = inspect_pdf(pdf, "a.pdf", None)
    return read.document.claims, [*transcript(speak(read))]


def drawn(pdf: bytes) -> list[bytes]:
    return [each.render(scale=1).to_pil().tobytes() for each in pypdfium2.PdfDocument(pdf)]


def test_what_is_packed_tighter_looks_and_reads_as_before() -> None:
    loose = loosely(booklet())
    tight = packed_tighter(loose)
    assert len(tight) < 0.5 * len(loose)
    assert drawn(tight) == drawn(booklet())
    assert spoken(tight) == spoken(booklet())
    assert spoken(tight)[0] == ("PDF/UA-1", "PDF/A-2a")
    for profile in (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A):
        assert page.validate_pdf_bytes(tight, profile=profile).failures == []


def test_a_file_that_is_tight_already_stays_as_it_is() -> None:
    assert packed_tighter(packed_tighter(booklet())) == packed_tighter(booklet())
    assert with_smaller_pictures(booklet(), COARSE) == booklet()


def with_picture(picture: Image.Image, *places: tuple[float, float], kind: str = "JPEG") -> bytes:
    """A page that paints one picture in these places, each so many points wide and high."""
    file = BytesIO()
    if kind == "JPEG":
        picture.save(file, "JPEG", quality=95)
    pixels = file.getvalue() or picture.tobytes()

    def paint(pdf: pikepdf.Pdf) -> None:
        spaces = {"L": Name.DeviceGray, "RGB": Name.DeviceRGB, "1": Name.DeviceGray}
        stream = pdf.make_stream(
            pixels,
            Dictionary(
                Type=Name.XObject,
                Subtype=Name.Image,
                Width=picture.width,
                Height=picture.height,
                ColorSpace=spaces[picture.mode],
                BitsPerComponent=1 if picture.mode == "1" else 8,
            ),
        )
        if kind == "JPEG":
            stream.Filter = Name.DCTDecode
        added = pdf.add_blank_page(page_size=(600, 800)).obj
        added.Resources = Dictionary(XObject=Dictionary(Photo=stream))
        drawing = "".join(f"q {wide} 0 0 {high} 0 0 cm /Photo Do Q\n" for wide, high in places)
        added.Contents = pdf.make_stream(drawing.encode())

    return changed(booklet(), paint)


def size_in(pdf: bytes) -> tuple[int, int]:
    with pikepdf.open(BytesIO(pdf)) as opened:
        stream = opened.pages[-1].obj.Resources.XObject.Photo
        decoded = pikepdf.PdfImage(stream).as_pil_image()
        assert decoded.size == (stream.Width, stream.Height)
        return decoded.size


PHOTO = Image.effect_noise((60, 90), 80).resize((1200, 1800))


@pytest.mark.parametrize("mode", ["L", "RGB"])
@pytest.mark.parametrize("kind", ["JPEG", "plain"])
def test_a_photograph_keeps_the_pixels_that_print_needs(mode: str, kind: str) -> None:
    """Printed at 2 by 3 inches it has 600 dots an inch."""
    given = with_picture(PHOTO.convert(mode), (144, 216), kind=kind)
    smaller = with_smaller_pictures(given, COARSE)
    assert size_in(smaller) == (300, 450)
    assert len(smaller) < 0.5 * len(given)
    assert spoken(smaller) == spoken(given)


def test_the_largest_place_of_a_photograph_counts() -> None:
    given = with_picture(PHOTO, (144, 216), (288, 300), (36, 54))
    assert size_in(with_smaller_pictures(given, COARSE)) == (600, 900)


def test_a_photograph_with_few_pixels_and_a_scan_of_one_bit_stay() -> None:
    coarse = with_picture(PHOTO, (576, 864))
    assert with_smaller_pictures(coarse, COARSE) == coarse
    bits = with_picture(PHOTO.convert("1"), (144, 216), kind="plain")
    assert size_in(with_smaller_pictures(bits, COARSE)) == (1200, 1800)
