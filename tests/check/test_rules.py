"""Every rule passes on a booklet made well, and fails on one broken for it alone."""

from collections.abc import Callable
from pathlib import Path

import pytest

from booklet.check import Report, check_file
from booklet.check.rules import RULES
from booklet.print.schemes import scheme_named
from booklet.print.sheets import make_sheets
from tests.check.pdfs import ALSO, BROKEN, altered, good, kill_links


def failed(report: Report) -> list[str]:
    assert not report.unread
    return [finding.rule for finding in report.failures]


def test_every_rule_has_an_example_that_breaks_it() -> None:
    assert sorted(BROKEN) == sorted(rule.id for rule in RULES)


def test_a_booklet_made_well_breaks_no_rule() -> None:
    report = check_file(good(), "good.pdf")
    assert {f.rule: f.places for f in report.failures} == {}
    assert report.passed


def test_every_rule_has_something_to_look_at_in_a_booklet_made_well() -> None:
    report = check_file(good(), "good.pdf")
    idle = [finding.rule for finding in report.findings if finding.verdict == "not applicable"]
    assert idle == []


@pytest.mark.parametrize(("rule", "broken"), BROKEN.items(), ids=BROKEN)
def test_a_booklet_broken_for_one_rule_breaks_that_rule_only(
    rule: str, broken: Callable[[], bytes]
) -> None:
    report = check_file(broken(), "broken.pdf")
    assert {f.rule: f.places for f in report.failures}.keys() == {rule}, [
        (f.rule, f.places) for f in report.failures
    ]
    assert not report.passed


@pytest.mark.parametrize(("rule", "broken"), ALSO.values(), ids=ALSO)
def test_other_ways_to_break_a_rule_are_found_too(rule: str, broken: Callable[[], bytes]) -> None:
    report = check_file(broken(), "broken.pdf")
    assert failed(report) == [rule], [(f.rule, f.places) for f in report.failures]


def test_links_that_lead_nowhere_break_the_rules_on_links_and_on_contents() -> None:
    assert failed(check_file(altered(kill_links), "broken.pdf")) == ["contents", "links"]


def test_print_sheets_are_known_by_their_name_too() -> None:
    assert failed(check_file(good(), "aml_PRINT-BOOKLET.pdf")) == ["reading-copy"]


def test_order_and_structure_are_asked_of_the_reading_copy_and_not_of_its_sheets() -> None:
    sheets = make_sheets(good(), scheme_named("booklet"), name=Path("good.pdf"))[0]
    report = check_file(sheets.pdf, sheets.file_name("good.pdf"))
    assert failed(report) == ["reading-copy"], [(f.rule, f.places) for f in report.failures]
    verdicts = {finding.rule: finding.verdict for finding in report.findings}
    assert next(iter(verdicts)) == "reading-copy"
    assert {verdicts[rule] for rule in ("tagged", "links", "paper")} == {"not applicable"}
    assert {verdicts[rule] for rule in ("smallest-print", "contrast")} == {"passed"}
