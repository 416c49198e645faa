"""How large text is, measured as it is seen."""

import pytest

from booklet.pdf.opening import open_pdf
from booklet.pdf.pages import frames
from booklet.pdf.pdfium import read_pages, smallest_text
from tests.print.pdfs import pages_pdf, stream


def measured(content, **options):
    pdf = pages_pdf([content], **options)
    [smallest] = smallest_text(pdf, frames(open_pdf(pdf)))
    return smallest


TEXT = {
    "font size": (b"BT /F1 11 Tf (a) Tj ET", 11),
    "text matrix": (b"BT /F1 1 Tf 12 0 0 13 5 5 Tm (a) Tj ET", 13),
    "transformation": (b"q 2 0 0 2 0 0 cm BT /F1 7 Tf (a) Tj ET Q", 14),
    "transformation undone": (b"q 2 0 0 .5 0 0 cm Q BT /F1 7 Tf (a) Tj ET", 7),
    "turned": (b"q 0 2 -2 0 0 0 cm BT /F1 9 Tf (a) Tj ET Q", 18),
    "mirrored": (b"q 1 0 0 -1 0 800 cm BT /F1 10 Tf 1 0 0 -1 0 0 Tm (a) Tj ET Q", 10),
    "size kept from one text object to the next": (b"BT /F1 9 Tf ET BT (a) Tj ET", 9),
    "matrix not kept": (b"BT /F1 9 Tf 2 0 0 2 0 0 Tm ET BT (a) Tj ET", 9),
    "smallest of several": (b"BT /F1 20 Tf (a) Tj /F1 8 Tf [(b) -20 (c)] TJ ET", 8),
    "invisible": (b"BT /F1 20 Tf (a) Tj 3 Tr /F1 2 Tf (b) Tj ET", 20),
    "a small space": (b"BT /F1 20 Tf (a) Tj /F1 2 Tf (  ) Tj ET", 20),
    "none": (b"0 0 1 1 re f", None),
}


@pytest.mark.parametrize(("content", "points"), TEXT.values(), ids=TEXT)
def test_text_is_measured_as_it_is_seen(content, points):
    assert measured(content) == points


def test_text_inside_forms_is_measured_with_their_matrices():
    form = stream(
        b"BT /F1 10 Tf (a) Tj ET",
        b"/Type /XObject /Subtype /Form /BBox [0 0 99 99] /Matrix [.5 0 0 .5 0 0]",
    )
    resources = b"/Resources << /Font << /F1 3 0 R >> /XObject << /X 4 0 R >> >>"
    content = b"q 3 0 0 3 0 0 cm /X Do Q BT /F1 40 Tf (b) Tj ET"
    assert measured(content, resources=resources, more=[form]) == 15


def test_a_form_that_draws_itself_is_measured_once_and_for_all():
    form = stream(
        b"BT /F1 10 Tf (a) Tj ET /X Do",
        b"/Type /XObject /Subtype /Form /BBox [0 0 99 99]"
        b" /Resources << /Font << /F1 3 0 R >> /XObject << /X 4 0 R >> >>",
    )
    resources = b"/Resources << /XObject << /X 4 0 R >> >>"
    assert measured(b"/X Do", resources=resources, more=[form]) == 10


def test_user_units_enlarge_the_text():
    assert measured(TEXT["font size"][0], entries=[b"/UserUnit 1.5"]) == 16.5


TYPE3 = (
    b"<< /Type /Font /Subtype /Type3 /FontMatrix [.01 0 0 .01 0 0] /FontBBox [0 0 99 99]"
    b" /CharProcs << >> /Encoding << >> /FirstChar 0 /LastChar 0 /Widths [0] >>"
)


def test_sheets_and_checks_measure_one_size_of_text_even_in_a_type_3_font():
    resources = b"/Resources << /Font << /F1 4 0 R >> >>"
    pdf = pages_pdf([b"BT /F1 1.4 Tf (a) Tj ET"], resources=resources, more=[TYPE3])
    places = frames(open_pdf(pdf))
    [page] = read_pages(pdf, places, 12)
    assert [round(run.size, 2) for run in page.runs] == [14]
    assert smallest_text(pdf, places) == (14,)


def test_type_3_fonts_are_measured_with_their_own_scale():
    resources = b"/Resources << /Font << /F1 4 0 R >> >>"
    assert measured(b"BT /F1 1.2 Tf (a) Tj ET", resources=resources, more=[TYPE3]) == 12


def test_our_own_typesetting_is_measured_right():
    from weasyprint import HTML

    html = "<html lang=en><style>@page{size:A4} p{font-size:18pt} b{font-size:16pt}</style>"
    pdf = HTML(string=html + "<p>Large <b>print</b></p>").write_pdf()
    assert smallest_text(pdf, frames(open_pdf(pdf)))[0] == pytest.approx(16, abs=0.01)


def test_forms_that_share_resources_naming_all_of_them_are_looked_into_once():
    many = 30
    shared = b"<< /XObject << %b >> >>" % b" ".join(
        b"/X%d %d 0 R" % (n, 5 + n) for n in range(many)
    )
    entries = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources 4 0 R"
    forms = [stream(b"", entries) for _ in range(many)]
    pdf = pages_pdf([b""], resources=b"/Resources 4 0 R", more=[shared, *forms])
    assert frames(open_pdf(pdf))[0].type3 == 1
