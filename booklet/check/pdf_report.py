"""The report on a finished PDF: for people in lines, for programs in values."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from booklet.check.check_pdf import PDF_RULES
from booklet.check.pdf_rule import PdfRule
from booklet.check.report import Finding, Report
from booklet.content.yaml_source import read_yaml
from booklet.messages import counted
from booklet.problems import OnPage

MOST_PLACES = 8  # Places named under a rule in the report for people; JSON has them all

FOR_A_PERSON = tuple(read_yaml(Path(__file__).with_name("for_a_person.yaml")).values)
"""The questions that no program can answer."""


def unread(report: Report) -> str:
    """Why the file could not be read; empty where it was."""
    return "" if report.findings else report.problems[0].message


def heading(report: Report) -> str:
    """The file, how long it is and what it was measured against."""
    pages = counted(report.pages, "page")
    return f"{report.name}, {pages}, smallest print allowed {report.floor:g} pt"


def verdict(report: Report) -> str:
    """One sentence on the whole; never more than a program can know."""
    if why := unread(report):
        return f"{why.rstrip('.')}."
    verdicts = [finding.verdict for finding in report.findings.values()]
    judged = len(verdicts) - verdicts.count("not applicable")
    if failed := verdicts.count("failed"):
        return f"{report.name}: {failed} of {judged} rules broken. Not done."
    left = f"{len(FOR_A_PERSON)} questions for a person are left"
    return f"{report.name}: none of {judged} rules broken, {left}."


def lines(report: Report, *, whole: bool = True) -> Iterator[str]:
    """The report as plain lines, one for each rule and each place.

    If it is not to be the `whole` report, the verdict alone, after the rules that are broken.
    """
    if unread(report) or (report.passed and not whole):
        yield verdict(report)
        return
    yield heading(report)
    yield ""
    for rule, finding in rows(report, whole=whole):
        yield f"{finding.verdict:<15} {rule.id}: {rule.checks}"
        yield f"{'':<15} {finding.measured} (limit: {rule.limit}; {rule.source})"
        yield from (f"{'':<15} - {text}" for text in places(finding))
    yield ""
    if whole:
        yield "For a person to check:"
        yield from (f"  - {question}" for question in FOR_A_PERSON)
        yield ""
    yield verdict(report)


def rows(report: Report, *, whole: bool = True) -> Iterator[tuple[PdfRule, Finding]]:
    """Each rule with what it found; only those that are broken if it is not to be `whole`."""
    return (
        (PDF_RULES[id], finding)
        for id, finding in report.findings.items()
        if whole or finding.verdict == "failed"
    )


def places(finding: Finding) -> Iterator[str]:
    """The places of a finding in words, the first few and the number of the rest."""
    yield from (problem.told for problem in finding.problems[:MOST_PLACES])
    if len(finding.problems) > MOST_PLACES:
        yield f"and {len(finding.problems) - MOST_PLACES} more"


def as_values(report: Report) -> dict[str, Any]:
    """The report for programs, under keys that stay."""
    return {
        "name": report.name,
        "passed": report.passed,
        "verdict": verdict(report),
        "unread": unread(report),
        "pages": report.pages,
        "floor_pt": report.floor,
        "findings": [
            {
                "rule": rule.id,
                "checks": rule.checks,
                "measured": finding.measured,
                "limit": rule.limit,
                "verdict": finding.verdict,
                "source": rule.source,
                "places": [
                    {"page": each.at.page, "words": each.message, "written": each.at.written}
                    for each in finding.problems
                    if isinstance(each.at, OnPage)
                ],
            }
            for rule, finding in rows(report)
        ],
        "for_a_person": FOR_A_PERSON,
    }
