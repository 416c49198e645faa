"""PDFs of other programs: turned, cropped, inherited, layered, of mixed sizes."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from booklet.print.schemes import scheme_named
from booklet.print.sheets import make_sheets
from booklet.problems import FaultsFound
from tests.print.pdfs import (
    A4,
    A5,
    HELVETICA,
    MM,
    leaflet,
    packed,
    pages_pdf,
    plain,
    raw_pdf,
    stream,
    words,
)
from tests.print.pictures import difference, found, picture

W, H = A5


def sheets(pdf, scheme="booklet", **options):
    return make_sheets(pdf, scheme_named(scheme), **options)


def first_page(made, scale=2):
    """The picture of page 1: the right half of the first side, cut to A5."""
    sheet = picture(made.pdf, 0, scale)
    left = round(scale * (297 * MM / 2 + 0.25 * MM))
    return sheet.crop((left, 0, left + round(scale * W), sheet.height))


BOX = {
    "rotated 90": b"/MediaBox [0 0 %.3f %.3f] /Rotate 90" % (H, W),
    "rotated 180": b"/MediaBox [0 0 %.3f %.3f] /Rotate 180" % (W, H),
    "rotated 270": b"/MediaBox [0 0 %.3f %.3f] /Rotate 270" % (H, W),
    "rotated -90": b"/MediaBox [0 0 %.3f %.3f] /Rotate -90" % (H, W),
    "rotated 450": b"/MediaBox [0 0 %.3f %.3f] /Rotate 450" % (H, W),
    "box away from 0": b"/MediaBox [-30 40 %.3f %.3f]" % (W - 30, H + 40),
    "box upside down": b"/MediaBox [%.3f %.3f 0 0]" % (W, H),
    "cropped": b"/MediaBox [0 0 800 900] /CropBox [20 30 %.3f %.3f]" % (W + 20, H + 30),
    "cropped and rotated": b"/MediaBox [0 0 800 900] /CropBox [20 30 %.3f %.3f] /Rotate 90"
    % (H + 20, W + 30),
    "crop beyond media": b"/MediaBox [0 0 %.3f %.3f] /CropBox [-50 -50 900 900]" % (W, H),
    "user unit": b"/MediaBox [0 0 %.4f %.4f] /UserUnit 2" % (W / 2, H / 2),
    "user unit, cropped, rotated": b"/MediaBox [0 0 1500 1500] /UserUnit 0.5 /Rotate 270"
    b" /CropBox [40 60 %.4f %.4f]" % (2 * H + 40, 2 * W + 60),
}


@pytest.mark.parametrize("entries", BOX.values(), ids=BOX)
def test_a_page_comes_out_as_a_viewer_shows_it(entries):
    pdf = pages_pdf([words(1, x=60, y=250) + b"0 0 40 90 re f"], entries=[entries])
    [made] = sheets(pdf)
    unit = re.search(rb"/UserUnit ([\d.]+)", entries)  # which pdfium takes no notice of
    shown = picture(pdf, 0, scale=2 * float(unit[1] if unit else 1))
    assert abs(shown.width - 2 * W) <= 2
    assert difference(first_page(made), shown) < 0.6
    assert difference(first_page(made).rotate(180), shown) > 1.2


def test_a_trim_box_is_the_page_and_its_marks_are_left_off():
    entries = b"/MediaBox [0 0 600 800] /TrimBox [100 100 %.3f %.3f]" % (W + 100, H + 100)
    pdf = pages_pdf([b"0 0 600 90 re f " + words(1, x=150, y=500)], entries=[entries])
    [made] = sheets(pdf)
    [(_, (x, _))] = found(made.pdf, "Page 1.")
    assert x - (297 * MM / 2 + 0.25 * MM) == pytest.approx(51, abs=1.5)
    assert first_page(made).getextrema()[0] < 100
    assert first_page(made).crop((0, 1100, 800, 1190)).getextrema() == (255, 255)


def test_what_a_crop_box_hides_stays_hidden_in_a_larger_slot():
    entries = b"/MediaBox [0 0 600 800] /CropBox [100 100 300 400]"
    [made] = sheets(pages_pdf([b"0 0 600 800 re f"], entries=[entries]))
    page = first_page(made)
    black = sum(value < 128 for value in page.tobytes())
    assert black == pytest.approx(4 * 200 * 300, rel=0.02)


def test_attributes_inherited_over_two_levels_are_honoured():
    pdf = raw_pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 %.3f %.3f] /Rotate 90"
            b" /Resources 6 0 R >>" % (H, W),
            b"<< /Type /Pages /Parent 2 0 R /Kids [4 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 3 0 R /Contents 5 0 R >>",
            stream(words(1, x=60, y=250)),
            b"<< /Font << /F1 7 0 R >> >>",
            HELVETICA,
        ]
    )
    [made] = sheets(pdf)
    assert difference(first_page(made), picture(pdf, 0)) < 0.6
    assert len(list(found(made.pdf, "Page 1."))) == 1


def test_content_split_in_the_middle_of_operators_is_joined():
    whole = words(1)
    cut = whole.index(b"Tf") + 2, whole.index(b"Td") - 4
    parts = [whole[: cut[0]], whole[cut[0] : cut[1]], whole[cut[1] :]]
    pdf = (
        pages_pdf(
            [b""],
            more=[stream(parts[0]), packed(parts[1]), stream(parts[2])],
            entries=[b"/Contents [4 0 R 5 0 R 6 0 R]"],
        )
        .replace(b"/Contents 7 0 R", b"")
        .replace(b"/Contents 8 0 R", b"")
    )
    [made] = sheets(pdf)
    assert [side for side, _ in found(made.pdf, "Page 1.")] == [0]
    assert difference(first_page(made), picture(leaflet(1), 0)) < 0.6


def test_a_page_without_resources_or_contents_is_a_page():
    pdf = pages_pdf([b"0 0 100 100 re f", b""], resources=b"")
    [made] = sheets(pdf)
    assert first_page(made).getpixel((50, first_page(made).height - 50)) == 0


def test_mixed_sizes_keep_their_size_and_stand_in_the_middle():
    entries = [b"", b"/MediaBox [0 0 200 300]", b"/MediaBox [0 0 %.3f %.3f]" % (H, W), b""]
    pdf = pages_pdf([words(n, y=200) for n in range(1, 5)], entries=entries)
    [made] = sheets(pdf)
    [(side, (x, y))] = found(made.pdf, "Page 2.")
    [(_, (own_x, own_y))] = found(pdf, "Page 2.")
    assert side == 1
    assert x - own_x == pytest.approx((297 * MM / 2 - 200) / 2, abs=0.2)
    assert y - own_y == pytest.approx((H - 300) / 2, abs=0.2)
    assert any("page 3 on its side" in note for note in made.notes)
    assert any("page 2 smaller" in note for note in made.notes)


def test_a_page_on_its_side_has_its_head_to_the_left():
    pdf = pages_pdf([words(1, y=200)], entries=[b"/MediaBox [0 0 %.3f %.3f]" % (H, W)])
    [made] = sheets(pdf)
    assert difference(first_page(made), picture(pdf, 0).rotate(90, expand=True)) < 0.6


def test_pages_too_large_are_a_fault_that_names_them_and_a_way_out():
    pdf = pages_pdf([words(1), words(2)], entries=[b"", b"/MediaBox [0 0 %.2f %.2f]" % A4])
    with pytest.raises(FaultsFound, match=r"page 2 is too large.*210 × 297 mm.*booklet-a3"):
        sheets(pdf, name=Path("big.pdf"))


def test_stamps_and_filled_fields_are_missed_in_words():
    stamp = (
        b"/Annots [<< /Type /Annot /Subtype /Stamp /Rect [0 0 9 9] /F 4 /AP << >> >>"
        b" << /Type /Annot /Subtype /Link /Rect [0 0 9 9] /F 4 >>]"
    )
    [made] = sheets(pages_pdf([words(1), words(2)], entries=[stamp, b""]))
    assert any("page 1: comments, stamps" in note for note in made.notes)
    assert b"/Annots" not in plain(made.pdf)


FIELD = b"/Type /Annot /Subtype /Widget /Rect [0 0 99 20] /F 4"
SQUARE = b"/Type /Annot /Subtype /Square /Rect [0 0 9 9]"
ANNOTATIONS = {
    "a filled field that the viewer draws": (b"<< %b /FT /Tx /V (Ann) >>" % FIELD, True),
    "a field filled in the field above": (b"<< %b /Parent << /V (Ann) >> >>" % FIELD, True),
    "an empty field": (b"<< %b /FT /Tx /V () >>" % FIELD, False),
    "a field without a value": (b"<< %b /FT /Tx >>" % FIELD, False),
    "a box that is not ticked": (b"<< %b /FT /Btn /V /Off >>" % FIELD, False),
    "a comment that the viewer draws": (b"<< %b /F 4 >>" % SQUARE, True),
    "a hidden comment": (b"<< %b /F 6 /AP << >> >>" % SQUARE, False),
    "a comment for the screen": (b"<< %b /AP << >> >>" % SQUARE, False),
    "a link": (b"<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /F 4 >>", False),
}


@pytest.mark.parametrize(("annotation", "missed"), ANNOTATIONS.values(), ids=ANNOTATIONS)
def test_what_a_viewer_would_print_and_nothing_else_is_missed(annotation, missed):
    entries = [b"/Annots [%b]" % annotation]
    [made] = sheets(pages_pdf([words(1)], entries=entries, catalog=b"/AcroForm << >>"))
    assert any("filled-in fields are not on" in note for note in made.notes) == missed


def test_a_layer_that_is_switched_off_stays_off():
    layers = b"/OCProperties << /OCGs [4 0 R] /D << /OFF [4 0 R] >> >>"
    pdf = pages_pdf(
        [b"/OC /L BDC 0 0 200 200 re f EMC " + words(1)],
        catalog=layers,
        more=[b"<< /Type /OCG /Name (Draft) >>"],
        resources=b"/Resources << /Font << /F1 3 0 R >> /Properties << /L 4 0 R >> >>",
    )
    [made] = sheets(pdf)
    page = first_page(made)
    assert page.getpixel((20, page.height - 20)) == 255
    assert difference(page, picture(pdf, 0)) < 0.6


def test_a_transparency_group_stays_one():
    group = b"/Group << /S /Transparency /CS /DeviceRGB /I true >>"
    pdf = pages_pdf([words(1)], entries=[group])
    [made] = sheets(pdf)
    form = PdfReader(BytesIO(made.pdf)).pages[0]["/Resources"]["/XObject"]["/P1"]
    assert form["/Group"] == {"/S": "/Transparency", "/CS": "/DeviceRGB", "/I": True}


def test_a_shared_content_stream_serves_pages_of_different_boxes():
    entries = [b"", b"/Rotate 180"]
    pdf = pages_pdf([words(1), words(2)], entries=entries)
    second = b"/Contents 7 0 R"
    pdf = pdf.replace(second, b"/Contents 5 0 R")
    [made] = sheets(pdf)
    left = picture(made.pdf, 1).crop((0, 0, round(2 * W), round(2 * H)))
    assert difference(left, picture(pdf, 1)) < 0.6
    assert difference(first_page(made), picture(pdf, 0)) < 0.6


def test_private_data_and_back_references_stay_behind():
    """A picture with another program's data, and a way back to its page."""
    image = packed(
        b"\0" * 300,
        b"/Type /XObject /Subtype /Image /Width 10 /Height 10 /BitsPerComponent 8"
        b" /ColorSpace /DeviceRGB /PieceInfo << /Big 5 0 R >>"
        b" /StructParent 3 /StructParents 4 /P 6 0 R",
    )
    pdf = pages_pdf(
        [words(1) + b"q 50 0 0 50 0 0 cm /I Do Q"],
        resources=b"/Resources << /Font << /F1 3 0 R >> /XObject << /I 4 0 R >> >>",
        more=[image, stream(b"secret" * 1000)],
    )
    [made] = sheets(pdf)
    written = plain(made.pdf)
    assert b"/Subtype /Image" in written
    assert b"secretsecret" not in written
    assert b"/StructParent" not in written
    assert written.count(b"/Type /Page\n") == 2
