"""What the page does with the words once it knows them all."""

from pathlib import Path

from booklet.editions import size_named
from booklet.html.abbreviations import abbreviations_once
from booklet.html.render import Page
from booklet.review.booklet import load_booklet
from tests.conftest import TODAY

DLI = '<abbr class="keep" title="donor lymphocyte infusion">DLI</abbr>'


def test_an_abbreviation_is_read_out_in_full_once_in_a_section() -> None:
    html = abbreviations_once(f"<p>{DLI} and {DLI}</p><p>{DLI}</p>")
    assert html == f"<p>{DLI} and DLI</p><p>DLI</p>"


def test_it_is_not_read_out_where_the_text_says_it_before_or_behind() -> None:
    before = f"<h3>Donor <strong>lymphocyte infusion</strong> ({DLI})</h3><p>{DLI}</p>"
    assert "<abbr" not in abbreviations_once(before)
    assert "<abbr" not in abbreviations_once(f"<p>{DLI} (donor lymphocyte infusion)</p>")


def test_an_abbreviation_with_a_hyphen_is_still_kept_on_one_line() -> None:
    flag = '<abbr class="keep" title="four medicines">FLAG-Ida</abbr>'
    assert abbreviations_once(flag * 2) == f'{flag}<span class="keep">FLAG-Ida</span>'


def test_the_record_names_who_approved_these_words_and_both_dates(content: Path) -> None:
    about = content / "specimen" / "booklet.yaml"
    known = load_booklet(content, "specimen", TODAY)["patient"].status.fingerprint
    (content / "specimen" / "review.yaml").write_text(
        "written_by: A Writer\nrecord:\n"
        f'  - {{what: approved, version: "0.1", fingerprint: "{known}", by: A Doctor, '
        "role: Consultant, on: 2026-11-23, review_due: 2028-11-23}\n"
    )
    page = Page(load_booklet(content, "specimen", TODAY)["patient"], size_named("standard"))
    record = {str(name): str(words) for name, words in page.record}
    assert record["Words by"] == "A Writer"
    assert record["Approved by"] == "A Doctor, Consultant"
    assert record["Approved on"] == "23 November 2026"
    assert record["Next review due"] == "23 November 2028"
    assert "Draft" not in page.subject
    about.write_text(about.read_text().replace("For tests only", "For tests"))
    changed = Page(load_booklet(content, "specimen", TODAY)["patient"], size_named("standard"))
    assert ("Approved by", "Nobody named yet") in changed.record
    assert changed.subject.startswith("Draft")
