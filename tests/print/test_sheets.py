"""Sheets, read back: every page in its place at its own size, and the printer told how."""

from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter

from booklet.print.schemes import SCHEMES, scheme_named
from booklet.print.sheets import make_sheets
from booklet.print.stock import Paper
from booklet.problems import FaultsFound
from tests.print.pdfs import A4, A5, MM, leaflet, pages_pdf, plain, words
from tests.print.pictures import difference, found, picture, soft, soft_difference

WIDTHS = {"booklet": (A5, 297 * MM / 2), "booklet-a3": (A4, 420 * MM / 2)}


def sheets(pdf, scheme="booklet", **options):
    return make_sheets(pdf, scheme_named(scheme), **options)


@pytest.mark.parametrize("name", WIDTHS)
def test_every_page_stands_in_its_half_moved_by_its_creep_alone(name):
    size, half = WIDTHS[name]
    pages, caliper = 20, 0.104 * MM
    [made] = sheets(leaflet(pages, size), name)
    ((_, (page_x, page_y)),) = [
        hit for hit in found(leaflet(pages, size), "Page 1.") if hit[0] == 0
    ]
    for sheet in range(pages // 4):
        front, back = 2 * sheet, 2 * sheet + 1
        expected = {
            pages - 2 * sheet: (front, 0),
            2 * sheet + 1: (front, 1),
            2 * sheet + 2: (back, 0),
            pages - 2 * sheet - 1: (back, 1),
        }
        for page, (side, slot) in expected.items():
            [(on, (x, y))] = found(made.pdf, f"Page {page}.")
            creep = sheet * caliper * (1 if slot == 0 else -1)
            margin = (half - size[0]) / 2
            assert on == side
            assert x == pytest.approx(page_x + slot * half + margin + creep, abs=0.1)
            assert y == pytest.approx(page_y, abs=0.1)


@pytest.mark.parametrize("name", WIDTHS)
def test_every_half_looks_like_its_page_and_like_no_other(name):
    size, half = WIDTHS[name]
    pdf = leaflet(8, size)
    [made] = sheets(pdf, name)
    pages = [soft(picture(pdf, number)) for number in range(8)]
    for side, pair in enumerate(((8, 1), (2, 7), (6, 3), (4, 5))):
        sheet = picture(made.pdf, side)
        for slot, page in enumerate(pair):
            left = round(2 * (slot * half + (half - size[0]) / 2))
            here = soft(sheet.crop((left, 0, left + round(2 * size[0]), sheet.height)))
            unlike = [soft_difference(here, other) for other in pages]
            assert unlike[page - 1] < 0.6
            assert min(unlike[: page - 1] + unlike[page:]) > 1.2


def test_the_words_of_every_side_come_out_with_pypdf():
    [made] = sheets(leaflet(8))
    read = [page.extract_text().split() for page in PdfReader(BytesIO(made.pdf)).pages]
    assert read == [
        ["Page", f"{left}.", "Page", f"{right}."]
        for left, right in ((8, 1), (2, 7), (6, 3), (4, 5))
    ]


def test_pages_missing_to_whole_sheets_are_blank_and_announced():
    [made] = sheets(leaflet(6))
    assert "2 blank pages at the end" in made.notes[0]
    assert not list(found(made.pdf, "Page 7."))
    assert [side for side, _ in found(made.pdf, "Page")] == [0, 1, 2, 2, 3, 3]


def test_staple_margin_moves_rectos_right_and_versos_left():
    [made] = sheets(leaflet(4, A4), "flat")
    places = [x for number in range(1, 5) for _, (x, _) in found(made.pdf, f"Page {number}.")]
    assert [round((x - places[1]) / MM, 1) for x in places] == [10, 0, 10, 0]


def test_one_sided_sheets_keep_the_staple_margin_on_every_page():
    [made] = sheets(leaflet(3, A4), "one-side")
    places = [x for number in range(1, 4) for _, (x, _) in found(made.pdf, f"Page {number}.")]
    assert places == pytest.approx([places[0]] * 3)
    assert len(made.run.sides) == 3


BOXES = {
    "booklet": (297, 210),
    "booklet-a3": (420, 297),
    "flat": (210, 297),
    "one-side": (210, 297),
}


@pytest.mark.parametrize("name", BOXES)
def test_boxes_of_a_sheet_are_those_of_the_paper(name):
    [made] = sheets(leaflet(4), name)
    for page in PdfReader(BytesIO(made.pdf)).pages:
        for box in (page.mediabox, page.cropbox, page.trimbox, page.bleedbox):
            assert (box.left, box.bottom) == (0, 0)
            assert (box.width / MM, box.height / MM) == pytest.approx(BOXES[name], abs=0.01)


def test_a_print_shop_page_has_bleed_and_marks_outside_its_trim():
    bleed = b"/MediaBox [0 0 600 700] /TrimBox [90 60 509.53 655.28] /BleedBox [70 40 530 680]"
    content = b"0.5 g 60 30 500 660 re f 0 g " + words(1, x=150)
    [made] = sheets(pages_pdf([content], entries=[bleed]), "print-shop")
    page = PdfReader(BytesIO(made.pdf)).pages[0]
    trim, bled, media = page.trimbox, page.bleedbox, page.mediabox
    assert (trim.width, trim.height) == pytest.approx((419.53, 595.28), abs=0.01)
    assert trim.left - bled.left == pytest.approx(3 * MM, abs=0.01)
    assert bled.top - trim.top == pytest.approx(3 * MM, abs=0.01)
    seen = picture(made.pdf, 0, scale=4)

    def grey(x, y):
        return seen.getpixel((round(4 * float(x)), round(4 * float(media.top - y))))

    assert 100 < grey(bled.left + 1, 200) < 150
    assert grey(bled.left - 1, 200) == 255
    mark = [grey(x, trim.bottom) for x in range(1, int(bled.left))]
    assert min(mark) < 200


def test_a_page_without_a_bleed_box_bleeds_into_its_crop_box_by_3_mm():
    trimmed = b"/MediaBox [0 0 600 700] /TrimBox [90 60 509.53 655.28]"
    [made] = sheets(pages_pdf([b"0 0 600 700 re f"], entries=[trimmed]), "print-shop")
    page = PdfReader(BytesIO(made.pdf)).pages[0]
    seen = picture(made.pdf, 0, scale=4)
    row = [seen.getpixel((x, seen.height // 2)) for x in range(seen.width)]
    assert row.index(0) / 4 == pytest.approx(float(page.bleedbox.left), abs=0.3)


def test_a_print_shop_is_told_of_missing_pages_and_of_pages_of_another_size():
    entries = [b"", b"", b"/MediaBox [0 0 300 400]", b"", b"", b""]
    pdf = pages_pdf([words(n, y=200) for n in range(1, 7)], entries=entries)
    [made] = sheets(pdf, "print-shop")
    assert any("2 pages more" in note for note in made.notes)
    assert any(note.startswith("page 3 not trimmed to the size of page 1") for note in made.notes)
    [even] = sheets(leaflet(8), "print-shop")
    assert even.notes == ()


FLIPS = {
    "booklet": "/DuplexFlipShortEdge",
    "booklet-a3": "/DuplexFlipShortEdge",
    "flat": "/DuplexFlipLongEdge",
    "one-side": "/Simplex",
    "print-shop": None,
}


@pytest.mark.parametrize("name", FLIPS)
def test_the_printer_is_told_the_size_the_edge_and_the_tray(name):
    [made] = sheets(leaflet(4), name)
    told = PdfReader(BytesIO(made.pdf)).root_object["/ViewerPreferences"]
    assert told["/PrintScaling"] == "/None"
    assert told["/Enforce"] == ["/PrintScaling"]
    assert told.get("/Duplex") == FLIPS[name]
    assert told["/PickTrayByPDFSize"].value is True
    assert "/NumCopies" not in told


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda scheme: scheme.name)
def test_sheets_are_named_and_titled_for_paper_and_claim_no_tags(scheme):
    from weasyprint import HTML

    html = "<html lang=en><title>Leaflet</title><style>@page{size:148mm 210mm}</style><h1>One</h1>"
    tagged = HTML(string=html + "<p>Two</p>").write_pdf(pdf_variant="pdf/ua-1")
    assert b"/StructParents" in b"".join(_dictionaries(tagged))
    [made] = make_sheets(tagged, scheme)
    reader = PdfReader(BytesIO(made.pdf))
    assert made.file_name("aml.pdf").startswith("aml_PRINT-")
    assert reader.metadata.title == "Print sheets: Leaflet"
    assert made.booklet == "Leaflet"
    assert not {"/MarkInfo", "/StructTreeRoot", "/Metadata", "/Lang"} & set(reader.root_object)
    assert b"/StructParent" not in b"".join(_dictionaries(made.pdf))


def _dictionaries(pdf):
    """Every dictionary of a PDF as it is written, object streams opened."""
    reader = PdfReader(BytesIO(pdf))
    for number in range(1, int(reader.trailer["/Size"])):
        thing = reader.get_object(number)
        if hasattr(thing, "keys"):
            yield " ".join(thing.keys()).encode()


def test_the_same_pdf_gives_the_same_bytes():
    assert sheets(leaflet(12)) == sheets(leaflet(12))


def test_fonts_and_pictures_are_stored_once(picture_leaflet):
    """Pages share a picture through a direct resource dictionary, and a profile through arrays."""
    [made] = sheets(picture_leaflet)
    reader = PdfReader(BytesIO(plain(made.pdf)))
    kinds = [reader.get_object(n) for n in range(1, int(reader.trailer["/Size"]))]
    dictionaries = [thing for thing in kinds if hasattr(thing, "get")]
    assert sum(thing.get("/Subtype") == "/Image" for thing in dictionaries) == 1
    assert sum(thing.get("/Type") == "/Font" for thing in dictionaries) == 1
    assert sum("/N" in thing for thing in dictionaries) == 1
    assert sum(thing.get("/Subtype") == "/Form" for thing in dictionaries) == 8


def test_sheets_weigh_little_more_than_the_booklet(picture_leaflet):
    [made] = sheets(picture_leaflet)
    assert len(made.pdf) < 1.1 * len(picture_leaflet)


@pytest.fixture
def picture_leaflet():
    import random

    from tests.print.pdfs import packed

    noise = random.Random(1).randbytes(100 * 100 * 3)
    image = packed(
        noise,
        b"/Type /XObject /Subtype /Image /Width 100 /Height 100 /BitsPerComponent 8"
        b" /ColorSpace [/ICCBased 5 0 R]",
    )
    profile = packed(random.Random(2).randbytes(3000), b"/N 3 /Alternate /DeviceRGB")
    contents = [words(n) + b"q 100 0 0 100 50 400 cm /I Do Q" for n in range(1, 9)]
    resources = (
        b"/Resources << /Font << /F1 3 0 R >> /XObject << /I 4 0 R >>"
        b" /ColorSpace << /C [/ICCBased 5 0 R] >> >>"
    )
    return pages_pdf(contents, resources=resources, more=[image, profile])


def test_heavier_paper_creeps_further():
    def place(weight):
        [made] = sheets(leaflet(16), stock=Paper(weight))
        [(_, (x, _))] = found(made.pdf, "Page 8.")
        return x

    assert (place(100) - place(80)) / MM == pytest.approx(3 * (0.130 - 0.104), abs=0.01)


def test_creep_cuts_no_page_into_its_neighbour():
    """A page with ink up to the spine stops there, however far its creep moves it."""
    black = b"0 g 0 0 600 600 re f"
    contents = [black if number % 2 else words(number) for number in range(1, 41)]
    [made] = sheets(pages_pdf(contents))
    innermost = picture(made.pdf, 19, scale=4)
    middle = innermost.width // 2
    assert innermost.getpixel((middle + 6, 500)) == 0
    assert innermost.getpixel((middle - 6, 500)) == 255


def test_fronts_and_backs_of_a_one_sided_printer_make_the_whole_booklet():
    [whole] = sheets(leaflet(8))
    fronts, backs = sheets(leaflet(8), one_sided="face-up")
    assert fronts.file_name("a.pdf") == "a_PRINT-BOOKLET-1-FRONTS.pdf"
    assert "With a pencil, mark the edge" in fronts.run.instruction
    assert "the edge with the pencil mark" in backs.run.instruction
    assert "as it lies: last sheet on top" in backs.run.instruction
    for number, side in enumerate((0, 2)):
        assert difference(picture(fronts.pdf, number), picture(whole.pdf, side)) == 0
    for number, side in enumerate((3, 1)):
        upside_down = picture(backs.pdf, number).rotate(180)
        assert difference(upside_down, picture(whole.pdf, side)) < 0.6
        assert difference(picture(backs.pdf, number), picture(whole.pdf, side)) > 1.2


@pytest.mark.parametrize("told", ["face-down", "face-up"])
@pytest.mark.parametrize("drawer_prints", ["lower", "upper"])
def test_a_drawer_of_either_kind_gets_backs_behind_their_fronts(told, drawer_prints):
    """The instruction carried out on a stack: each sheet its number, and whether print is up."""
    word = told
    if drawer_prints == "upper":
        word = "face-up" if told == "face-down" else "face-down"
    _, backs = sheets(leaflet(16), one_sided=word)
    as_it_lies = [(sheet, told == "face-up") for sheet in (3, 2, 1, 0)]
    over = [(sheet, not up) for sheet, up in as_it_lies[::-1]]
    stack = as_it_lies if "as it lies" in backs.run.instruction else over
    assert all(up == (drawer_prints == "lower") for _, up in stack)
    for place, (sheet, _) in enumerate(stack):
        assert [side for side, _ in found(backs.pdf, f"Page {2 * sheet + 2}.")] == [place]
    assert "over the fronts" in backs.run.instruction
    assert "printed side up" not in backs.run.instruction


def test_a_pdf_that_only_has_such_a_title_is_made_into_sheets():
    writer = PdfWriter(clone_from=PdfReader(BytesIO(leaflet(4))))
    writer.add_metadata({"/Title": "Print sheets: how to"})
    target = BytesIO()
    writer.write(target)
    assert sheets(target.getvalue())


def test_sheets_have_an_identifier_of_their_own_and_keep_the_colours_meant():
    catalog = b"/OutputIntents [<< /Type /OutputIntent /S /GTS_PDFX /Info (FOGRA) >>]"
    pdf = pages_pdf([words(n) for n in range(1, 5)], catalog=catalog)
    made = {name: PdfReader(BytesIO(sheets(pdf, name)[0].pdf)) for name in ("booklet", "flat")}
    known = [reader.trailer["/ID"][0] for reader in made.values()]
    assert len(set(known)) == 2
    assert [len(each.original_bytes) for each in known] == [16, 16]
    assert made["flat"].root_object["/OutputIntents"][0]["/Info"] == "FOGRA"


@pytest.mark.parametrize("name", ["flat", "booklet", "one-side"])
def test_print_sheets_are_not_made_into_print_sheets_again(name):
    [made] = sheets(leaflet(4))
    with pytest.raises(FaultsFound, match="print sheets already"):
        sheets(made.pdf, name)
