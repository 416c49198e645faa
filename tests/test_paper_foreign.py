"""PDFs of other programs: turned, cropped, inherited, locked, damaged, empty, endless."""

import logging
import re
import time
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from pypdf.constants import UserAccessPermissions

from booklet.paper.lazy_reader import LazyReader
from booklet.paper.schemes import scheme_named
from booklet.paper.sheets import make_sheets
from booklet.problems import BookletError, FaultsFound
from tests.paper_pdfs import (
    A4,
    A5,
    HELVETICA,
    MM,
    leaflet,
    packed,
    pages_pdf,
    raw_pdf,
    stream,
    words,
)
from tests.paper_pictures import difference, found, picture

BOOKLET = scheme_named("booklet")
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


def encrypted(algorithm, user="", allowed=None):
    writer = PdfWriter(clone_from=PdfReader(BytesIO(leaflet(4))))
    options = {} if allowed is None else {"permissions_flag": allowed}
    writer.encrypt(user, "owner", algorithm=algorithm, **options)
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


@pytest.mark.parametrize("algorithm", ["RC4-40", "RC4-128"])
def test_a_pdf_with_an_empty_password_is_read(algorithm):
    [made] = sheets(encrypted(algorithm))
    assert len(list(found(made.pdf, "Page"))) == 4
    assert not PdfReader(BytesIO(made.pdf)).is_encrypted


def aes(user=""):
    target = BytesIO()
    with pikepdf.open(BytesIO(leaflet(4))) as pdf:
        pdf.save(target, encryption=pikepdf.Encryption(user=user, owner="owner", R=6))
    return target.getvalue()


def outcome(*args, **options):
    """The sheets, or the message that stands in for them; any other exception goes through."""
    try:
        return make_sheets(*args, **options)
    except BookletError as error:
        return str(error)


def test_aes_is_read_or_the_missing_package_is_named():
    result = outcome(aes(), BOOKLET)
    if find_spec("cryptography"):
        assert len(list(found(result[0].pdf, "Page"))) == 4
    else:
        assert "pip install cryptography" in result


def test_a_locked_pdf_is_a_fault_that_asks_for_a_copy():
    with pytest.raises(FaultsFound, match="locked by a password; save a copy without"):
        sheets(encrypted("RC4-128", user="secret"))


def test_a_pdf_that_may_not_be_printed_is_refused():
    everything_but = UserAccessPermissions.all() & ~UserAccessPermissions.PRINT
    with pytest.raises(FaultsFound, match="owner does not allow"):
        sheets(encrypted("RC4-128", allowed=everything_but))


UNREADABLE = {
    "empty": (b"", "not a PDF"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 500, "not a PDF"),
    "only a header": (b"%PDF-1.7\n", "damaged"),
    "no pages": (pages_pdf([]), "no pages"),
    "pages that are no tree": (
        raw_pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"[ 1 2 3 ]"]),
        "damaged|no pages",
    ),
    "packed content cut short": (
        pages_pdf([b"x"]).replace(b"<< /Length 1  >>", b"<< /Length 1 /Filter /FlateDecode >>"),
        "damaged|not sound",
    ),
}


@pytest.mark.parametrize(("data", "says"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_is_a_fault_with_a_remedy(data, says):
    result = outcome(data, BOOKLET)
    message = result if isinstance(result, str) else " ".join(result[0].notes)
    assert re.search(says, message)
    assert re.search("save|build|compare", message)


def test_a_missing_file_is_a_fault_with_its_name(tmp_path):
    with pytest.raises(FaultsFound, match=r"nowhere\.pdf.*cannot be read"):
        sheets(tmp_path / "nowhere.pdf")


def test_a_mended_pdf_is_printed_with_a_warning_and_nothing_is_logged(caplog):
    torn = leaflet(4).replace(b"%PDF-1.7\n", b"%PDF-1.7\n% a mail server added this\n")
    with caplog.at_level(logging.WARNING):
        [made] = sheets(torn)
    assert len(list(found(made.pdf, "Page"))) == 4
    assert any("not sound" in note for note in made.notes)
    assert not caplog.records


def with_object_streams(pdf):
    """The same PDF with its dictionaries packed together, as most programs write it now."""
    target = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        opened.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return target.getvalue()


WHOLE = (leaflet(3), with_object_streams(leaflet(3)))


def written(thing):
    target = BytesIO()
    thing.write_to_stream(target)
    return target.getvalue()


def test_object_streams_are_read_as_pypdf_reads_them():
    packed_pdf = with_object_streams(leaflet(12))
    lazy, eager = LazyReader(BytesIO(packed_pdf)), PdfReader(BytesIO(packed_pdf))
    assert len(lazy.xref_objStm) > 12
    for number in range(1, int(eager.trailer["/Size"])):
        assert written(lazy.get_object(number)) == written(eager.get_object(number))
    [made] = sheets(packed_pdf)
    assert list(found(made.pdf, "Page")) == list(found(sheets(leaflet(12))[0].pdf, "Page"))


def test_an_object_stream_is_not_parsed_for_one_object_of_it():
    reader = LazyReader(BytesIO(with_object_streams(leaflet(12))))
    assert reader.root_object["/Type"] == "/Catalog"
    assert len(reader.resolved_objects) < 6


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_damage_anywhere_is_a_message_never_a_traceback(data):
    pdf = bytearray(data.draw(st.sampled_from(WHOLE)))
    for _ in range(data.draw(st.integers(1, 6))):
        pdf[data.draw(st.integers(0, len(pdf) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(len(pdf) // 2, len(pdf)))
    result = outcome(bytes(pdf[:cut]), scheme_named("flat"), fit=True, floor=0)
    if isinstance(result, str):
        assert result
    else:
        assert len(PdfReader(BytesIO(result[0].pdf)).pages) == result[0].sides


def test_500_pages_are_no_booklet_but_lie_flat():
    pdf = leaflet(500)
    with pytest.raises(FaultsFound, match=r"500 pages are 125 sheets.*choose --scheme flat"):
        sheets(pdf)
    began = time.perf_counter()
    [made] = sheets(leaflet(500), "flat")
    assert time.perf_counter() - began < 20
    assert made.sides == 500
    assert [side for side, _ in found(made.pdf, "Page 499.")] == [498]


def test_a_loop_in_the_page_tree_is_a_fault():
    pdf = raw_pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Pages /Parent 2 0 R /Kids [2 0 R] /Count 1 >>",
        ]
    )
    with pytest.raises(FaultsFound, match=r"damaged|no pages"):
        sheets(pdf)


def test_stamps_and_filled_fields_are_missed_in_words():
    stamp = (
        b"/Annots [<< /Type /Annot /Subtype /Stamp /Rect [0 0 9 9] /F 4 /AP << >> >>"
        b" << /Type /Annot /Subtype /Link /Rect [0 0 9 9] /F 4 >>]"
    )
    [made] = sheets(pages_pdf([words(1), words(2)], entries=[stamp, b""]))
    assert any("page 1: comments, stamps" in note for note in made.notes)
    assert b"/Annots" not in made.pdf


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
    assert b"secretsecret" not in made.pdf
    assert b"/StructParent" not in made.pdf
    assert made.pdf.count(b"/Type /Page\n") == 2
