"""Edges: nothing that is printed goes off the paper in silence, whichever way pages lie."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booklet.print.schemes import scheme_named
from booklet.print.sheets import make_sheets
from booklet.problems import FaultsFound
from tests.print.pdfs import A4, A5, MM, leaflet, pages_pdf, stream, words
from tests.print.pictures import picture

PUSHED = r"the staple margin pushes up to [\d.]+ mm"
NEAR = "most printers leave 5 mm white"
RIGHT_TO_LEFT = b"/ViewerPreferences << /Direction /R2L >>"


def bar(edge, room, size, turn=0):
    """The content and the boxes of a page whose only ink is `room` mm from an edge as it is seen.

    `turn` is the page's rotation; the page is seen upright all the same.
    """
    width, height = size
    x = {"left": room * MM, "right": width - room * MM - 30}.get(edge, 100)
    y = {"bottom": room * MM, "top": height - room * MM - 30}.get(edge, 200)
    upright = {
        0: b"1 0 0 1 0 0",
        90: b"0 1 -1 0 %.3f 0" % height,
        180: b"-1 0 0 -1 %.3f %.3f" % size,
        270: b"0 -1 1 0 0 %.3f" % width,
    }[turn]
    box = (height, width) if turn % 180 else size
    return (
        b"%b cm %.3f %.3f 30 30 re f" % (upright, x, y),
        b"/MediaBox [0 0 %.3f %.3f] /Rotate %d" % (*box, turn),
    )


def with_bar(number, *where, pages=2, size=A4, catalog=b""):
    """A leaflet whose page of this number has a bar, and nothing else, near an edge."""
    contents = [words(n) for n in range(1, pages + 1)]
    entries = [b"/MediaBox [0 0 %.3f %.3f]" % size] * pages
    contents[number - 1], entries[number - 1] = bar(*where)
    return pages_pdf(contents, entries=entries, catalog=catalog)


def notes(pdf, scheme="flat", **options):
    return " ".join(make_sheets(pdf, scheme_named(scheme), **options)[0].notes)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("page", [1, 2])
@pytest.mark.parametrize("edge", ["left", "right"])
@pytest.mark.parametrize("catalog", [b"", RIGHT_TO_LEFT], ids=["bound left", "bound right"])
def test_print_is_pushed_off_away_from_the_staples_only(turn, page, edge, catalog):
    """Odd pages move away from the bound edge, even ones the other way; 3 mm is not enough."""
    pdf = with_bar(page, edge, 3, A4, turn, catalog=catalog)
    outer = "right" if (page == 1) == (catalog == b"") else "left"
    if edge == outer:
        with pytest.raises(FaultsFound, match=f"page {page}: {PUSHED}"):
            notes(pdf)
    else:
        assert NEAR not in notes(pdf)


@pytest.mark.parametrize("page", [1, 2])
def test_one_sided_leaves_move_every_page_to_the_right(page):
    with pytest.raises(FaultsFound, match=f"page {page}: {PUSHED}"):
        notes(with_bar(page, "right", 3, A4), "one-side")
    assert NEAR not in notes(with_bar(page, "left", 3, A4), "one-side")


@settings(max_examples=40, deadline=None)
@given(room=st.floats(0.5, 15), turn=st.sampled_from([0, 90, 180, 270]))
def test_what_is_lost_is_refused_and_what_is_near_is_told(room, turn):
    """5 mm of staple margin and 5 mm of white; half a millimetre is as sure as measuring is."""
    try:
        said = notes(with_bar(1, "right", room, A4, turn))
    except FaultsFound:
        assert room < 5
    else:
        assert room > 4.6
        assert room < 10 if NEAR in said else room > 9.1


def test_the_message_says_which_pages_how_many_mm_and_what_to_do():
    contents = [bar("right", 1, A4)[0], bar("left", 3, A4)[0], words(3)]
    with pytest.raises(FaultsFound) as caught:
        notes(pages_pdf(contents, size=A4))
    assert "pages 1, 2: the staple margin pushes up to 4." in str(caught.value)
    assert "add --fit, which prints them at 95%" in str(caught.value)
    assert "--scheme booklet-a3" in str(caught.value)
    assert notes(pages_pdf(contents, size=A4), "booklet-a3").count("pages 1, 2: print comes") == 1


def test_fit_brings_all_of_it_onto_the_paper_and_says_the_size_of_the_text():
    pdf = pages_pdf([words(1, 14) + b"565 400 30 30 re f", words(2, 14)], size=A4)
    [made] = make_sheets(pdf, scheme_named("flat"), fit=True)
    assert "printed at 95% of its size: its smallest text, 14 point, comes out at 13.3" in (
        " ".join(made.notes)
    )
    row = picture(made.pdf, 0).crop((2 * 500, 2 * 420, 2 * 595, 2 * 420 + 1))
    assert sum(grey < 128 for grey in row.tobytes()) == pytest.approx(2 * 30 * 0.952, abs=2)


@pytest.mark.parametrize(
    ("room", "edge", "says"),
    [(8, "right", "where the staple margin moves it"), (3, "top", "the document needs wider")],
)
def test_a_note_says_whether_the_staple_margin_or_the_document_is_near_the_edge(room, edge, says):
    said = notes(with_bar(1, edge, room, A4))
    assert "page 1: print comes within 3 mm of the edge of the paper" in said
    assert says in said


def test_fit_makes_room_where_the_staple_margin_took_what_printers_need():
    contents = [words(1, 14) + bar("right", 8, A4)[0], words(2, 14)]
    [made] = make_sheets(pages_pdf(contents, size=A4), scheme_named("flat"), fit=True)
    said = " ".join(made.notes)
    assert "page 1 is printed at 95% of its size" in said
    assert NEAR not in said
    blank = picture(made.pdf, 0).crop((2 * 595 - round(2 * 7 * MM), 0, 2 * 595, 2 * 842))
    assert min(blank.tobytes()) > 250


@pytest.mark.parametrize("edge", ["left", "right", "top", "bottom"])
@pytest.mark.parametrize("page", [1, 2])
def test_in_a_folded_booklet_three_edges_are_the_papers_and_one_is_the_fold(edge, page):
    said = notes(with_bar(page, edge, 3, A5, pages=4, size=A5), "booklet")
    at_the_fold = edge == ("left" if page == 1 else "right")
    assert (f"page {page}: print comes within 3 mm" in said) != at_the_fold


def test_what_inner_sheets_lose_at_the_fold_is_told():
    pdf = pages_pdf([b"0 0 600 600 re f"] * 40)
    assert "inner sheets lose up to 0." in notes(pdf, "booklet")
    assert "fold" not in notes(leaflet(40), "booklet")


def test_a_page_a_hair_larger_than_the_paper_loses_nothing_worth_refusing():
    size = (A4[0] + MM, A4[1] + MM)
    pdf = pages_pdf([b"200 0 150 %.2f re f" % size[1]], size=size)
    assert "print reaches the edge" in notes(pdf, "flat")


def test_what_an_annotation_draws_is_not_on_the_sheet_and_so_not_at_its_edge():
    stamp = (
        b"/MediaBox [0 0 595 842] /Annots [<< /Type /Annot /Subtype /Square /F 4 /C [0 0 0]"
        b" /Rect [580 10 594 90] /AP << /N 4 0 R >> >>]"
    )
    drawn = stream(b"0 0 14 80 re f", b"/Type /XObject /Subtype /Form /BBox [0 0 14 80]")
    said = notes(pages_pdf([words(1)], entries=[stamp], more=[drawn]))
    assert "comments, stamps" in said
    assert NEAR not in said


BARE = b"/MediaBox [0 0 600 700] /CropBox [90 60 509.53 655.28]"
TRIMMED = b"/MediaBox [0 0 600 700] /TrimBox [90 60 509.53 655.28]"
BLED = TRIMMED + b" /BleedBox [70 40 530 680]"


@pytest.mark.parametrize(
    ("entries", "content", "says"),
    [
        (BARE, b"0 0 600 700 re f", "page 1: print reaches the edge and has no bleed"),
        (TRIMMED, b"0 0 600 700 re f", ""),
        (BLED, b"0 0 600 700 re f", ""),
        (BLED, b"100 300 200 200 re f", "page 1: print comes within 4 mm of the cut"),
        (TRIMMED, b"120 300 200 200 re f", ""),
    ],
    ids=["no bleed", "the crop box is the bleed", "bleed", "near the cut", "well inside"],
)
def test_a_print_shop_is_told_what_a_cut_may_spoil(entries, content, says):
    said = notes(pages_pdf([content], entries=[entries]), "print-shop")
    assert says in said
    assert says or not ("bleed" in said or "cut" in said)
