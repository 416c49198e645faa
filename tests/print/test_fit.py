"""Fit: never unasked, never below the floor, and always said in points."""

import pytest

from booklet.print.schemes import scheme_named
from booklet.print.sheets import make_sheets
from booklet.problems import FaultsFound
from tests.print.pdfs import A4, A5, leaflet, pages_pdf, words
from tests.print.pictures import found

LETTER = (612, 792)


def sheets(pdf, scheme="booklet", **options):
    return make_sheets(pdf, scheme_named(scheme), **options)


def test_the_print_scale_trap_is_refused_with_both_sizes():
    """18 point A4 on half of A4 comes out at 12.7 (the standards sheet's own arithmetic)."""
    with pytest.raises(FaultsFound, match=r"71% .* 18 point, comes out at 12\.7 point, below 16"):
        sheets(leaflet(4, A4, text=18), fit=True)


def test_clear_print_may_not_fall_below_12():
    with pytest.raises(FaultsFound, match=r"comes out at 9\.9 point, below 12"):
        sheets(leaflet(4, A4, text=14), fit=True)


def test_a_fit_above_the_floor_is_made_and_says_its_size():
    [made] = sheets(leaflet(4, LETTER, text=14), "flat", fit=True)
    assert any(
        "97% of its size" in note and "comes out at 13.6 point" in note for note in made.notes
    )


def test_what_fits_anyway_is_not_made_smaller():
    [with_fit] = sheets(leaflet(4), fit=True)
    [without] = sheets(leaflet(4))
    assert with_fit.pdf == without.pdf


def test_small_pages_are_never_enlarged():
    [made] = sheets(leaflet(2), "flat", fit=True)
    [(_, (x, _))] = found(made.pdf, "Page 1.")
    assert x == pytest.approx(50 + (A4[0] - A5[0]) / 2 + 5 * 72 / 25.4, abs=2)


def test_the_floor_can_be_given():
    [made] = sheets(leaflet(4, A4, text=18), fit=True, floor=12)
    assert any("12.7 point" in note for note in made.notes)
    with pytest.raises(FaultsFound, match="below 13"):
        sheets(leaflet(4, A4, text=18), fit=True, floor=13)


def test_the_note_names_all_pages_made_smaller_and_the_smallest_of_them():
    [made] = sheets(leaflet(5, LETTER, text=14), "flat", fit=True)
    [note] = [note for note in made.notes if "made smaller" in note]
    assert note.startswith("pages 1, 2, 3 and 2 more are made smaller; smallest: page 1 is")


def test_the_page_that_fits_worst_is_named_with_its_own_share():
    entries = [b"/MediaBox [0 0 %d %d]" % LETTER, b"/MediaBox [0 0 %d %d]" % A3]
    with pytest.raises(FaultsFound, match=r"page 2, the largest, 297 × 420 mm.*at 71%"):
        sheets(pages_pdf([words(1), words(2)], entries=entries), "flat")


def test_giant_print_stays_giant_print():
    with pytest.raises(FaultsFound, match=r"24 point, comes out at 17\.0 point, below 24"):
        sheets(leaflet(4, A4, text=24), fit=True)
    assert sheets(leaflet(4, A4, text=36), fit=True)


def test_a_cover_of_large_letters_does_not_make_a_document_large_print():
    """The floor is that of the whole document: its smallest text is 14 point."""
    entries = [b"/MediaBox [0 0 %.3f %.3f]" % A4, b"", b"", b""]
    pdf = pages_pdf([words(1, 20), *(words(n) for n in range(2, 5))], entries=entries)
    [made] = sheets(pdf, fit=True)
    assert any("20 point, comes out at 14.1 point" in note for note in made.notes)


def test_what_is_smaller_than_the_floor_asks_for_a_lower_one_in_words_that_work():
    with pytest.raises(FaultsFound, match=r"larger paper, or --floor 9 if its readers"):
        sheets(leaflet(4, A4, text=14), fit=True)
    assert sheets(leaflet(4, A4, text=14), fit=True, floor=9)


A3 = (842, 1191)
REMEDIES = {
    "A4 in an A5 booklet": (A4, "booklet", "choose --scheme booklet-a3 or --scheme flat"),
    "US Letter in an A5 booklet": (LETTER, "booklet", "--scheme flat --fit prints it at 97%"),
    "US Letter on A4": (LETTER, "flat", "--scheme flat --fit prints it at 97%"),
    "A3 on A4": (A3, "flat", "--scheme flat --fit prints it at 71%"),
    "A3 in an A4 booklet": (A3, "booklet-a3", "--scheme print-shop"),
}


@pytest.mark.parametrize(("size", "scheme", "says"), REMEDIES.values(), ids=REMEDIES)
def test_pages_too_large_are_told_which_scheme_takes_them(size, scheme, says):
    with pytest.raises(FaultsFound, match=says):
        sheets(leaflet(4, size), scheme)


def test_the_remedy_for_us_letter_is_one():
    [made] = sheets(leaflet(4, LETTER, text=14), "flat", fit=True)
    assert any("97%" in note for note in made.notes)


def test_the_smallest_text_of_all_pages_decides():
    contents = [words(1, 30), words(2, 16), words(3, 24)]
    with pytest.raises(FaultsFound, match=r"page 2 .* 16 point"):
        sheets(pages_pdf(contents, size=A4), fit=True)


def test_pages_whose_text_cannot_be_measured_are_refused_until_looked_at():
    scan = pages_pdf([b"0 0 300 300 re f"], size=A4)
    with pytest.raises(FaultsFound, match=r"page 1: no text to measure"):
        sheets(scan, fit=True)
    [made] = sheets(scan, fit=True, floor=0)
    assert any("nobody can say how small" in note for note in made.notes)
