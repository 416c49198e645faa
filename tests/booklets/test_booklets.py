"""The finished booklets, read back from the PDFs that the build makes."""

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import page as validator
import pymupdf
import pytest
from pypdf.generic import Destination

from booklet.content.addresses import short_address
from booklet.content.load import texts
from booklet.content.review_file import Entry
from booklet.content.used_sources import used_sources
from booklet.html.render import render
from booklet.review.booklet import Booklet
from tests.booklets.facts import (
    AML_NAMES,
    audience_of,
    manuscript,
    pages,
    place_of,
    reader,
    sections,
    sentences,
    size_of,
)
from tests.conftest import NAMES, ROOT, TODAY

pytestmark = pytest.mark.slow
FAMILY_NAMES = [name for name in NAMES if audience_of(name) == "family"]
PATIENT_NAMES = [name for name in NAMES if audience_of(name) == "patient"]
DRAFT = "Draft: not yet reviewed by a clinician"


def words(path: Path) -> str:
    """All the text of a booklet on one line."""
    return " ".join(" ".join(pages(path)).split())


@pytest.mark.parametrize("name", NAMES)
def test_the_sign_of_an_emergency_is_white_on_red(name: str, booklets: dict[str, Path]) -> None:
    with pymupdf.open(booklets[name]) as pdf:
        page = next(each for each in pdf if each.search_for("Emergency"))
        word = page.search_for("Emergency")[0]
        em = word.height / 1.25
        sign = pymupdf.Rect(word.x0 - 1.7 * em, word.y0, word.x0 - 0.45 * em, word.y1)
        shown = page.get_pixmap(clip=sign, dpi=100)
    colours = [shown.pixel(x, y) for x in range(shown.width) for y in range(shown.height)]
    white = sum(each == (255, 255, 255) for each in colours) / len(colours)
    red = sum(each[0] > 120 and each[1] < 60 for each in colours) / len(colours)
    assert white > 0.15
    assert red > 0.3


@pytest.mark.parametrize("name", NAMES)
def test_the_address_of_a_source_is_broken_behind_a_mark_only(
    name: str, booklets: dict[str, Path]
) -> None:
    with pymupdf.open(booklets[name]) as pdf:
        text = "\n".join(map(without_page_number, pdf)).replace("\u200b", "")
    addresses = {short_address(each.address) for each in used_sources(manuscript(name)).values()}
    printed = {each for each in addresses if "/" in each}
    assert printed
    broken = {each: re.sub(r"([/.-])", r"[\1]\\s*", each) for each in printed}
    assert [each for each in printed if not re.search(broken[each], text)] == []


def without_page_number(page: pymupdf.Page) -> str:
    """The text of a page without the line at its head or foot that has the number."""
    blocks = page.get_text("blocks")
    at = [(block[1], block[3]) for block in blocks if re.search(r"(?m)^Page \d+\s*$", block[4])]
    kept = (b for b in blocks if not any(b[1] < end and b[3] > start for start, end in at))
    return "\n".join(block[4] for block in kept)


@pytest.mark.parametrize("name", FAMILY_NAMES)
def test_nothing_speaks_to_a_relative_as_if_they_were_the_patient(
    name: str, booklets: dict[str, Path]
) -> None:
    text = words(booklets[name])
    assert not re.findall(
        r"\byour (AML|leukaemia|treatment|illness|blood|bone marrow|tablets)", text
    )
    assert not re.search(r"\bif you have (relapsed|AML)|you have been told you have", text)
    assert "For family and friends" in text
    assert "For patients" not in text


@pytest.mark.parametrize("name", PATIENT_NAMES)
def test_family_pages_are_not_in_the_patients_booklet(name: str, booklets: dict[str, Path]) -> None:
    text = words(booklets[name])
    for only_theirs in ("Looking after yourself", "How you can help", "the person you care for"):
        assert only_theirs not in text


@pytest.mark.parametrize("name", NAMES)
def test_help_is_within_the_first_four_pages(name: str, booklets: dict[str, Path]) -> None:
    first = " ".join(pages(booklets[name])[:4])
    assert "24-hour line" in first
    assert re.search("Call if (your|their) temperature is", first)
    assert "999" in first


TEMPERATURE = re.compile(r"\b3[5-9](\.\d)?\s*(°|degrees|C\b)")


@pytest.mark.parametrize("name", NAMES)
def test_a_draft_prints_no_temperature_but_the_example_that_is_marked(
    name: str, booklets: dict[str, Path]
) -> None:
    draft, (example,) = manuscript(name), set(examples(manuscript(name)))
    text = words(booklets[name])
    marked = draft.labels.example_in_draft.format(example=example)
    assert text.count(marked) == 1
    assert not TEMPERATURE.search(text.replace(marked, ""))


