"""What the page does with the words once it knows them all."""

import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from markupsafe import Markup

from booklet.content.inline import Inline, Span
from booklet.content.language import ENGLISH
from booklet.content.review_file import Entry
from booklet.editions import AUDIENCES, BLACK, SIZES, size_named
from booklet.html.abbreviations import marked_once
from booklet.html.font_faces import printed_characters
from booklet.html.render import render, render_for_screen
from booklet.review.booklet import load_booklet
from booklet.review.record import snapshot_name
from tests.conftest import ROOT, TODAY

LANGUAGES = Path(__file__).parent.parent / "languages"
DLI = Span("abbreviation", "DLI", "donor lymphocyte infusion")
MARK = '<abbr class="keep" title="donor lymphocyte infusion">DLI</abbr>'


def words(text: str) -> Span:
    return Span("words", text)


def once(*spans: Span, seen: set[str] | None = None) -> str:
    return marked_once(Inline("", spans, ENGLISH), set() if seen is None else seen).html


def test_an_abbreviation_is_read_out_in_full_once_in_a_section() -> None:
    seen: set[str] = set()
    assert once(DLI, words(" and "), DLI, seen=seen) == f"{MARK} and DLI"
    assert once(Span("term", children=(DLI,)), seen=seen) == "<strong>DLI</strong>"


def test_it_is_not_read_out_where_the_text_says_it_before_or_behind() -> None:
    term = Span("term", children=(words("lymphocyte infusion"),))
    assert "<abbr" not in once(words("Donor "), term, words(" ("), DLI, words("). "), DLI)
    assert "<abbr" not in once(DLI, words(" (donor lymphocyte infusion)"))


def test_the_sign_of_an_emergency_is_white_where_its_word_is() -> None:
    booklet = load_booklet(ROOT / "content", "aml-relapse", TODAY)["patient"]
    assert 'color="white"' in render(booklet, size_named("standard"))
    assert 'color="white"' not in render(booklet, size_named("standard"), ink=BLACK)


def test_an_abbreviation_with_a_hyphen_is_still_kept_on_one_line() -> None:
    flag = Span("abbreviation", "FLAG-Ida", "four medicines")
    marked = '<abbr class="keep" title="four medicines">FLAG-Ida</abbr>'
    assert once(flag, flag) == f'{marked}<span class="keep">FLAG-Ida</span>'


def test_a_section_marks_an_abbreviation_once_in_all_that_it_prints(content: Path) -> None:
    """Its own words, the cards of contacts, the terms explained, the sources and the record."""
    (content / "house.yaml").write_text(
        (content / "house.yaml").read_text().replace("offers: ", "offers: STR and ", 1)
    )
    blocks = [
        "{kind: topic, title: T, blocks: [{kind: paragraph, text: STR}]}",
        "{kind: contacts, names: [helpers]}",
        "{kind: glossary}",
        "{kind: paragraph, text: The STR again}",
    ]
    for order in (blocks, blocks[::-1]):
        lines = "".join(f"  - {block}\n" for block in order)
        (content / "specimen/02-all.yaml").write_text(f"title: All\nblocks:\n{lines}")
        html = render(load_booklet(content, "specimen", TODAY)["patient"], size_named("standard"))
        section = html[html.index('id="all"') : html.index("</main>")]
        assert section.count("<abbr") == 1
        assert section.index("<abbr") < section.index("STR") + 60


@pytest.mark.parametrize("name", ["specimen", "specimen.ar", "specimen.cy"])
@pytest.mark.parametrize("audience", AUDIENCES)
def test_typefaces_are_chosen_for_every_character_that_is_printed(name: str, audience: str) -> None:
    booklet = load_booklet(ROOT / "tests/languages", name, TODAY, "example")[audience]  # type: ignore[index]
    html = render(booklet, size_named("standard"))
    known = frozenset().union(*printed_characters(booklet).values())
    strange = {sign for sign in html if sign.isprintable() and ord(sign) > 0x7E}
    assert {sign for sign in strange if ord(sign) not in known} == set()


def test_a_name_whose_accents_the_house_typeface_would_set_beside_it_is_set_in_one_that_has_all(
    content: Path,
) -> None:
    """The usual one has the second mark of "ọ̀" and not its letter."""
    clinic = content / "clinics/example.yaml"
    before = render(
        load_booklet(content, "specimen", TODAY, "example")["patient"], size_named("16")
    )
    clinic.write_text(re.sub("(?m)^name: .*", "name: O\u0323\u0300 Hospital", clinic.read_text()))
    after = render(load_booklet(content, "specimen", TODAY, "example")["patient"], size_named("16"))
    (stack,) = re.findall(r'\[lang\|="en"\] { font-family: (.*?);', after)
    assert "Noto Sans" not in before
    assert stack.startswith('"Noto Sans", ')


