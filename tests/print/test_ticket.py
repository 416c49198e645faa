"""The job ticket: sums, staplers, envelopes and stamps, and one page to pin up."""

import json
import re
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from booklet.pdf.pdfium import smallest_text
from booklet.print.binding import stapler_for
from booklet.print.onesided import runs
from booklet.print.plain_pages import ticket_pdf
from booklet.print.postage import Price, load_postage
from booklet.print.schemes import SCHEMES, scheme_named
from booklet.print.source_file import read_pdf
from booklet.print.stock import A4, Format, Paper
from booklet.print.ticket import make_ticket
from booklet.problems import FaultsFound
from booklet.typeface import font_files

TODAY = date(2026, 11, 22)
POSTAGE = load_postage()


def ticket(pages, scheme="booklet", weight=80, today=TODAY, **options):
    return make_ticket(
        pages, scheme_named(scheme), postage=POSTAGE, today=today, stock=Paper(weight), **options
    )


def test_forty_leaves_of_a4_large_print_in_c4_go_as_a_large_letter():
    """The standards sheet asks for this one by name (4.2)."""
    made = ticket(80, "flat")
    assert (made.leaves, made.envelope, made.postage) == (40, "C4", "Large letter")


# Weight of the paper in grams and of the stack in mm: the table of the standards sheet, 4.2.
@pytest.mark.parametrize(
    ("pages", "scheme", "weight", "grams"),
    [
        (16, "booklet", 80, 20),
        (24, "booklet", 100, 37),
        (40, "booklet", 100, 62),
        (16, "flat", 80, 40),
        (60, "flat", 100, 187),
        (80, "flat", 80, 200),
    ],
)
def test_weights_are_those_of_the_standards_sheet(pages, scheme, weight, grams):
    assert ticket(pages, scheme, weight).weight == pytest.approx(grams, abs=1)


@pytest.mark.parametrize(("pages", "thick"), [(16, 0.8), (32, 1.7), (60, 3.1), (80, 4.2)])
def test_thickness_of_flat_leaves_is_that_of_the_standards_sheet(pages, thick):
    assert ticket(pages, "flat").thickness == thick


def test_a_folded_booklet_is_twice_as_thick_as_its_sheets():
    assert ticket(40).thickness == pytest.approx(20 * 0.104, abs=0.05)


# A5 booklets in C5: 8 g of envelope and 5 g of letter leave 87 g and 4.5 mm for a Letter.
@pytest.mark.parametrize(
    ("pages", "weight", "postage"),
    [(20, 80, "Letter"), (68, 80, "Letter"), (72, 80, "Large letter"), (60, 100, "Large letter")],
)
def test_every_limit_of_a_letter_counts(pages, weight, postage):
    assert ticket(pages, weight=weight).postage == postage


def test_thickness_alone_makes_a_large_letter():
    letter, price = POSTAGE.service((229, 162, 5.0), 99)
    assert (letter.name, price.to) == ("Letter", 100)
    assert POSTAGE.service((229, 162, 5.1), 99)[0].name == "Large letter"
    assert POSTAGE.service((229, 162, 5.0), 101)[0].name == "Large letter"
    assert POSTAGE.service((241, 162, 5.0), 99)[0].name == "Large letter"
    assert POSTAGE.service((324, 229, 26), 99)[0].name == "Small parcel"
    assert POSTAGE.service((324, 229, 25), 751)[0].name == "Small parcel"
    assert POSTAGE.service((324, 229, 25), 2001) is None


def test_envelope_and_letter_count_in_the_post():
    """20 pages of A5: 24.9 g and 1.04 mm; with C5 (8 g, 0.5 mm) and a letter (5 g) more."""
    made = ticket(20)
    assert (made.post_weight, made.post_thickness) == (37.9, 1.5)


# 250 leaves are 26 mm and 1247 g: more than C4 holds, and within a small parcel's 160 mm and 2 kg.
# 371 leaves of A4 in their box weigh 2006 g.
@pytest.mark.parametrize(
    ("pages", "envelope", "postage"),
    [
        (384, "C4", "Small parcel"),
        (386, "a box or padded bag for A4", "Small parcel"),
        (500, "a box or padded bag for A4", "Small parcel"),
        (738, "a box or padded bag for A4", "Small parcel"),
        (742, "a box or padded bag for A4", "larger or heavier than a small parcel"),
    ],
)
def test_thick_leaves_go_in_a_box_by_the_limits_of_a_small_parcel(pages, envelope, postage):
    made = ticket(pages, "flat")
    assert (made.envelope, made.postage[: len(postage)]) == (envelope, postage)
    assert (made.post_weight > 2000) == postage.startswith("larger")


