"""What can go wrong, said so that the person at the keyboard can put it right."""

import re
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any, Literal

Severity = Literal["error", "warning"]


_UNSEEN = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Controls of terminals, controls of direction, and halves of characters that no encoding has."""


def shown(text: object) -> str:
    r"""Text that may come from a file, so that a terminal prints it and obeys nothing in it.

    What is escaped is so in JSON too.

    >>> print(shown("a\x1b[31m"), shown("\ud800"))
    a\u001b[31m \ud800
    """
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", str(text))


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


@dataclass(frozen=True, order=True, slots=True)
class OnPage:
    """A place in a PDF: the page, counted from 1; 0 is the file as a whole."""

    page: int
    written: tuple[str, ...] = ()
    """Where the words there are written, as file, line and column; several texts may have them."""
    begins: bool = False
    """Whether those are the first words of the page, because the fault quotes none."""

    @property
    def source(self) -> str:
        """Where the words are written, in brackets; empty where that is not known.

        >>> OnPage(3, ("a.yaml:3:5", "b.yaml:9:5")).source, OnPage(3).source
        (' (written at a.yaml:3:5 or b.yaml:9:5)', '')
        """
        said = "the page begins at" if self.begins else "written at"
        return f" ({said} {' or '.join(self.written)})" if self.written else ""


@dataclass(frozen=True, order=True, slots=True)
class InList:
    """A place in a list of people, as a spreadsheet counts: what stands there is private."""

    row: int  # The headings are usually row 1
    column: str = ""  # The heading of the column; nothing for the whole row


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to put right, and where it is.

    >>> print(Problem(Path("content/a.yaml"), "`titel`: write `title`", Position(3, 5)))
    content/a.yaml:3:5: error: `titel`: write `title`
    >>> print(Problem(Path("a.pdf"), "this is not a PDF"))
    a.pdf: error: this is not a PDF
    >>> print(Problem(Path("a.yaml"), "24 words", severity="warning", rule="long-sentence"))
    a.yaml: warning: 24 words [long-sentence]
    >>> print(Problem(Path("a.pdf"), "so pale", OnPage(3), rule="contrast"))
    a.pdf: error: page 3: so pale; `booklet check --explain contrast` says more
    >>> print(Problem(Path("list.csv"), "write the name", InList(3, "Surname")))
    list.csv: error: row 3, Surname: write the name
    """

    file: Path
    message: str  # What is wrong, and what to do
    at: Position | OnPage | InList | None = None
    """Where; `None` for the whole file, or no known place."""
    severity: Severity = "error"
    rule: str | None = None  # The id of the rule that found it, for `check --explain`

    @property
    def place(self) -> str:
        """The file, with line and column where they are known, as editors and terminals link it."""
        at = self.at
        return f"{self.file}:{at.line}:{at.column}" if isinstance(at, Position) else str(self.file)

    @property
    def told(self) -> str:
        """The message, with its page and where the words there are written, or its row.

        No editor opens a PDF at a page by its name, nor a list at a row.
        """
        if isinstance(self.at, OnPage) and self.at.page:
            return f"page {self.at.page}: {self.message}{self.at.source}"
        if isinstance(self.at, InList):
            column = f", {self.at.column}" if self.at.column else ""
            return f"row {self.at.row}{column}: {self.message}"
        return self.message

    @property
    def words(self) -> str:
        """The message with its page, and the rule that is broken.

        Of words there are many faults and people know the rules; of a PDF few, and who built it
        has not asked for rules, so they are told where to read on.
        """
        if self.rule is None:
            return self.told
        if isinstance(self.at, OnPage):
            return f"{self.told}; `booklet check --explain {self.rule}` says more"
        return f"{self.told} [{self.rule}]"

    def __str__(self) -> str:
        return shown(f"{self.place}: {self.severity}: {self.words}")


def by_place(problem: Problem) -> tuple[Path, tuple[Any, ...], str]:
    """What problems are sorted by: as a person works through the files."""
    place = astuple(problem.at) if problem.at else ()
    return problem.file, place, problem.words


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
    """The command was asked for something that does not exist; each argument is one sentence."""

    exit_code = ExitCode.USAGE

    def __str__(self) -> str:
        return "\n".join(map(str, self.args))


class MissingOnMachine(BookletError):
    """Something the program needs is not installed; the message says how to install it."""

    exit_code = ExitCode.MISSING
