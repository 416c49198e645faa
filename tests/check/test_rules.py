"""Every rule passes on a booklet made well, and fails on one broken for it alone."""

from collections.abc import Callable
from pathlib import Path

import pytest

from booklet.check.check_pdf import PDF_RULES, check_pdf
from booklet.check.report import Report
from booklet.print.schemes import scheme_named
from booklet.print.sheets import make_sheets
from tests.check.pdfs import (
    ALSO,
    BROKEN,
    CRISP,
    PHOTO,
    altered,
    good,
    in_place_of_one,
    kill_links,
    page,
)


def broken_rules(report: Report) -> dict[str, list[str]]:
    """The rules a file breaks, in their order, each with its places."""
    assert report.findings
    return {
        rule: [place.told for place in finding.problems]
        for rule, finding in report.findings.items()
        if finding.problems
    }


def failed(report: Report) -> list[str]:
    return list(broken_rules(report))


def test_every_rule_has_an_example_that_breaks_it() -> None:
    without, of_none = PDF_RULES.keys() - BROKEN.keys(), BROKEN.keys() - PDF_RULES.keys()
    assert not without, "write an example into BROKEN of tests/check/pdfs.py for each"
    assert not of_none, "there is no such rule; take them out of BROKEN of tests/check/pdfs.py"


def test_a_booklet_made_well_breaks_no_rule() -> None:
    report = check_pdf(good(), "good.pdf")
    assert broken_rules(report) == {}
    assert report.passed


def test_every_rule_has_something_to_look_at_in_a_booklet_made_well() -> None:
    report = check_pdf(good(), "good.pdf")
    idle = [rule for rule, f in report.findings.items() if f.verdict == "not applicable"]
    assert idle == []


@pytest.mark.parametrize(("rule", "broken"), BROKEN.items(), ids=BROKEN)
def test_a_booklet_broken_for_one_rule_breaks_that_rule_only(
    rule: str, broken: Callable[[], bytes]
) -> None:
    report = check_pdf(broken(), "broken.pdf")
    assert broken_rules(report).keys() == {rule}, broken_rules(report)
    assert report.passed is (PDF_RULES[rule].severity == "warning")


@pytest.mark.parametrize(("rule", "broken"), ALSO.values(), ids=ALSO)
def test_other_ways_to_break_a_rule_are_found_too(rule: str, broken: Callable[[], bytes]) -> None:
    report = check_pdf(broken(), "broken.pdf")
    assert failed(report) == [rule], broken_rules(report)


def test_a_picture_that_is_cropped_is_only_where_it_shows() -> None:
    # Layout programs keep the whole picture and let a frame show a part of it.
    frame = "overflow: hidden; width: 20mm; height: 20mm"
    photo = f"<img alt='A photograph of a ward' src='{PHOTO}' style='width: 150mm'>"
    cropped = page(f"<div style='{frame}'>{photo}</div><p>Below it</p>", CRISP)
    assert broken_rules(check_pdf(cropped, "cropped.pdf")) == {}


@pytest.mark.parametrize(
    ("words", "text"),
    [("Of\u00adfice", "office"), ("\u2022 Note 1", "Note\u00a01"), ("لحم", "لحم")],
)
def test_words_for_letters_may_say_the_same_in_another_writing(words: str, text: str) -> None:
    report = check_pdf(in_place_of_one(words, text=text), "quiet.pdf")
    assert report.findings["actual-text"].problems == ()
    assert report.findings["actual-text"].measured == "1 piece of text has words"


def test_links_that_lead_nowhere_break_the_rules_on_links_and_on_contents() -> None:
    assert failed(check_pdf(altered(kill_links), "broken.pdf")) == ["contents", "links"]


def test_print_sheets_are_known_by_their_name_too() -> None:
    assert failed(check_pdf(good(), "aml_PRINT-BOOKLET.pdf")) == ["reading-copy"]


def test_order_and_structure_are_asked_of_the_reading_copy_and_not_of_its_sheets() -> None:
    sheets = make_sheets(good(), scheme_named("booklet"), name=Path("good.pdf"))[0]
    report = check_pdf(sheets.pdf, sheets.file_name("good.pdf"))
    assert failed(report) == ["reading-copy"], broken_rules(report)
    verdicts = {rule: finding.verdict for rule, finding in report.findings.items()}
    assert next(iter(verdicts)) == "reading-copy"
    assert {verdicts[rule] for rule in ("tagged", "links", "paper")} == {"not applicable"}
    assert {verdicts[rule] for rule in ("smallest-print", "contrast")} == {"passed"}
