"""A rule over PDFs or over words, made of the function that looks."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from inspect import cleandoc
from types import ModuleType
from typing import Any, Generic, TypeVar

from booklet.problems import Problem, Severity

Looked = TypeVar("Looked")
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Rule(Generic[Looked, Found]):
    """A rule over finished PDFs or over words; all but `judge` and the switches is for people."""

    judge: Callable[[Looked], Found]  # Gives `Shortfalls` of a PDF, `Problem`s of a reader's text
    id: str  # What notes and `check --explain` call it by: the function's name with hyphens
    checks: str  # What is looked at, a few words without a full stop
    why: str  # What its readers gain by the rule
    limit: str  # What is asked for, or where the list of it stands
    source: str  # The standard or the guidance that asks for it
    bad: str  # An example that breaks the rule; empty for PDFs
    better: str  # The same example put right
    severity: Severity = "error"  # Whether it must be put right, or somebody should look
    on_sheets: bool = False  # Whether print sheets are measured too, not the reading copy alone
    english: bool = True  # Whether it knows English only, and stays silent in other languages

    def named(self, problem: Problem) -> Problem:
        """A problem that its function found, with the rule's name and severity."""
        return replace(problem, rule=self.id, severity=self.severity)


def rule(
    limit: str, source: str, severity: Severity = "error", *, more: str = "", **switches: Any
) -> Callable[[Callable[[Looked], Found]], Rule[Looked, Found]]:
    """Makes a rule of the function that looks; its docstring is what people are told of it.

    The first line says what is checked, the next paragraph why. `Not:` begins an example of what
    breaks the rule, `Better:` the same put right. `more` goes on where the docstring ends, for
    what is made of other values. `switches` are `on_sheets` and `english` of `Rule`.
    """

    def made(judge: Callable[[Looked], Found]) -> Rule[Looked, Found]:
        checks, _, rest = cleandoc(judge.__doc__ or "").partition("\n")
        why, _, examples = " ".join(rest.split()).partition(" Not: ")
        bad, _, better = examples.partition(" Better: ")
        id, why = judge.__name__.replace("_", "-"), f"{why} {more}".strip()
        texts = (id, checks.rstrip("."), why, limit, source, bad, better)
        return Rule(judge, *texts, severity, **switches)

    return made


def rules_in(*modules: ModuleType) -> dict[str, Rule[Any, Any]]:
    """The rules that modules define by their ids, in the order they stand there."""
    values = (value for module in modules for value in vars(module).values())
    return {value.id: value for value in values if isinstance(value, Rule)}
