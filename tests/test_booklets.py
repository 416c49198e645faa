"""The finished AML booklets, read back from the PDFs that the build makes."""

import re
from functools import cache
from pathlib import Path

import page as validator
import pymupdf
import pytest
from pypdf import PdfReader
from pypdf.generic import Destination

from booklet.build import Order, build
from booklet.editions import AUDIENCES, SIZES, size_named
from booklet.manuscript.load import load
from tests.conftest import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("booklets")]
NAMES = [f"{audience}-{size.name}" for audience in AUDIENCES for size in SIZES]

# What both readers are told, in the words of section 4 of the first issue: a pattern a fact.
FACTS = {
    "refractory": r"first treatment does not bring remission",
    "relapse": r"remission, and the AML returns",
    "most relapses early": r"relapses? .*first 2 years after induction",
    "tiny chance after five years": r"5 years,? the chance .*extremely small",
    "harder to treat, still options": r"harder to treat .*still .*(treatments|choices|options)",
    "some are cured": r"some people (can still be|are) cured",
    "tests for mutations": r"tests .*(mutations|changes)",
    "different mutations": r"[Dd]ifferent medicines act on different mutations",
    "longer first remission": r"first remission was long",
    "FLAG-Ida spelled out": r"fludarabine, cytarabine .*granulocyte.*idarubicin",
    "salvage is like induction": r"like the induction chemotherapy",
    "transplant best chance": r"transplant .*best chance of a long-term cure",
    "transplant serious complications": r"serious complications",
    "second transplant": r"second transplant is possible",
    "DLI: falling donor cells": r"(share|amount|number) of donor cells .*falling",
    "DLI: positive MRD": r"measurable residual disease \(MRD\) is positive",
    "DLI: same donor, simpler": r"same donor .*simpler",
    "non-intensive cannot usually cure": r"cannot usually cure",
    "best quality of life": r"best quality of life",
    "azacitidine under the skin": r"injection just under the skin .*tummy, the arm or the thigh",
    "cytarabine into a vein": r"into a vein",
    "district nurse": r"[Dd]istrict nurse",
    "FLT3 in 3 of 10": r"[Aa]bout 3 in 10 people with AML",
    "gilteritinib tablets": r"[Aa]s tablets",
    "spares healthy cells": r"(much )?less effect on healthy cells",
    "controls rather than cures": r"control(s)? the AML",
    "trials service": r"Clinical Trials Support Service",
    "antibiotics and transfusions": r"antibiotics .*transfusions",
    "hydroxycarbamide": r"tablets or capsules",
    "grief": r"grieve|grief",
    "one day at a time": r"one day at a time",
    "happy memories": r"happy memories",
    "Sue": r"Sue’s husband had a blood cancer",
    "support number": r"0808 2080 888",
    "emergency": r"Call 999",
}
FAMILY_FACTS = {
    "powerless": r"powerless",
    "looking after yourself": r"Looking after yourself",
    "appointments": r"appointments",
    "watching for infection": r"infection",
    "donors in the family": r"donor",
    "consent to share": r"share information",
    "children": r"Talking to children",
    "carer's allowance": r"Carer’s Allowance",
    "the person you care for": r"the person you care for",
}


@cache
def reader(path: Path) -> PdfReader:
    return PdfReader(path)


@cache
def words(path: Path) -> str:
    """All the text of a booklet on one line."""
    return " ".join(" ".join(each.extract_text() for each in reader(path).pages).split())


@pytest.mark.parametrize("name", NAMES)
def test_every_fact_of_the_source_stands_in_every_edition(
    name: str, booklets: dict[str, Path]
) -> None:
    facts = FACTS | (FAMILY_FACTS if name.startswith("family") else {})
    text = words(booklets[name])
    assert [fact for fact, pattern in facts.items() if not re.search(pattern, text)] == []


@pytest.mark.parametrize("size", [size.name for size in SIZES])
def test_nothing_speaks_to_a_relative_as_if_they_were_the_patient(
    size: str, booklets: dict[str, Path]
) -> None:
    text = words(booklets[f"family-{size}"])
    assert not re.findall(
        r"\byour (AML|leukaemia|treatment|illness|blood|bone marrow|tablets)", text
    )
    assert not re.search(r"\bif you have (relapsed|AML)|you have been told you have", text)
    assert "For family and friends" in text
    assert "For patients" not in text


@pytest.mark.parametrize("size", [size.name for size in SIZES])
def test_family_pages_are_not_in_the_patients_booklet(size: str, booklets: dict[str, Path]) -> None:
    text = words(booklets[f"patient-{size}"])
    for only_theirs in ("Looking after yourself", "the person you care for", "Carer’s Allowance"):
        assert only_theirs not in text


@pytest.mark.parametrize("name", NAMES)
def test_help_is_within_the_first_four_pages(name: str, booklets: dict[str, Path]) -> None:
    first = " ".join(each.extract_text() for each in reader(booklets[name]).pages[:4])
    assert "24-hour line" in first
    assert "Temperature to ring at" in first
    assert "999" in first


