"""What the rules made of one finished PDF, or of the words of one booklet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from booklet.problems import Problem

if TYPE_CHECKING:  # a report on a PDF has none
    from booklet.check.words.grade import SectionGrade

Verdict = Literal["passed", "failed", "not applicable"]


class Nothing(str):
    """What was measured where a rule has nothing to look at, or why it has nothing."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule made of one PDF."""

    measured: str  # What it measured, in words; `Nothing` where there was nothing to look at
    problems: tuple[Problem, ...] = ()  # Every place that falls short, once, by page

    @property
    def verdict(self) -> Verdict:
        """A place that must be put right is a failure, whatever was measured."""
        if any(problem.severity == "error" for problem in self.problems):
            return "failed"
        return "not applicable" if isinstance(self.measured, Nothing) else "passed"


@dataclass(frozen=True, slots=True)
class Report:
    """The result for one PDF or for the words of one booklet."""

    name: str  # The file's name, or the booklet's
    problems: tuple[Problem, ...]  # All that falls short; of a PDF that cannot be read, why
    findings: Mapping[str, Finding] = field(default_factory=dict)  # Of a PDF, by the rule's id
    pages: int = 0  # How many pages the PDF has
    floor: float = 0  # The smallest print the PDF was measured against, points
    on_purpose: tuple[str, ...] = ()  # The notes beside the words that excuse something, as lines
    grades: "tuple[SectionGrade, ...]" = ()  # Of each section, by reader and in reading order

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What must be put right."""
        return tuple(each for each in self.problems if each.severity == "error")

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What somebody should look at."""
        return tuple(each for each in self.problems if each.severity == "warning")

    @property
    def passed(self) -> bool:
        """Whether there is no error; warnings may stay, and people's checks are still to come."""
        return not self.errors
