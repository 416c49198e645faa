"""Measures a finished PDF, ours or anyone's, by every rule of accessible print."""

from dataclasses import replace
from pathlib import Path

from booklet.check.inspected_pdf import CannotRead, InspectedPdf, inspect_pdf
from booklet.check.pdf_rule import PdfRule, applied
from booklet.check.report import Finding, Report
from booklet.check.rule import rules_in
from booklet.check.rules import (
    colour,
    layout,
    letters,
    navigation,
    obscured,
    order,
    pages,
    replacement,
    splits,
    structure,
)
from booklet.check.rules import file as whole_file
from booklet.check.whereabouts import Whereabouts
from booklet.editions import Size
from booklet.garbage import garbage_looked_for_seldom
from booklet.problems import Problem

PDF_RULES: dict[str, PdfRule] = {"reading-copy": whole_file.reading_copy} | rules_in(
    letters,
    order,
    replacement,
    obscured,
    layout,
    pages,
    splits,
    colour,
    structure,
    navigation,
    whole_file,
)
"""Every rule over PDFs by its id, in the order of the report."""


def check_pdf(
    file: Path | bytes,
    name: str = "",
    size: Size | None = None,
    whereabouts: Whereabouts | None = None,
) -> Report:
    """The report on a finished PDF, given as a file or as its bytes.

    `size` is the size of print it must hold; without it the file's name and title are asked, and
    12 pt is the floor where they say nothing. With the `whereabouts` of a booklet, faults on pages
    say where the words there are written. A file that cannot be read gives a report that has not
    passed and says why.
    """
    name = name or (file.name if isinstance(file, Path) else "the file")
    with garbage_looked_for_seldom():
        try:
            pdf = inspect_pdf(file, name, size)
        except CannotRead as error:
            return Report(name, (Problem(Path(name), str(error)),))
        return _report(pdf, whereabouts)


def _report(pdf: InspectedPdf, whereabouts: Whereabouts | None) -> Report:
    findings = {id: applied(rule, pdf) for id, rule in PDF_RULES.items()}
    if whereabouts:
        findings = {id: _placed(finding, pdf, whereabouts) for id, finding in findings.items()}
    # Whoever reads a fault has not asked for the report, so it says what was looked at.
    problems = tuple(
        replace(problem, message=f"{problem.message}: {rule.checks}, limit {rule.limit}")
        for rule in PDF_RULES.values()
        for problem in findings[rule.id].problems
    )
    return Report(pdf.name, problems, findings, len(pdf.pages), pdf.floor)


def _placed(finding: Finding, pdf: InspectedPdf, whereabouts: Whereabouts) -> Finding:
    problems = tuple(whereabouts.with_place(problem, pdf) for problem in finding.problems)
    return replace(finding, problems=problems)
