"""What a rule found in a finished PDF, and the places it found it."""

from collections.abc import Iterable, Sequence, Sized
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from booklet.check.inspected_pdf import InspectedPdf
from booklet.check.rule import Rule
from booklet.problems import OnPage, Problem

Verdict = Literal["passed", "failed", "not applicable"]

LONGEST_PLACE = 60
"""Letters quoted of a place, so that a report stays readable."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule made of one PDF."""

    measured: str
    """What it measured, in words; or why it has nothing to look at."""
    problems: Sequence[Problem] = ()
    """Every place that falls short, with its page and the words there, or what is wrong."""
    applies: bool = True
    """Whether there was something to look at."""

    @property
    def verdict(self) -> Verdict:
        """A place that falls short is a failure, whatever was measured."""
        if self.problems:
            return "failed"
        return "passed" if self.applies else "not applicable"


PdfRule = Rule[InspectedPdf, Finding]


def applied(rule: PdfRule, pdf: InspectedPdf) -> Finding:
    """A rule applied to a PDF: its places in the order of pages, each once."""
    if pdf.is_print_sheets and not rule.on_sheets:
        return nothing("asked of the reading copy, not of sheets")
    finding = rule.judge(pdf)
    return replace(finding, problems=unique_places(map(rule.named, finding.problems)))


def unique_places(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems without repeats, by page and then in the order found."""
    return tuple(sorted(dict.fromkeys(problems), key=lambda each: page_of(each)))


def page_of(problem: Problem) -> int:
    """The page a problem is on; 0 for the file as a whole."""
    return problem.at.page if isinstance(problem.at, OnPage) else 0


def on_page(pdf: InspectedPdf, page: int, words: str) -> Problem:
    """A place that falls short, on a page or (0) in the file as a whole.

    `words` are those that stand there, or what is wrong; they are cut to a readable length.
    """
    words = " ".join(words.split())
    if len(words) > LONGEST_PLACE:
        words = words[: LONGEST_PLACE - 1] + "…"
    return Problem(Path(pdf.name), words, OnPage(page))


def nothing(why: str) -> Finding:
    """The rule has nothing to look at, and says why."""
    return Finding(why, applies=False)


def among(places: Sized, whole: str) -> str:
    """How many places fall short, and among what.

    >>> among((), "12 lines"), among(("here",), "12 lines")
    ('none in 12 lines', '1 in 12 lines')
    """
    return f"{len(places) or 'none'} in {whole}"
