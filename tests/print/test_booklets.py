"""The sheets of our own booklets: every place looks like its page, and nothing is at an edge."""

from pathlib import Path

import pytest
from PIL import Image

from booklet.editions import AUDIENCES, SIZES, Size
from booklet.print.schemes import Scheme
from booklet.print.sheets import make_sheets
from tests.print.pdfs import A4, A5, MM
from tests.print.pictures import picture, soft, soft_difference

pytestmark = pytest.mark.slow

EDITIONS = [(audience, size) for audience in AUDIENCES for size in SIZES if size.built_by_default]
EDGE = 15
"""Pixels at the left and right of a page that the staple margin moves off its sheet."""


def left_of(scheme: Scheme, side: int, slot: int) -> float:
    """Where a page of ours begins on its sheet, in points: sums of their own, not the scheme's."""
    if scheme.name == "flat":
        return (-5 if side % 2 else 5) * MM
    half, creep = 297 * MM / 2, side // 2 * 0.104 * MM
    return slot * half + (half - A5[0]) / 2 + (-creep if slot else creep)


def middle(image: Image.Image, left: float, width: float) -> Image.Image:
    """A page without its edges, soft."""
    return soft(image.crop((round(left) + EDGE, 0, round(left + width) - EDGE, image.height)))


@pytest.mark.parametrize(("audience", "size"), EDITIONS)
def test_every_page_of_our_booklets_is_on_its_sheet_as_it_is_read(
    booklets: dict[str, Path], audience: str, size: Size
) -> None:
    pdf = booklets[f"aml-relapse-{audience}-{size.name}"].read_bytes()
    [made] = make_sheets(pdf)
    standard = size.name == "standard"
    assert made.scheme.name == ("booklet" if standard else "flat")
    assert [note.split(";")[0] for note in made.notes] == [
        "page 1: colour runs to the edges of the paper"
    ]
    assert len(made.pdf) < 1.15 * len(pdf)
    width = A5[0] if standard else A4[0]
    pages = [middle(picture(pdf, number, 1), 0, width) for number in range(made.pages)]
    seen = []
    for number, side in enumerate(made.scheme.sides(made.pages)):
        sheet = picture(made.pdf, number, 1)
        for slot, page in enumerate(side):
            assert page is not None
            here = middle(sheet, left_of(made.scheme, number, slot), width)
            unlike = soft_difference(here, pages[page - 1])
            assert unlike < 2  # the cover's colour is trimmed by the staple margin
            assert unlike < soft_difference(here, pages[page - 2])
            seen.append(page)
    assert sorted(seen) == list(range(1, made.pages + 1))
