"""What the page does with the words once it knows them all."""

from pathlib import Path

from booklet.editions import size_named
from booklet.manuscript.load import load
from booklet.page.render import Page, abbreviations_once

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


def test_the_record_names_the_reviewer_and_both_dates_once_it_is_complete(content: Path) -> None:
    path = content / "specimen" / "booklet.yaml"
    review = "\nreview:\n  written_by: A Writer\n  clinically_reviewed_by: A Reviewer\n"
    review += "  reviewed_on: 2026-11-23\n  review_due: 2028-11-23\n"
    path.write_text(path.read_text() + review)
    page = Page(load(content, "specimen")["patient"], size_named("standard"))
    record = {str(name): str(words) for name, words in page.record}
    assert record["Words by"] == "A Writer"
    assert record["Clinical review by"] == "A Reviewer"
    assert record["Reviewed on"] == "23 November 2026"
    assert record["Next review due"] == "23 November 2028"
    assert "Draft" not in page.subject
