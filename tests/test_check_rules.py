"""Every rule passes on a booklet made well, and fails on one broken for it alone."""

from collections.abc import Callable

import pytest

from booklet.check import Report, check_file
from booklet.check.rules import RULES
from tests.check_pdfs import BROKEN, good


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
