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
class Problem:
    """One thing to put right, and where it is.

    Lines and columns count from 1, as editors count them; 0 where a file has no lines, and then
    they are not said.

    >>> print(Problem(Path("content/a.yaml"), 3, 5, "`titel` is not known; write `title`"))
    content/a.yaml:3:5: error: `titel` is not known; write `title`
    >>> print(Problem(Path("a.pdf"), 0, 0, "this is not a PDF"))
    a.pdf: error: this is not a PDF
    """

    file: Path
    line: int
    column: int
    message: str
    severity: Severity = "error"

    def __str__(self) -> str:
        place = f":{self.line}:{self.column}" if self.line else ""
        return f"{self.file}{place}: {self.severity}: {self.message}"


class BookletError(Exception):
    """Anything the program stops for and explains."""

    exit_code = ExitCode.FAULTS


class FaultsFound(BookletError):
    """The content or a finished file has faults; all of them are in `problems`, sorted."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type["FaultsFound"], tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)


class WrongUsage(BookletError):
    """The command was asked for something that does not exist."""

    exit_code = ExitCode.USAGE


class MissingOnMachine(BookletError):
    """Something the program needs is not installed; the message says how to install it."""

    exit_code = ExitCode.MISSING
