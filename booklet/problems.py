"""What can go wrong, said so that the person at the keyboard can put it right."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Literal

Severity = Literal["error", "warning"]


class ExitCode(IntEnum):
    """What the command tells the shell."""

    DONE = 0
    FAULTS = 1
    USAGE = 2
    MISSING = 3
    STOPPED = 130


@dataclass(frozen=True, order=True, slots=True)
class Position:
    """A place in a text file; lines and columns count from 1, as editors count them."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to put right: the file, what is wrong and what to do, and how bad it is.

    `at` is its place, where the file has lines and the fault stands on one. `rule` is the id of
    the rule that was broken, for `check --explain`, where a rule found it.

    >>> print(Problem(Path("content/a.yaml"), "`titel`: write `title`", Position(3, 5)))
    content/a.yaml:3:5: error: `titel`: write `title`
    >>> print(Problem(Path("a.pdf"), "this is not a PDF"))
    a.pdf: error: this is not a PDF
    >>> print(Problem(Path("a.yaml"), "24 words", severity="warning", rule="long-sentence"))
    a.yaml: warning: 24 words [long-sentence]
    """

    file: Path
    message: str
    at: Position | None = None
    severity: Severity = "error"
    rule: str | None = None

    @property
    def place(self) -> str:
        """The file, with line and column where they are known, as editors and terminals link it."""
        return f"{self.file}:{self.at.line}:{self.at.column}" if self.at else str(self.file)

    @property
    def words(self) -> str:
        """The message, and the rule that is broken."""
        return f"{self.message} [{self.rule}]" if self.rule else self.message

    def __str__(self) -> str:
        return f"{self.place}: {self.severity}: {self.words}"


def by_place(problem: Problem) -> tuple[Path, tuple[int, int], str]:
    """What problems are sorted by: as a person works through the files."""
    at = problem.at
    return problem.file, (at.line, at.column) if at else (0, 0), problem.words


class BookletError(Exception):
    """Anything the program stops for and explains."""

    exit_code = ExitCode.FAULTS


class FaultsFound(BookletError):
    """The content or a finished file has faults; all of them are in `problems`, sorted."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems), key=by_place))
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type["FaultsFound"], tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)


class WrongUsage(BookletError):
    """The command was asked for something that does not exist."""

    exit_code = ExitCode.USAGE


class MissingOnMachine(BookletError):
    """Something the program needs is not installed; the message says how to install it."""

    exit_code = ExitCode.MISSING
