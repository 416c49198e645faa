"""What a rule found in a finished PDF: each place that falls short, and what was measured."""

from collections.abc import Callable, Generator, Iterable, Iterator, Sized
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from booklet.check.inspected_pdf import InspectedPdf
from booklet.check.page_model import Run
from booklet.check.rule import Rule
from booklet.messages import counted
from booklet.problems import OnPage, Problem

Verdict = Literal["passed", "failed", "not applicable"]

Place = tuple[int, str]
"""A page, or 0 for the file as a whole; and the words that stand there, or what is wrong."""

Places = Generator[Place, None, str]
"""What a rule gives: every place that falls short, and at last what it measured, in words."""

PdfRule = Rule[InspectedPdf, Places]

LONGEST_PLACE = 60
"""Letters quoted of a place, so that a report stays readable."""

PIECES = ("piece of text", "pieces of text")


class Nothing(str):
    """What was measured where a rule has nothing to look at, or why it has nothing."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule made of one PDF."""

    measured: str
    """What it measured, in words; `Nothing` where there was nothing to look at."""
    problems: tuple[Problem, ...] = ()
    """Every place that falls short, once, by page and then in the order found."""

    @property
    def verdict(self) -> Verdict:
        """A place that falls short is a failure, whatever was measured."""
        if self.problems:
            return "failed"
        return "not applicable" if isinstance(self.measured, Nothing) else "passed"


def applied(rule: PdfRule, pdf: InspectedPdf) -> Finding:
    """A rule applied to a PDF."""
    if pdf.is_print_sheets and not rule.on_sheets:
        return Finding(Nothing("asked of the reading copy, not of sheets"))
    measured = ""

    def places() -> Iterator[Place]:
        nonlocal measured
        measured = yield from rule.judge(pdf)

    problems = tuple(
        rule.named(Problem(Path(pdf.name), words, OnPage(page)))
        for page, words in unique_places(places())
    )
    return Finding(measured, problems)


def unique_places(places: Iterable[Place]) -> list[Place]:
    """Places without repeats, by page and then in the order found; long words cut short.

    >>> unique_places([(3, "two   words"), (0, "no title"), (3, "two words")])
    [(0, 'no title'), (3, 'two words')]
    """
    told = dict.fromkeys((page, _cut(" ".join(words.split()))) for page, words in places)
    return sorted(told, key=lambda place: place[0])


def _cut(words: str) -> str:
    return words if len(words) <= LONGEST_PLACE else words[: LONGEST_PLACE - 1] + "…"


def passages(pdf: InspectedPdf, chosen: Callable[[Run], bool]) -> list[Place]:
    """Where the chosen text stands, a place for each stretch of it in a line."""
    return [(run.page, words) for run, words in pdf.passages(chosen)]


def looked_at(items: Sized, thing: str, many: str | None = None) -> str:
    """What was measured where all there is to say is how many things were looked at.

    >>> looked_at(["a"], "table"), isinstance(looked_at([], "table"), Nothing)
    ('1 table', True)
    """
    words = counted(len(items), thing, many)
    return words if len(items) else Nothing(words)


def among(places: Iterable[Place], whole: str) -> str:
    """How many places fall short, and among what.

    >>> among([], "12 lines"), among([(3, "here")], "12 lines")
    ('none in 12 lines', '1 in 12 lines')
    """
    words = f"{len(unique_places(places)) or 'none'} in {whole}"
    return Nothing(words) if isinstance(whole, Nothing) else words
