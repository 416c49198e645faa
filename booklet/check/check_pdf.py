"""Measures a finished PDF, ours or anyone's, by every rule of accessible print."""

from dataclasses import replace
from pathlib import Path

from booklet.check.inspected_pdf import CannotRead, read_evidence
from booklet.check.pdf_rule import PdfRule, applied
from booklet.check.report import Report
from booklet.check.rule import rules_in
from booklet.check.rules import colour, layout, letters, navigation, obscured, splits, structure
from booklet.check.rules import file as whole_file
from booklet.editions import Size
from booklet.problems import Problem

PDF_RULES: dict[str, PdfRule] = {
    rule.id: rule
    for rule in (
        whole_file.reading_copy,
        *rules_in(letters, obscured, layout, splits, colour, structure, navigation, whole_file),
    )
}
"""Every rule over PDFs by its id, in the order of the report."""


def check_pdf(file: Path | bytes, name: str = "", size: Size | None = None) -> Report:
    """The report on a finished PDF, given as a file or as its bytes.

    `size` is the size of print it must hold; without it the file's name and title are asked, and
    12 pt is the floor where they say nothing. A file that cannot be read gives a report that has
    not passed and says why.
    """
    name = name or (file.name if isinstance(file, Path) else "the file")
    try:
        pdf = read_evidence(file.read_bytes() if isinstance(file, Path) else file, name, size)
    except OSError as error:
        return _unread(name, f"{name} cannot be opened: {error.strerror}")
    except CannotRead as error:
        return _unread(name, str(error))
    findings = {id: applied(rule, pdf) for id, rule in PDF_RULES.items()}
    problems = tuple(
        _told(problem, PDF_RULES[id])
        for id, found in findings.items()
        for problem in found.problems
    )
    return Report(name, problems, findings, len(pdf.pages), pdf.floor)


def _unread(name: str, why: str) -> Report:
    return Report(name, (Problem(Path(name), why),))


def _told(problem: Problem, rule: PdfRule) -> Problem:
    """A place that falls short as somebody reads it who has not asked for the whole report."""
    return replace(problem, message=f"{problem.message}: {rule.checks}, limit {rule.limit}")
