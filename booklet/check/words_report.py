"""The report on the words of a booklet: for people in lines, for programs in values."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from booklet.check.report import Report
from booklet.check.words.grade import EASY_AGE, ENOUGH_WORDS, HARDEST_AGE, SectionGrade
from booklet.editions import AUDIENCES
from booklet.messages import counted
from booklet.problems import Position, Problem

MOST_WARNINGS = 3  # Warnings of one rule in the short report for people; JSON has them all


def lines(report: Report, *, whole: bool = True) -> Iterator[str]:
    """The report as lines: errors, warnings, notes, figures by section, the sum.

    Notes and figures, which ask nothing of anybody, and all warnings of a rule that has many, only
    if it is to be the `whole` report.
    """
    yield from map(str, report.errors)
    yield from map(str, report.warnings) if whole else _some(report.warnings)
    if whole:
        yield from _notes_and_figures(report)
    yield _sum(report)


def _some(warnings: Iterable[Problem]) -> Iterator[str]:
    """Warnings rule by rule, in the order of the first of each; the number of those left out."""
    by_rule: dict[str | None, list[Problem]] = {}
    for each in warnings:
        by_rule.setdefault(each.rule, []).append(each)
    for rule, found in by_rule.items():
        yield from map(str, found[:MOST_WARNINGS])
        if len(found) > MOST_WARNINGS:
            yield f"and {counted(len(found) - MOST_WARNINGS, 'more warning')} [{rule}]"


def _notes_and_figures(report: Report) -> Iterator[str]:
    yield from (f"on purpose: {note}" for note in report.on_purpose)
    for audience in AUDIENCES:
        yield ""
        yield (
            f"Edition for {audience}: reading age by formula, a hint and no proof "
            f"(NHS target 9 to {EASY_AGE}, at most {HARDEST_AGE})"
        )
        yield "  age  grade  words  a sentence  longest  passive  section"
        yield from (_figures(each) for each in report.grades if each.reader == audience)
    yield f"- in place of an age: the section has fewer than {ENOUGH_WORDS} words"
    yield ""


def _figures(each: SectionGrade) -> str:
    age = "-" if each.age is None else each.age
    grade = "-" if each.grade is None else f"{each.grade:.1f}"
    mean = each.words / max(1, each.sentences)
    share = 100 * each.passive / max(1, each.sentences)
    return (
        f"  {age:>3}  {grade:>5}  {each.words:5d}  {mean:10.1f}  {each.longest:7d}  {share:6.0f}%  "
        f"{each.title}"
    )


def _sum(report: Report) -> str:
    counts = Counter(each.rule for each in report.problems)
    by_rule = ", ".join(f"{rule} {count}" for rule, count in counts.most_common())
    errors, warnings = len(report.errors), len(report.warnings)
    total = f"{report.name}: {counted(errors, 'error')}, {counted(warnings, 'warning')}"
    return f"{total} ({by_rule})" if by_rule else total


def as_values(report: Report) -> dict[str, Any]:
    """The report for programs; paths with forward slashes."""
    return {
        "booklet": report.name,
        "passed": report.passed,
        "problems": [_problem(each) for each in report.problems],
        "on_purpose": report.on_purpose,
        "sections": [asdict(each) | {"age": each.age} for each in report.grades],
    }


def _problem(problem: Problem) -> dict[str, Any]:
    at = problem.at if isinstance(problem.at, Position) else Position(0, 0)
    return {
        "file": problem.file.as_posix(),
        **asdict(at),
        "message": problem.words,
        "severity": problem.severity,
        "rule": problem.rule,
    }