def test_the_record_names_who_approved_these_words_and_both_dates(content: Path) -> None:
    about = content / "specimen" / "booklet.yaml"
    (content / "specimen" / "02-made.yaml").write_text("title: Made\nblocks: [{kind: record}]\n")
    status = load_booklet(content, "specimen", TODAY)["patient"].status
    known = status.fingerprint
    kept = content / "specimen" / snapshot_name("0.1", known)
    kept.parent.mkdir()
    kept.write_text(status.text, encoding="utf-8")
    (content / "specimen" / "review.yaml").write_text(
        "written_by: A Writer\nrecord:\n"
        f'  - {{what: approved, version: "0.1", fingerprint: "{known}", by: A Doctor, '
        "role: Consultant, on: 2026-11-23, review_due: 2028-11-23}\n"
    )
    page = render(load_booklet(content, "specimen", TODAY)["patient"], size_named("standard"))
    record = record_of(page)
    assert record["Words by:"] == "A Writer"
    assert record["Approved by:"] == "A Doctor, Consultant"
    assert record["Approved on:"] == "23 November 2026"
    assert record["Next review due:"] == "23 November 2028"
    assert "Draft" not in description_of(page)
    about.write_text(about.read_text().replace("For tests only", "For tests"))
    changed = render(load_booklet(content, "specimen", TODAY)["patient"], size_named("standard"))
    assert record_of(changed)["Approved by:"] == "Nobody named yet"
    assert description_of(changed).startswith("Draft")


def record_of(page: str) -> dict[str, str]:
    """The entries of a page's record, without their tags."""
    entries = re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", page)
    return {name: re.sub("<.*?>", "", words).strip() for name, words in entries}


def description_of(page: str) -> str:
    (found,) = re.findall(r'<meta name="description" content="(.*?)">', page)
    return found


def test_what_a_translation_borrows_from_its_original_says_its_language(tmp_path: Path) -> None:
    """Without it, NHS 111's card in Arabic prints as "…when you cannot :111 NHS"."""
    content = tmp_path / "content"
    shutil.copytree(LANGUAGES, content)
    for borrowed in ("house", "glossary", "clinics/example"):
        (content / f"{borrowed}.ar.yaml").unlink()
    with (content / "clinics" / "example.yaml").open("a", encoding="utf-8") as profile:
        profile.write("interpreters: Ask for one.\n")
    booklet = load_booklet(content, "specimen.ar", TODAY, "example")["patient"]
    english = '<span lang="en-GB" dir="ltr">{}</span>'.format
    for page in (render(booklet, SIZES[0]), render_for_screen(booklet, Markup(""))):
        assert f"<p>{english('The Helpers')}: {english('Someone to talk to.')}</p>" in page
        assert f"<dd> {english('A list of rights that everybody has.')}</dd>" in page
        assert f"({english('day and night')})" in page
        assert f"<p>{booklet.labels.interpreters}: {english('Ask for one.')}</p>" in page
        assert f'title">{english("Example Hospital, Example Day Unit")}</h2>' in page
    original = load_booklet(content, "specimen", TODAY, "example")["patient"]
    assert english("Someone to talk to.") not in render(original, SIZES[0])


def test_an_example_stands_in_drafts_until_the_clinic_has_its_own_figures(content: Path) -> None:
    (content / "specimen/02-call.yaml").write_text(
        "title: Call\nblocks:\n  - kind: details\n    fields:\n"
        "      - {label: Call at, clinic: temperature, example: 39C (a leaflet)}\n"
    )
    said = "Example, in drafts only: 39C (a leaflet)"
    for clinic, printed in ((None, True), ("example", False)):
        booklet = load_booklet(content, "specimen", TODAY, clinic)["patient"]
        assert (said in render(booklet, size_named("standard"))) is printed


def test_the_back_says_who_approved_the_words_and_until_when(content: Path) -> None:
    booklet = load_booklet(content, "specimen", TODAY)["patient"]
    size, code = size_named("standard"), booklet.status.fingerprint
    assert "Approved by: A Nurse" not in render(booklet, size)
    entry = {"what": "approved", "on": TODAY, "by": "A Nurse", "role": "lead", "version": "0.1"}
    approved = Entry.model_construct(**entry, review_due=date(2029, 5, 1), fingerprint=code)
    status = replace(booklet.status, record=(approved,), today=TODAY)
    page = render(replace(booklet, status=status), size)
    back = page[page.index('<footer class="back">') :]
    assert "Approved by: A Nurse, lead, " in back
    assert "1 May 2029" in back
    assert "Example, in drafts only" not in page
