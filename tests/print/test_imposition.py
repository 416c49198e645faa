"""Page order: every page once, every leaf's back behind its front."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booklet.print.imposition import duplex_order, saddle_order, single_order
from booklet.print.onesided import runs
from booklet.print.schemes import SCHEMES, STACKINGS, scheme_named, towards_spine
from booklet.print.stock import Paper
from booklet.problems import WrongUsage

PAGES = st.integers(1, 200)


@given(pages=PAGES, scheme=st.sampled_from(SCHEMES))
def test_every_page_is_printed_exactly_once(pages, scheme):
    printed = [page for side in scheme.sides(pages) for page in side if page]
    assert sorted(printed) == list(range(1, pages + 1))


@given(pages=PAGES)
def test_a_folded_leaf_has_its_back_behind_its_front(pages):
    """A leaf's two faces are the right of one side and the left of the other."""
    sides = saddle_order(pages)
    for front, back in zip(sides[::2], sides[1::2], strict=True):
        for recto, verso in ((front[1], back[0]), (back[1], front[0])):
            assert recto is None or recto % 2 == 1
            assert verso is None or verso == recto + 1


@given(pages=PAGES)
def test_leaves_of_a_folded_stack_read_in_order(pages):
    """Nest the sheets, fold them, and leaf through: pages run from 1 to the last."""
    sides = saddle_order(pages)
    fronts, backs = sides[::2], sides[1::2]
    first_half = [
        page for front, back in zip(fronts, backs, strict=True) for page in (front[1], back[0])
    ]
    second_half = [
        page
        for front, back in zip(fronts[::-1], backs[::-1], strict=True)
        for page in (back[1], front[0])
    ]
    read = first_half + second_half
    assert [page for page in read if page] == list(range(1, pages + 1))
    assert read[pages:] == [None] * (len(read) - pages)


@given(pages=PAGES)
def test_a_flat_leaf_has_the_next_page_on_its_back(pages):
    sides = duplex_order(pages)
    assert len(sides) % 2 == 0
    assert all(
        back[0] in (front[0] + 1, None) for front, back in zip(sides[::2], sides[1::2], strict=True)
    )


@given(pages=PAGES, stacking=st.sampled_from(STACKINGS), name=st.sampled_from(["booklet", "flat"]))
def test_hand_turned_backs_land_on_their_fronts(pages, stacking, name):
    """Play the printer: stack the fronts, put them back as told, print the backs."""
    scheme = scheme_named(name)
    sides = scheme.sides(pages)
    fronts, backs = runs(scheme, sides, stacking, Paper())
    # Top first. Face down: each sheet falls on the one before, and the last lies on top.
    # Face up, too; turned over as a whole, the first one is on top.
    stack = list(fronts.sides)[::-1]
    if stacking == "face-down":
        stack = stack[::-1]
    assert [front + 1 for front in stack] == list(backs.sides)


def test_only_the_backs_of_a_booklet_are_printed_head_down():
    for name, head_down in (("booklet", True), ("flat", False)):
        scheme = scheme_named(name)
        fronts, backs = runs(scheme, scheme.sides(8), "face-up", Paper())
        assert (fronts.head_down, backs.head_down) == (False, head_down)


def test_one_sided_sheets_have_no_backs_to_print():
    scheme = scheme_named("one-side")
    with pytest.raises(WrongUsage, match="has no backs to print"):
        runs(scheme, single_order(3), "face-down", Paper())


@pytest.mark.parametrize(
    ("pages", "a4_sheets", "flat_leaves"), [(16, 4, 8), (40, 10, 20), (80, 20, 40)]
)
def test_sheets_and_leaves_are_those_of_the_standards_sheet(pages, a4_sheets, flat_leaves):
    assert scheme_named("booklet").sheets(pages) == a4_sheets
    assert scheme_named("booklet").leaves(pages) == 2 * a4_sheets
    assert scheme_named("flat").leaves(pages) == flat_leaves


def test_creep_grows_with_every_sheet_around_and_with_the_paper():
    assert towards_spine(0, 0, Paper(80)) == 0
    assert towards_spine(8, 0, Paper(80)) == pytest.approx(0.416)
    assert towards_spine(8, 0, Paper(100)) > towards_spine(8, 0, Paper(80))


def test_an_unknown_scheme_is_wrong_usage_that_names_the_known_ones():
    with pytest.raises(WrongUsage, match=r"`poster`.*booklet-a3"):
        scheme_named("poster")