def test_what_nothing_holds_is_said_so_on_the_ticket():
    made = ticket(4000, "flat")
    assert made.envelope is None
    text = PdfReader(BytesIO(ticket_pdf(made, "Long", font_files()))).pages[0].extract_text()
    assert "none known here takes it" in text
    assert "measure what you pack it in" in re.sub(r"\s+", " ", text)


def test_a3_to_fold_says_so_where_no_envelope_takes_it_flat():
    made = ticket(8, "print-shop", finished=Format("A3", 297, 420))
    text = PdfReader(BytesIO(ticket_pdf(made, "A3", font_files()))).pages[0].extract_text()
    words = re.sub(r"\s+", " ", text)
    assert "larger or heavier" not in words
    assert "no envelope known here" in words
    assert "it goes in C4 as a Large letter" in words


def test_an_old_price_of_the_folded_booklet_warns_too():
    def told(day):
        return [words for words in ticket(8, "flat", today=day).warnings if "folded" in words]

    assert not told(date(2027, 4, 7))
    assert told(date(2027, 4, 8)) == [
        "The price of it folded is of 7 April 2026, over a year old: look it up first."
    ]


@pytest.mark.parametrize(
    ("pages", "scheme", "weight", "folded"),
    [
        (2, "flat", 80, True),
        (10, "flat", 80, True),
        (11, "flat", 80, False),
        (5, "one-side", 80, True),
        (8, "booklet-a3", 80, True),
        (12, "booklet-a3", 80, False),
        (8, "booklet", 80, False),
        (10, "flat", 300, False),
    ],
    ids=str,
)
def test_up_to_five_leaves_of_a4_may_be_folded_into_a_letter(pages, scheme, weight, folded):
    """A4 folded once is a Letter (4.2); heavy paper is none, and an A5 booklet is one already."""
    made = ticket(pages, scheme, weight)
    assert (made.folded is not None) == folded
    if folded:
        assert made.postage == "Large letter"
        assert "C5 as a Letter: 1st class £1.80, 2nd class £0.91" in made.folded


@given(pages=st.integers(1, 200), scheme=st.sampled_from(SCHEMES), weight=st.integers(60, 170))
def test_more_pages_never_cost_less(pages, scheme, weight):
    names = [service.name for service in POSTAGE.services]

    def rank(count):
        made = make_ticket(count, scheme, postage=POSTAGE, today=TODAY, stock=Paper(weight))
        return names.index(made.postage) if made.postage in names else len(names)

    assert rank(pages) <= rank(pages + 4)


@pytest.mark.parametrize(
    ("scheme", "sheets", "words"),
    [
        ("saddle", 10, "any booklet finisher"),
        ("saddle", 11, "a large booklet finisher"),
        ("saddle", 15, "a large booklet finisher"),
        ("saddle", 16, "no booklet finisher"),
        ("saddle", 20, "no booklet finisher"),
        ("side", 20, "ordinary hand stapler"),
        ("side", 50, "floor-standing"),
    ],
)
def test_the_stapler_is_the_smallest_that_takes_it(scheme, sheets, words):
    assert words in stapler_for(scheme, sheets, Paper(80)).words


def test_no_stapler_takes_more_than_it_can_and_thick_paper_counts():
    assert stapler_for("saddle", 21, Paper(80)) is None
    assert stapler_for("saddle", 17, Paper(100)) is None
    assert "wire or a ring binder" in ticket(120, "flat").staple
    assert any("more than any stapler" in words for words in ticket(120, "flat").warnings)


def test_more_than_forty_pages_warn_about_finishers():
    assert not ticket(40).warnings
    assert any("more than most booklet finishers" in words for words in ticket(44).warnings)


def test_the_warning_about_finishers_agrees_with_the_stapler():
    large, by_hand = ticket(60), ticket(62)
    assert large.staple.endswith("Take a large booklet finisher, or a long-arm stapler by hand.")
    assert "look at what yours takes" in " ".join(large.warnings)
    assert "no booklet finisher takes it" in by_hand.staple
    assert "look at what yours takes" not in " ".join(by_hand.warnings)
    assert "staple it by hand" in " ".join(by_hand.warnings)


