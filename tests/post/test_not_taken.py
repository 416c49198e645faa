"""Booklets that a carrier does not take: who is told, and what they are offered."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from booklet.content.read_letter import read_letter
from booklet.editions import size_named
from booklet.post.carriers import carrier_named
from booklet.post.enclosures import Enclosed
from booklet.post.jobs import MailJob
from booklet.post.making import pages_behind
from booklet.post.not_taken import TOO_LONG, as_faults, as_rows, not_printed, too_long
from booklet.post.order import MailOrder, Way
from booklet.post.packs import Printed
from booklet.post.recipient import Given, Recipient
from booklet.post.setting import setting_for
from booklet.print.stock import A4, A5
from tests.conftest import ROOT

CONTENT = ROOT / "content"
ORDER = MailOrder(
    Path("list.csv"), "appointment", "example", "", "desk-c5", CONTENT, Path(), date(2026, 12, 1)
)
C5 = carrier_named("desk-c5")
STANDARD, LARGE, GIANT = (
    Given("leaflet", "patient", size_named(name), "en") for name in ("standard", "large", "giant")
)
ENCLOSED = {
    form: Enclosed(
        b"", "1.0", "", Printed(pages, paper), "A title", f"{form.size.name}.pdf", "", ""
    )
    for form, pages, paper in ((STANDARD, 16, A5), (LARGE, 20, A4), (GIANT, 8, A4))
}


def person(row: int, form: Given) -> Recipient:
    return Recipient(row, 0, "", "", (), form)


PEOPLE = (person(2, STANDARD), person(3, LARGE), person(9, LARGE))


def test_who_needs_large_print_is_offered_no_smaller_print() -> None:
    told = too_long(ENCLOSED, C5, ORDER)
    assert [*told] == [LARGE]  # the others go in
    assert "--size giant" in told[LARGE].instead
    assert "standard" not in told[LARGE].instead


def test_a_booklet_that_is_too_long_names_the_rows_that_would_get_it() -> None:
    people = (*PEOPLE, replace(person(10, LARGE), part=1))
    (fault,) = as_faults(too_long(ENCLOSED, C5, ORDER, lambda form: 3), people, Path("list.csv"))
    assert str(fault).startswith(
        "list.csv: error: row 3: the post room (C5) does not take a letter of 3 pages with"
    )
    assert fault.message.endswith(". The same holds for rows 9, 10 (the copy)")


def test_rows_whose_booklet_is_too_long_can_be_left_out_with_what_would_go() -> None:
    long = too_long(ENCLOSED, C5, ORDER)
    (copy,) = as_rows(long, [replace(person(4, LARGE), part=1)])
    assert copy.reasons[0].message.startswith("of the copy: the post room (C5) does not take")
    left = [*as_rows(long, PEOPLE)]
    assert [(each.row, each.reasons[0].rule) for each in left] == [(3, TOO_LONG), (9, TOO_LONG)]
    assert "desk-c4" in left[0].reasons[0].remedy


def test_pages_that_are_printed_with_the_letters_are_looked_at_and_those_of_the_shelf_not() -> None:
    rules = [each.rule for each in not_printed(ENCLOSED, C5, ORDER)]
    assert rules == ["unable-to-read-the-file"] * 2  # of A4: these could not even be opened
    assert not [*not_printed(ENCLOSED, C5, replace(ORDER, way="letters"))]


@pytest.mark.parametrize(
    ("way", "form", "pages"),
    [("stream", GIANT, 8), ("files", GIANT, 8), ("stream", STANDARD, 0), ("letters", GIANT, 0)],
)
def test_pages_that_are_folded_with_a_letter_count_against_its_sheets(
    way: Way, form: Given, pages: int
) -> None:
    letter = read_letter(CONTENT, "withdrawn", "example", frozenset({"booklet code"}))
    setting = setting_for(replace(ORDER, way=way), letter, C5)
    assert pages_behind(MailJob(1, (), setting, ENCLOSED[form], "")) == pages