@pytest.mark.parametrize("name", [name for name in NAMES if size_of(name).name == "standard"])
def test_approved_words_print_no_temperature_that_no_clinic_has_given(name: str) -> None:
    draft = manuscript(name)
    assert draft.status.is_draft
    approved = Entry.model_construct(
        what="approved", on=TODAY, by="A Nurse", role="lead", version=draft.about.version,
        review_due=date(2029, 5, 1), fingerprint=draft.status.fingerprint,
    )  # fmt: skip
    status = replace(draft.status, record=(approved,))
    assert not status.is_draft
    assert TEMPERATURE.search(render(draft, size_of(name)))
    assert not TEMPERATURE.search(render(replace(draft, status=status), size_of(name)))


def examples(booklet: Booklet) -> list[str]:
    """What a booklet prints in drafts for the figures of a clinic."""
    return [
        field.example
        for named in booklet.sections
        for block in named.section.blocks
        for field in getattr(block, "fields", ())
        if field.example
    ]


@pytest.mark.parametrize("name", NAMES)
def test_the_contents_come_after_the_front_sections_and_before_the_rest(
    name: str, booklets: dict[str, Path]
) -> None:
    parts = sections(booklets[name], name)
    places = {named.id: named.section.place for named in manuscript(name).sections}
    assert set(places.values()) == {"front", "body"}
    order = list(parts)
    contents = order.index("contents")
    assert {places[each] for each in order[1:contents]} == {"front"}
    assert {places[each] for each in order[contents + 1 : -1]} == {"body"}
    assert max(parts[order[contents - 1]].pages) < min(parts["contents"].pages)


@pytest.mark.parametrize("name", AML_NAMES)
def test_a_section_that_stands_alone_shares_no_page(name: str, booklets: dict[str, Path]) -> None:
    parts = sections(booklets[name], name)
    alone = [named.id for named in manuscript(name).sections if named.section.alone]
    assert alone
    shared = [
        (hard, other)
        for hard in alone
        for other in parts
        if other != hard and parts[hard].pages & parts[other].pages
    ]
    assert shared == []


@pytest.mark.parametrize("name", AML_NAMES)
def test_the_notice_before_the_hard_pages_leads_past_them(
    name: str, booklets: dict[str, Path]
) -> None:
    parts = sections(booklets[name], name)
    order = list(parts)
    hard = order.index("if-aml-cannot-be-cured")
    before, after = parts[order[hard - 1]], parts[order[hard + 1]]
    notice = before.all("Callout")[-1]
    assert "cannot be cured" in notice.text
    assert before.elements[-1] is notice, "the last thing that is read before the hard pages"
    (link,) = notice.all("Link")
    assert after.one("H2").text in link.text
    assert max(notice.pages) < min(parts["if-aml-cannot-be-cured"].pages)


@pytest.mark.parametrize("name", NAMES)
def test_no_glyph_is_smaller_than_the_editions_floor(name: str, booklets: dict[str, Path]) -> None:
    floor = size_of(name).floor
    spans = [
        (round(span["size"], 2), span["text"])
        for each in pymupdf.open(booklets[name])
        for block in each.get_text("dict")["blocks"]
        for line in block.get("lines", [])
        for span in line["spans"]
        if span["text"].strip()
    ]
    assert len(spans) > 15 * len(manuscript(name).sections)
    assert [span for span in spans if span[0] < floor - 0.01] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_character_has_a_glyph_of_the_embedded_typeface(
    name: str, booklets: dict[str, Path]
) -> None:
    pdf = pymupdf.open(booklets[name])
    fonts = {font[3].split("+")[-1] for each in pdf for font in each.get_fonts()}
    assert {font.removesuffix("-Bold") for font in fonts} <= {
        "Atkinson-Hyperlegible",
        "Booklet-Figures",
    }, fonts
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
def test_the_metadata_name_the_booklet(name: str, booklets: dict[str, Path]) -> None:
    pdf, about = reader(booklets[name]), manuscript(name).about
    info = pdf.metadata
    assert info
    assert info.title
    assert info.title.startswith(about.title.plain)
    assert info.author == about.publisher.plain == "The Booklet project"
    assert about.description.plain in str(info.subject)
    assert set(about.keywords) <= set(str(info.keywords).split(", "))
    assert pdf.trailer["/Root"]["/Lang"] == about.language  # type: ignore[index]


