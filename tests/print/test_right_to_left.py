"""A booklet read from right to left is bound at the right, and everything in the mirror."""

import json
from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from typer.testing import CliRunner

from booklet.commands.print import app
from booklet.print.schemes import SCHEMES, scheme_named
from booklet.print.sheets import make_sheets
from booklet.print.stock import Paper
from tests.print.pdfs import A4, A5, MM, pages_pdf, words
from tests.print.pictures import difference, found, picture


def leaflet(pages, size=A5, direction=b"/R2L"):
    return pages_pdf(
        [words(number) for number in range(1, pages + 1)],
        size=size,
        catalog=b"/ViewerPreferences << /Direction %b >>" % direction,
    )


def sheets(pdf, scheme="booklet", **options):
    return make_sheets(pdf, scheme_named(scheme), **options)


@given(pages=st.integers(1, 200), scheme=st.sampled_from(SCHEMES))
def test_every_page_is_printed_once_and_stands_in_the_mirror(pages, scheme):
    sides = replace(scheme, edge="right").sides(pages)
    assert sorted(page for side in sides for page in side if page) == list(range(1, pages + 1))
    assert [side[::-1] for side in sides] == list(scheme.sides(pages))


@given(pages=st.integers(1, 200))
def test_a_stack_folded_at_the_right_reads_in_order(pages):
    """Page 1 is the left half of the outermost front; its back is the right half behind it."""
    sides = replace(scheme_named("booklet"), edge="right").sides(pages)
    fronts, backs = sides[::2], sides[1::2]
    inwards = [
        page for front, back in zip(fronts, backs, strict=True) for page in (front[0], back[1])
    ]
    outwards = [
        page
        for front, back in zip(fronts[::-1], backs[::-1], strict=True)
        for page in (back[0], front[1])
    ]
    read = inwards + outwards
    assert read == [*range(1, pages + 1), *[None] * (len(read) - pages)]


@given(side=st.integers(0, 40), slot=st.integers(0, 1))
def test_creep_goes_towards_the_spine_whichever_side_is_bound(side, slot):
    scheme = scheme_named("booklet")
    assert replace(scheme, edge="right").moved(side, slot, Paper()) == scheme.moved(
        side, slot, Paper()
    )


def test_words_and_pictures_of_the_sheets_are_those_of_the_pages():
    pdf = leaflet(8)
    [made] = sheets(pdf)
    half = 297 * MM / 2
    for side, pair in enumerate(((1, 8), (7, 2), (3, 6), (5, 4))):
        sheet = picture(made.pdf, side)
        for slot, page in enumerate(pair):
            [(on, (x, _))] = found(made.pdf, f"Page {page}.")
            assert (on, x > half) == (side, slot == 1)
            left = round(2 * (slot * half + (half - A5[0]) / 2))
            here = sheet.crop((left, 0, left + round(2 * A5[0]), sheet.height))
            assert difference(here, picture(pdf, page - 1)) < 0.6


def test_leaves_are_stapled_at_the_right_and_their_pages_move_away_from_it():
    [made] = sheets(leaflet(4, A4), "flat")
    places = [x for number in range(1, 5) for _, (x, _) in found(made.pdf, f"Page {number}.")]
    assert [round((x - places[0]) / MM, 1) for x in places] == [0, 10, 0, 10]
    assert made.scheme.title.endswith("stapled at the right")


@pytest.mark.parametrize(
    ("direction", "edge"), [(b"/R2L", "right"), (b"/L2R", "left"), (b"1", "left")]
)
def test_the_reading_pdf_says_which_edge_is_bound(direction, edge):
    [made] = sheets(leaflet(4, direction=direction), "one-side")
    assert made.scheme.edge == edge


@pytest.mark.parametrize(
    ("catalog", "edge"),
    [
        (b"/Lang (ar)", "right"),
        (b"/Lang (ur-PK)", "right"),
        (b"/Lang (yi)", "right"),
        (b"/Lang (fa) /ViewerPreferences << /Direction /L2R >>", "left"),
        (b"/Lang (en-GB)", "left"),
        (b"/Lang (x-klingon)", "left"),
    ],
    ids=str,
)
def test_where_a_pdf_says_nothing_its_language_does_and_a_note_tells(catalog, edge):
    [made] = sheets(pages_pdf([words(n) for n in range(1, 5)], catalog=catalog))
    assert made.scheme.edge == edge
    assert any("so it is bound at the right" in note for note in made.notes) == (edge == "right")


def test_a_print_shop_is_told_in_the_file_and_in_words():
    [made] = sheets(leaflet(4), "print-shop")
    told = PdfReader(BytesIO(made.pdf)).root_object["/ViewerPreferences"]
    assert told["/Direction"] == "/R2L"
    assert "bound at the right" in made.run.instruction
    [folded] = sheets(leaflet(4))
    assert "/Direction" not in PdfReader(BytesIO(folded.pdf)).root_object["/ViewerPreferences"]


def test_the_ticket_puts_the_staples_at_the_right(tmp_path):
    (tmp_path / "a.pdf").write_bytes(leaflet(6, A4))
    done = CliRunner().invoke(app, ["ticket", str(tmp_path / "a.pdf"), "--json"])
    made = json.loads(done.output)
    assert made["scheme"] == "A4 leaves, both sides, stapled at the right"
    assert made["staple"].startswith("Two staples down the right edge")
