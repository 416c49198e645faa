"""A rule, and what it found."""

from collections.abc import Callable, Iterable, Sized
from dataclasses import dataclass
from typing import Literal

from booklet.check.inspected_pdf import Evidence
from booklet.messages import counted as counted

Verdict = Literal["passed", "failed", "not applicable"]

LONGEST_QUOTE = 60
"""Letters quoted of a place, so that a report stays readable."""


@dataclass(frozen=True, order=True, slots=True)
class Place:
    """Where a rule is broken: the page (0: the file as a whole) and the words, or what is wrong."""

    page: int
    words: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a rule's function says: what it measured, and every place that falls short."""

    measured: str
    places: tuple[Place, ...] = ()
    applies: bool = True


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table of rules. `limit`, `source` and `why` are for people to read.

    `on_sheets` says whether print sheets are measured too: order, structure and links are asked of
    the reading copy alone.
    """

    id: str
    checks: str
    limit: str
    source: str
    judge: Callable[[Evidence], Outcome]
    why: str
    on_sheets: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule made of one file."""

    rule: str
    checks: str
    measured: str
    limit: str
    verdict: Verdict
    source: str
    places: tuple[Place, ...]


def found(rule: Rule, evidence: Evidence) -> Finding:
    """A rule applied to a file. A place that falls short is a failure, whatever was measured."""
    asked = rule.on_sheets or not evidence.is_print_sheets
    outcome = rule.judge(evidence) if asked else nothing("asked of the reading copy, not of sheets")
    verdict: Verdict = "passed" if outcome.applies else "not applicable"
    if outcome.places:
        verdict = "failed"
    return Finding(
        rule.id, rule.checks, outcome.measured, rule.limit, verdict, rule.source, outcome.places
    )


def place(page: int, words: str) -> Place:
    """A place, its words cut to a readable length.

    >>> place(3, "two   words").words
    'two words'
    """
    words = " ".join(words.split())
    return Place(page, words if len(words) <= LONGEST_QUOTE else words[: LONGEST_QUOTE - 1] + "…")


def sole(places: Iterable[Place]) -> tuple[Place, ...]:
    """Places without repeats, by page and then in the order found."""
    return tuple(sorted(dict.fromkeys(places), key=lambda one: one.page))


def nothing(why: str) -> Outcome:
    """The rule has nothing to look at, and says why."""
    return Outcome(why, applies=False)


def among(places: Sized, whole: str) -> str:
    """How many places fall short, and among what.

    >>> among((), "12 lines"), among(("here",), "12 lines")
    ('none in 12 lines', '1 in 12 lines')
    """
    return f"{len(places) or 'none'} in {whole}"