def test_a_price_older_than_twelve_months_warns():
    price_day = date(2026, 4, 7)
    assert not ticket(20, today=price_day + timedelta(365)).warnings
    [warning] = ticket(20, today=price_day + timedelta(366)).warnings
    assert "7 April 2026, over a year old" in warning


def test_a_price_that_is_not_known_warns_and_is_not_made_up():
    made = ticket(80, "flat")
    assert (made.first_class, made.second_class, made.prices_as_of) == (None, None, None)
    assert any("not known" in words for words in made.warnings)
    assert Price(100).stale(TODAY)


def test_the_letter_prices_are_those_of_april_2026():
    made = ticket(20)
    assert (made.first_class, made.second_class) == ("£1.80", "£0.91")
    assert POSTAGE.services[0].prices[0].first == Decimal("1.80")


def test_a_print_shop_ticket_takes_the_size_of_the_pages():
    made = ticket(32, "print-shop", finished=A4)
    assert (made.leaves, made.sheets, made.envelope) == (16, 8, "C4")
    assert made.paper == "80 g/m², white, matt, trimmed to 210 × 297 mm"


def test_a_print_shop_ticket_is_an_order_and_not_a_way_to_print():
    made = ticket(32, "print-shop")
    words = " ".join((*made.printing, made.fold, made.staple, made.proof))
    assert "both sides" in words
    assert "one side" not in words.replace("both sides", "")
    assert "Print one copy" not in words
    assert "saddle stitcher" in made.staple
    thick = ticket(68, "print-shop")
    assert "ask the print shop" in thick.staple
    assert any("more than any stapler" in warning for warning in thick.warnings)
    assert "stapled through the fold" in made.printing[0]
    assert "stapled" not in f"{thick.printing[0]} {thick.fold}"
    assert "glued spine or a wire" in thick.printing[0]


def test_json_is_the_whole_ticket():
    made = ticket(20, files=("a_PRINT-BOOKLET.pdf",))
    read = json.loads(made.as_json())
    assert set(read) == set(made.__slots__)
    assert read["sheets"] == 5
    assert read["files"] == ["a_PRINT-BOOKLET.pdf"]


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda scheme: scheme.name)
def test_the_ticket_is_one_page_that_says_everything_in_12_point(scheme):
    notes = tuple(f"Something to look out for, number {n}, in a line or two." * 2 for n in range(4))
    both = runs(scheme, scheme.sides(44), "face-down" if scheme.flip else None, Paper())
    made = make_ticket(
        44,
        scheme,
        postage=POSTAGE,
        today=TODAY,
        notes=notes,
        files=tuple(f"aml-relapse_patient_en_standard_v0-1{run.suffix}.pdf" for run in both),
        instructions=tuple(run.instruction for run in both),
    )
    pdf = ticket_pdf(made, "Your <AML> & you", font_files())
    source = read_pdf(pdf)
    assert len(source.pages) == 1
    assert smallest_text(pdf, source.pages)[0] >= 12
    text = re.sub(r"\s+", " ", PdfReader(BytesIO(pdf)).pages[0].extract_text())
    for said in (
        "Your <AML> & you",
        made.fold,
        made.staple,
        made.postage,
        made.finished,
        made.proof,
    ):
        assert said in text
    assert all(note.rstrip(".") in text for note in notes)


def test_the_ticket_is_tagged_and_titled():
    reader = PdfReader(BytesIO(ticket_pdf(ticket(20), "AML", font_files())))
    assert reader.metadata.title == "Job ticket: AML"
    assert "/StructTreeRoot" in reader.root_object


BAD = {
    "no YAML": "services: [",
    "no envelopes": "services: []",
    "a price of no date": "services: [{name: L, sides: [1, 1, 1], prices:"
    " [{to: 1, first: '1'}]}]\nenvelopes: []",
    "a price in words": "services: [{name: L, sides: [1, 1, 1], prices:"
    " [{to: 1, first: cheap, as_of: 2026-01-01}]}]\nenvelopes: []",
    "two sides": "services: [{name: L, sides: [1, 1], prices: []}]\nenvelopes: []",
    "an unknown key": "services: [{name: L, sides: [1, 1, 1], prices: [{too: 1}]}]\nenvelopes: []",
}


@pytest.mark.parametrize("text", BAD.values(), ids=BAD)
def test_postage_data_that_cannot_be_used_are_a_fault(text, tmp_path):
    file = tmp_path / "postage.yaml"
    file.write_text(text)
    with pytest.raises(FaultsFound, match=r"postage\.yaml.*cannot be used"):
        load_postage(file)
