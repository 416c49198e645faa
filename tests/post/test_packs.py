"""What each carrier says to a letter with a booklet, and what would go instead."""

import re

import pytest

from booklet.post.carriers import carrier_named, carriers
from booklet.post.packs import Answer, Enclosure, Printed, answer, takes
from booklet.print.postage import load_postage
from booklet.print.stock import A4, A5
from tests.conftest import ROOT

LONG = Printed(44, A4)  # as long as the AML booklet for patients in large print


def asked(carrier: str, book: Printed, sizes: dict[str, Printed] | None = None) -> Answer:
    whole = Enclosure(1, book)
    return answer(carrier_named(carrier), whole, carriers(), load_postage(), sizes)


SAID = {
    "gov-notify": "it takes 10 pages, and these are 45; it takes 5 sheets, and these are 23",
    "nhs-notify-c5": "it takes 9 pages, and these are 45; it takes 4 sheets, and these are 23",
    "nhs-notify-c4": "it takes 39 pages, and these are 45; it takes 19 sheets, and these are 23",
    "desk-dl": "5 sheets fold twice for DL, not 23",
    "desk-c5": "5 sheets fold once for C5, not 23",
}


@pytest.mark.parametrize("carrier", SAID)
def test_44_pages_are_too_many_for_all_but_a_large_envelope(carrier: str) -> None:
    said = asked(carrier, LONG)
    assert not said.fits
    assert SAID[carrier] in said.said
    apart = f"the letter alone by `{carrier}`, and the booklet apart, in C4 as a Large letter"
    assert "both by `desk-c4`" in said.said
    assert apart in said.said


def test_a_large_envelope_takes_44_pages_with_their_letter() -> None:
    said = asked("desk-c4", LONG)
    assert said.fits
    assert "a letter of 1 page with a booklet of 44 pages in one envelope" in said.said


def test_a_size_that_would_go_is_offered_first() -> None:
    said = asked("desk-c5", LONG, {"standard": Printed(40, A5), "large": LONG})
    assert "What would go: `--size standard`, a booklet of 40 pages; or both" in said.said
    assert "`--size large`" not in said.said


def test_carriers_that_print_take_no_other_size_of_page() -> None:
    said = asked("gov-notify", Printed(8, A5))
    assert "it prints 210 × 297 mm, and a page of the booklet is 148 × 210 mm" in said.said


@pytest.mark.parametrize(
    ("carrier", "pages"),
    [("gov-notify", 8), ("nhs-notify-c5", 6), ("nhs-notify-c4", 36), ("desk-c5", 8)],
)
def test_the_last_booklet_that_goes_and_the_first_that_does_not(carrier: str, pages: int) -> None:
    """A letter takes a sheet of its own, whatever it fills of it."""
    taken = carrier_named(carrier)
    assert takes(taken, Enclosure(1, Printed(pages, A4)))
    assert not takes(taken, Enclosure(1, Printed(pages + 2, A4)))


def test_who_takes_no_pdfs_is_no_way_out() -> None:
    book = Printed(16, A4)
    assert takes(carrier_named("nhs-notify-c4"), Enclosure(1, book))
    assert "both by `desk-c4`; or" in asked("gov-notify", book).instead


def test_a_heavy_booklet_is_refused_by_its_thickness() -> None:
    assert not takes(carrier_named("desk-c4"), Enclosure(1, Printed(400, A4)))


def test_paper_that_is_printed_on_one_side_is_counted_so() -> None:
    room, book = carrier_named("desk-c5"), Printed(6, A4, one_sided=True)
    assert takes(room, Enclosure(1, Printed(6, A4)))
    said = answer(room, Enclosure(1, book, one_sided=True), carriers(), load_postage())
    assert "5 sheets fold once for C5, not 7" in said.why
    assert said.instead.startswith("the same printed on both sides; or both by")
    assert not takes(room, Enclosure(6, one_sided=True))
    assert Printed(40, A5, one_sided=True).leaves == 20


def test_the_docs_say_which_carrier_takes_which_booklet() -> None:
    page = (ROOT / "docs/carriers.md").read_text(encoding="utf-8")
    rows = dict(
        re.findall(r"^\| `([a-z0-9-]+)` \| ((?:yes|no)[^|]*\|[^|]*)\|$", page, re.MULTILINE)
    )
    for carrier in carriers():
        said = [cell.strip().startswith("yes") for cell in rows[carrier.name].split("|")]
        assert said == [takes(carrier, Enclosure(1, Printed(pages, A4))) for pages in (16, 44)]
