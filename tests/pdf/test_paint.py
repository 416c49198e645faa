"""Contrast is measured on pictures of the page: with text, and without."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from booklet.contrast import Colour, contrast
from booklet.pdf.geometry import Box
from booklet.pdf.paint import RenderedPage, blended, measure

WHITE, BLACK, TEAL = (255, 255, 255), (0, 0, 0), (11, 79, 92)
LETTER = Box(10, 10, 20, 22)
COLOURS = st.tuples(*[st.integers(0, 255)] * 3)


def canvas(ground: Colour, ink: Colour, right: Colour | None = None) -> RenderedPage:
    """A page of 40 by 40 points; its letter is a full block; `right` colours half the ground."""
    bare = Image.new("RGBX", (80, 80), (*ground, 255))
    if right:
        bare.paste((*right, 255), (30, 0, 80, 80))
    full = bare.copy()
    full.paste((*ink, 255), (22, 40, 38, 56))
    return RenderedPage(lambda shown: full if shown else bare, 2, 0, 40)


@given(COLOURS, COLOURS)
def test_contrast_is_between_1_and_21_and_the_same_both_ways(one: Colour, other: Colour) -> None:
    assert 1 <= contrast(one, other) <= 21.0000001
    assert contrast(one, other) == contrast(other, one)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [(WHITE, BLACK, 21), ((0, 94, 184), WHITE, 6.4), ((118, 118, 118), WHITE, 4.54)],
)
def test_known_pairs_have_their_known_contrast(one: Colour, other: Colour, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.05)


def test_letters_half_off_their_panel_count_with_the_worse_half() -> None:
    paint = measure(canvas(TEAL, WHITE, right=(240, 240, 240)), [LETTER], (*WHITE, 255))
    assert paint is not None
    assert paint.contrast < 1.2


def test_letters_in_the_colour_of_their_ground_do_not_show() -> None:
    paint = measure(canvas(WHITE, WHITE), [LETTER], (*WHITE, 255))
    assert paint is not None
    assert not paint.shows


def test_letters_off_the_page_are_not_measured() -> None:
    assert measure(canvas(WHITE, BLACK), [Box(50, 50, 60, 60)], (*BLACK, 255)) is None


def test_thin_strokes_that_look_grey_from_afar_are_looked_at_closer() -> None:
    far, near = canvas(WHITE, (140, 140, 140)), canvas(WHITE, BLACK)
    closer = replace(far, closer=lambda box: near)
    paint = measure(closer, [LETTER], (*BLACK, 255))
    assert paint is not None
    assert paint.contrast == pytest.approx(21)
    see_through = measure(far, [LETTER], (*BLACK, 255))
    assert see_through is not None
    assert see_through.contrast < 4


def test_a_see_through_fill_is_mixed_with_its_ground() -> None:
    assert blended((0, 0, 0, 255), WHITE) == BLACK
    assert blended((0, 0, 0, 0), WHITE) == WHITE
