"""What a run costs to post, and what of it nobody here knows."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from booklet.post.account import posted as kinds_of
from booklet.post.carriers import carrier_named
from booklet.post.ledger import Letter
from booklet.post.packs import Enclosure, Printed
from booklet.post.run_postage import RunPostage, Sent, lines, postage_of
from booklet.print.postage import load_postage
from booklet.print.stock import A4, A5

TODAY = date(2026, 11, 25)
STANDARD = Sent("standard", 12, 100, Enclosure(1, Printed(40, A5)))
LARGE = Sent("large", 18, 10, Enclosure(2, Printed(44, A4)))
ALONE = Sent("standard", 12, 5, Enclosure(1))
LETTER = Letter(2, 0, "", "", 1, 1, "", "", "", "patient", "standard", "en", "", "")


def posted(*parts: Sent, by: str = "desk-c5", free: bool = False) -> RunPostage:
    carrier = carrier_named(by)
    return postage_of(parts, carrier, load_postage(), TODAY, articles_for_the_blind=free)


def test_each_kind_has_envelope_weight_thickness_class_and_price() -> None:
    (item,) = posted(STANDARD).items
    assert (item.envelope, item.service) == ("C5", "Letter")
    assert item.grams == pytest.approx(4.99 + 10 * 4.99 + 8, abs=0.5)
    assert item.thickness == pytest.approx(2 * 0.104 + 20 * 0.104 + 0.5, abs=0.01)
    assert "100 × standard, letter of 1 page with booklet of 40 pages: C5, 63 g, 2.8 mm" in "".join(
        lines(posted(STANDARD))
    )


def test_paper_that_is_printed_on_one_side_weighs_twice_as_much() -> None:
    letters = [replace(LETTER, pages=4)]
    (both,), (one,) = (posted(*kinds_of(letters, {}, each)).items for each in (False, True))
    assert (one.grams - 8, one.thickness - 0.5) == pytest.approx(
        (2 * (both.grams - 8), 2 * (both.thickness - 0.5))
    )


def test_the_total_is_the_sum_of_all_kinds() -> None:
    run = posted(STANDARD, ALONE)
    assert run.total("first") == (105 * Decimal("1.80"), 0)
    assert run.total("second") == (105 * Decimal("0.91"), 0)
    assert "Total, 1st class: £189.00" in [*lines(run)]


def test_a_price_that_nobody_knows_is_not_left_out_of_the_total_in_silence() -> None:
    run = posted(STANDARD, LARGE)
    assert run.total("first") == (Decimal("180.00"), 10)
    told = [*lines(run)]
    assert (
        "Total, 1st class: £180.00 and 10 items whose price is not known here; look it up" in told
    )
    assert any("Large letter: price not known here" in line for line in told)


def test_a_price_over_a_year_old_is_told_with_its_day() -> None:
    thin = Sent("large", 18, 1, Enclosure(1, Printed(16, A4)))
    assert any("Prices of 7 April 2025 are over a year old" in each for each in lines(posted(thin)))


def test_what_a_carrier_prints_it_posts_and_the_rest_goes_apart() -> None:
    run = posted(STANDARD, by="gov-notify")
    letter, book = run.items
    assert (letter.ours, book.ours) == (False, True)
    assert (book.envelope, book.service) == ("C5", "Letter")
    assert "GOV.UK Notify posts what it prints: its price is not known here; ask it." in [
        *lines(run)
    ]


def test_large_print_goes_free_only_where_it_is_asked_for() -> None:
    paid, free = posted(STANDARD, LARGE), posted(STANDARD, LARGE, free=True)
    assert not any(item.free for item in paid.items)
    assert paid.could_go_free == 10
    assert any("`--articles-for-the-blind` says how" in line for line in lines(paid))
    assert [item.free for item in free.items] == [False, False, True]
    assert free.total("first") == (110 * Decimal("1.80"), 0)


def test_going_free_is_explained_with_what_speaks_against_it() -> None:
    told = " ".join(lines(posted(LARGE, free=True)))
    for words in ("envelope that stays open", "sealed and paid", "by name", "RNIB advises against"):
        assert words in told


def test_small_print_never_goes_free() -> None:
    assert not any(item.free for item in posted(STANDARD, free=True).items)


def test_letters_alike_are_one_kind_whoever_reads_them() -> None:
    made = [
        replace(LETTER, row=row, audience=reader, size=size)
        for row, (reader, size) in enumerate(
            (("family", "20"), ("patient", "20"), ("patient", "standard"))
        )
    ]
    kinds = [(each.size, each.count) for each in kinds_of(made, {})]
    assert kinds == [("standard print", 1), ("20 point print", 2)]