@pytest.mark.parametrize("name", NAMES)
def test_no_glyph_is_smaller_than_the_editions_floor(name: str, booklets: dict[str, Path]) -> None:
    floor = size_named(name.split("-")[1]).floor
    spans = [
        (round(span["size"], 2), span["text"])
        for each in pymupdf.open(booklets[name])
        for block in each.get_text("dict")["blocks"]
        for line in block.get("lines", [])
        for span in line["spans"]
        if span["text"].strip()
    ]
    assert len(spans) > 500
    assert [span for span in spans if span[0] < floor - 0.01] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_character_has_a_glyph_of_the_embedded_typeface(
    name: str, booklets: dict[str, Path]
) -> None:
    pdf = pymupdf.open(booklets[name])
    fonts = {font[3].split("+")[-1] for each in pdf for font in each.get_fonts()}
    assert fonts <= {"Atkinson-Hyperlegible", "Atkinson-Hyperlegible-Bold"}, fonts
    assert all(font[1] == "ttf" for each in pdf for font in each.get_fonts())
    glyphs = [trace for each in pdf for span in each.get_texttrace() for trace in span["chars"]]
    assert not [chr(char) for char, glyph, *_ in glyphs if glyph == 0]
    assert "\ufffd" not in words(booklets[name])


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_it_conforms_to_pdf_ua_1_and_pdf_a_2a(
    name: str, profile: str, booklets: dict[str, Path]
) -> None:
    report = validator.validate_pdf(booklets[name], profile=profile)
    assert report.is_compliant, [str(failure) for failure in report.failures]


@pytest.mark.parametrize("name", NAMES)
def test_the_metadata_name_it_and_say_that_it_is_a_draft(
    name: str, booklets: dict[str, Path]
) -> None:
    pdf = reader(booklets[name])
    info = pdf.metadata
    assert info
    assert info.title
    assert info.title.startswith("When acute myeloid leukaemia (AML) comes back")
    assert info.author == "The Booklet project"
    assert str(info.subject).startswith("Draft: not yet reviewed by a clinician.")
    assert pdf.trailer["/Root"]["/Lang"] == "en-GB"  # type: ignore[index]
    assert "Draft: not yet reviewed by a clinician" in pdf.pages[0].extract_text()


@pytest.mark.parametrize("name", NAMES)
def test_contents_bookmarks_and_headings_are_the_same_list(
    name: str, booklets: dict[str, Path]
) -> None:
    audience = AUDIENCES[0] if name.startswith("patient") else AUDIENCES[1]
    sections = load(ROOT / "content", "aml-relapse")[audience].sections
    titles = [named.section.title.plain for named in sections]
    pdf = reader(booklets[name])
    cover, below = pdf.outline[0], pdf.outline[1]
    assert isinstance(cover, Destination)
    assert isinstance(below, list)
    listed = [str(each.title) for each in below if isinstance(each, Destination)]
    assert [title for title in listed if title in titles] == titles
    for title in titles:
        where = next(
            each for each in below if isinstance(each, Destination) and each.title == title
        )
        printed = (pdf.get_destination_page_number(where) or 0) + 1
        assert re.search(rf"{re.escape(title)} ?[.… ]*{printed}\b", words(booklets[name])), title


@pytest.mark.parametrize("name", NAMES)
def test_telephone_numbers_and_sections_can_be_followed(
    name: str, booklets: dict[str, Path]
) -> None:
    annotations = [
        annotation.get_object()
        for each in reader(booklets[name]).pages
        for annotation in each.get("/Annots", [])
    ]
    addresses = {str(each["/A"]["/URI"]) for each in annotations if "/URI" in each.get("/A", {})}
    assert {"tel:08082080888", "tel:999", "tel:111"} <= addresses
    assert len([each for each in annotations if "/Dest" in each]) >= 20
    assert all(str(each.get("/Contents", "")) for each in annotations)


@pytest.mark.parametrize("name", NAMES)
def test_it_is_small_enough_for_every_referral_system(name: str, booklets: dict[str, Path]) -> None:
    assert booklets[name].stat().st_size < 700_000
    assert re.fullmatch(r"[a-z0-9_.-]{1,60}", booklets[name].name)


def test_pages_have_the_size_of_their_edition(booklets: dict[str, Path]) -> None:
    for name, path in booklets.items():
        size = size_named(name.split("-")[1])
        for each in reader(path).pages:
            width, height = (float(side) / 72 * 25.4 for side in each.mediabox[2:])
            assert abs(width - size.width) < 0.1
            assert abs(height - size.height) < 0.1


def test_the_same_input_gives_the_same_bytes(booklets: dict[str, Path], tmp_path: Path) -> None:
    order = Order(ROOT / "content", tmp_path, ("aml-relapse",), ("patient",), SIZES[:1])
    pdf, web_page = build(order, lambda each, of: None)
    assert pdf.content == booklets["patient-standard"].read_bytes()
    assert web_page.content == booklets["patient-standard"].with_name(web_page.name).read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_pages_fill_whole_leaves_and_the_back_cover_is_the_outside_back(
    name: str, booklets: dict[str, Path]
) -> None:
    pages = reader(booklets[name]).pages
    assert len(pages) % 4 == 0
    assert "Other formats" in pages[-1].extract_text()
    for each in pages[:-1]:
        assert len(each.extract_text().split()) > 3, "a page with nothing on it"
