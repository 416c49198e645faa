"""Pages placed on others by qpdf, whatever state their file is in."""

import zlib
from io import BytesIO
from itertools import product

import pikepdf
from pypdf import PdfReader

from booklet.pdf import writing
from booklet.pdf.geometry import Box
from booklet.pdf.opening import guarded, open_pdf
from booklet.pdf.pages import frames
from booklet.pdf.writing import (
    NewPage,
    composed,
    opened_for_copying,
    saved,
    saved_with_plain_ends,
    with_preferences,
)
from tests.print.pdfs import A5, leaflet, packed, pages_pdf, plain, stream, words
from tests.print.pictures import difference, found, picture

SHEET = Box(0, 0, 2 * A5[0], A5[1])


def side(*numbers):
    content = "".join(
        f"q 1 0 0 1 {slot * A5[0]:.3f} 0 cm /P{number} Do Q\n"
        for slot, number in enumerate(numbers)
    )
    return NewPage(SHEET, SHEET, SHEET, content, numbers)


def made(pdf, *pages):
    reader = open_pdf(pdf)
    return composed(
        (pdf, reader), frames(reader), pages, information={"/Title": "Café"}, preferences={}
    )


def test_a_page_painted_twice_is_stored_once_and_looks_like_itself():
    pdf = leaflet(2)
    result = made(pdf, side(1, 2), side(2, 2))
    assert plain(result).count(b"/Subtype /Form") == 2
    right = picture(result, 0).crop((round(2 * A5[0]), 0, round(4 * A5[0]), round(2 * A5[1])))
    assert difference(right, picture(pdf, 1)) < 0.6
    assert [place for place, _ in found(result, "Page 2.")] == [0, 1, 1]


def test_the_same_pages_give_the_same_bytes_and_others_another_identifier():
    pdf = leaflet(2)
    assert made(pdf, side(1)) == made(pdf, side(1))
    one, other = (pikepdf.open(BytesIO(made(pdf, side(n)))).trailer["/ID"][0] for n in (1, 2))
    assert bytes(one) != bytes(other)


def test_what_is_said_of_the_file_is_said_in_unicode():
    assert PdfReader(BytesIO(made(leaflet(1), side(1)))).metadata.title == "Café"


def test_content_that_breaks_off_is_taken_as_far_as_it_goes():
    noise = stream(b"no zlib at all", b"/Filter /FlateDecode")
    pdf = pages_pdf([words(1), words(2)], more=[noise]).replace(
        b"/Contents 8 0 R", b"/Contents 4 0 R"
    )
    assert len(list(found(made(pdf, side(1, 2)), "Page 1."))) == 1


def test_what_qpdf_had_to_mend_is_told_without_where_the_bytes_came_from():
    cut = stream(packed(words(1))[-80:-20], b"/Filter /FlateDecode")
    pdf = pages_pdf([words(1)], more=[cut]).replace(b"/Contents 6 0 R", b"/Contents 4 0 R")
    with guarded() as complaints:
        made(pdf, side(1))
    assert complaints
    assert not any("0x" in words or "BytesIO" in words for words in complaints)


def test_what_qpdf_cannot_open_is_written_anew_by_pypdf_first(monkeypatch):
    pdf, opened, refused = leaflet(3), pikepdf.open, []

    def once(file):
        if not refused:
            refused.append(file)
            raise pikepdf.PdfError("not with me")
        return opened(file)

    monkeypatch.setattr(writing.pikepdf, "open", once)
    assert len(opened_for_copying(pdf, open_pdf(pdf)).pages) == 3
    assert refused


def test_pages_that_qpdf_counts_otherwise_are_those_of_pypdf():
    pdf = leaflet(3)
    with_two = open_pdf(leaflet(2))
    assert len(opened_for_copying(pdf, with_two).pages) == 2


def test_preferences_are_names_truths_and_lists():
    told = {"/Duplex": "/Simplex", "/DisplayDocTitle": True, "/Enforce": ("/PrintScaling",)}
    written = PdfReader(BytesIO(with_preferences(leaflet(1), told)))
    assert written.root_object["/ViewerPreferences"] == {
        "/Duplex": "/Simplex",
        "/DisplayDocTitle": True,
        "/Enforce": ["/PrintScaling"],
    }


def test_a_stream_that_ends_in_a_carriage_return_does_not_where_ends_must_be_plain():
    pdf = pikepdf.open(BytesIO(leaflet(2)))
    remarks = (b"q Q %%%c%c" % letters for letters in product(range(33, 127), repeat=2))
    words = next(filter(packed_ends_in_return, remarks))
    for page in pdf.pages:
        page.obj.Contents = pdf.make_stream(b"")
        page.obj.Contents.write(zlib.compress(words), filter=pikepdf.Name.FlateDecode)
    assert b"\r\nendstream" in saved(pdf)
    plain_ends = saved_with_plain_ends(pdf)
    assert b"\r\nendstream" not in plain_ends
    read = pikepdf.open(BytesIO(plain_ends))
    assert [page.Contents.read_bytes() for page in read.pages] == [words, words]


def packed_ends_in_return(words):
    return zlib.compress(words).endswith(b"\r")