@pytest.mark.parametrize("name", NAMES)
def test_it_is_called_a_draft_everywhere_until_a_clinician_has_signed(
    name: str, booklets: dict[str, Path]
) -> None:
    pdf = reader(booklets[name])
    info = pdf.metadata
    assert info
    nobody = manuscript(name).labels.record_nobody_yet
    parts = sections(booklets[name], name)
    record = " ".join(sentences(booklets[name], name, place_of(name, "record")))
    said = {
        "subject": str(info.subject).startswith(f"{DRAFT}. "),
        "keywords": DRAFT in str(info.keywords).split(", "),
        "cover": DRAFT in parts["cover"].text and DRAFT in pages(booklets[name])[0],
        "record": f"Approved by: {nobody}" in record.replace("::", ":"),
        "back cover": DRAFT in parts["back"].text and DRAFT in pages(booklets[name])[-1],
    }
    assert said == dict.fromkeys(said, manuscript(name).status.is_draft)


@pytest.mark.parametrize("name", NAMES)
def test_contents_bookmarks_and_headings_are_the_same_list(
    name: str, booklets: dict[str, Path]
) -> None:
    titles = [named.section.title.plain for named in manuscript(name).sections]
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
    inside = [each for each in annotations if "/Dest" in each]
    assert len(inside) > len(manuscript(name).sections), "the contents, and links in the text"
    assert all(str(each.get("/Contents", "")) for each in annotations)


@pytest.mark.parametrize("name", NAMES)
def test_it_is_small_enough_for_every_referral_system(name: str, booklets: dict[str, Path]) -> None:
    assert booklets[name].stat().st_size < 700_000
    assert re.fullmatch(r"[a-z0-9_.-]{1,60}", booklets[name].name)


def test_pages_have_the_size_of_their_edition(booklets: dict[str, Path]) -> None:
    for name, path in booklets.items():
        size = size_of(name)
        for each in reader(path).pages:
            width, height = (float(side) / 72 * 25.4 for side in each.mediabox[2:])
            assert abs(width - size.width) < 0.1
            assert abs(height - size.height) < 0.1


def test_another_process_writes_the_same_bytes(booklets: dict[str, Path], tmp_path: Path) -> None:
    """Neither the seed of hashes, the time zone, the folder nor the second may show in a file."""
    subprocess.run(
        [sys.executable, ROOT / "make_booklet.py", "aml-relapse", "--audience", "family",
         "--size", "standard", "--content", ROOT / "content", "--output", tmp_path / "out"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONHASHSEED": "1", "TZ": "Pacific/Auckland"},
        check=True,
        capture_output=True,
    )  # fmt: skip
    written = {path.name: path.read_bytes() for path in (tmp_path / "out").glob("[!.]*")}
    first = {name: booklets[AML_NAMES[0]].with_name(name).read_bytes() for name in written}
    assert {Path(file).suffix for file in written} == {".pdf", ".html", ".json"}
    (manifest,) = [name for name in written if name.endswith(".json")]
    listed = json.loads(first[manifest])  # of every edition, and here of these two files only
    listed["files"] = [row for row in listed["files"] if row["name"] in written]
    first[manifest] = f"{json.dumps(listed, ensure_ascii=False, indent=1)}\n".encode()
    assert [file for file in written if written[file] != first[file]] == []


def sizes_of(words: str, pages: pymupdf.Document | list[pymupdf.Page]) -> list[float]:
    """The sizes of print of every piece of these words on the pages."""
    return [
        span["size"]
        for each in pages
        for block in each.get_text("dict")["blocks"]
        for line in block.get("lines", [])
        for span in line["spans"]
        if " ".join(span["text"].split()) in words and len(span["text"].split()) > 2
    ]


@pytest.mark.parametrize("name", NAMES)
def test_other_formats_are_offered_in_18_point_in_front_and_on_the_back(
    name: str, booklets: dict[str, Path]
) -> None:
    booklet = manuscript(name)
    (offer,) = [
        text.plain
        for named in booklet.sections
        for block in named.section.blocks
        for text in texts(block)
        if getattr(block, "large", False)
    ]
    pdf = pymupdf.open(booklets[name])
    for words, where in ((offer, list(pdf)[:8]), (booklet.labels.other_formats, [pdf[-1]])):
        sizes = sizes_of(" ".join(words.split()), where)
        assert sizes
        assert min(sizes) > 17.99


@pytest.mark.parametrize("name", NAMES)
def test_pages_fill_whole_leaves_and_the_back_cover_is_the_outside_back(
    name: str, booklets: dict[str, Path]
) -> None:
    printed = pages(booklets[name])
    assert len(printed) % 4 == 0
    assert "Other formats" in printed[-1]
    for each in printed[:-1]:
        assert len(each.split()) > 3, "a page with nothing on it"
