"""The whole check, readable as a recipe: words, PDFs, who answers for them, and what is old."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from booklet.check import pdf_report, words_report
from booklet.check.check_letter import check_letter
from booklet.check.check_pdf import check_pdf
from booklet.check.check_words import check_words
from booklet.check.report import Report
from booklet.check.whereabouts import Whereabouts
from booklet.content.folder import parted
from booklet.content.names import booklet_names, some_booklets
from booklet.content.suggestion import near
from booklet.editions import AUDIENCES, RELEASED, Audience, Size
from booklet.pdf.guarded import STRANGERS, TooMuch, in_child
from booklet.problems import Problem, WrongUsage
from booklet.provenance.manifest import is_built_here
from booklet.provenance.stale_pdfs import warnings
from booklet.review.booklet import review_status
from booklet.review.release_policy import expiry_problems
from booklet.review.status import ReviewStatus


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found of files and booklets."""

    files: tuple[Report, ...]  # The PDFs that were named or built, in the order they were named
    words: tuple[Report, ...]  # The words of each booklet and letter that was named
    statuses: tuple[ReviewStatus, ...]  # Who answers for the words of each booklet
    copies: tuple[Problem, ...]  # PDFs of other words than booklets have now; editions not built
    not_built: tuple[str, ...]  # Booklets without a PDF, so that none was measured

    @property
    def days(self) -> tuple[Problem, ...]:
        """Approvals that have ended or will soon."""
        return tuple(day for each in self.statuses for day in expiry_problems(each))

    @property
    def doubts(self) -> tuple[Problem, ...]:
        """Where a record, or words kept beside it, are not as the program left them."""
        return tuple(doubt for each in self.statuses for doubt in each.doubts)

    @property
    def behind(self) -> tuple[str, ...]:
        """Of each translation that is behind its original, how far."""
        return tuple(f"warning: {each.behind}" for each in self.statuses if each.behind)

    @property
    def passed(self) -> bool:
        """Whether there is something of each booklet to measure, and nothing has an error."""
        in_time = all(day.severity != "error" for day in self.days)
        reports = (*self.files, *self.words)
        whole = in_time and not self.not_built and not self.doubts
        return whole and all(each.passed for each in reports)

    def as_values(self) -> dict[str, Any]:
        """All of it for programs, under keys that stay."""
        return {
            "passed": self.passed,
            "files": [pdf_report.as_values(each) for each in self.files],
            "words": [words_report.as_values(each) for each in self.words],
            "states": [
                {"booklet": each.name, "state": each.state, "said": each.sentence()}
                for each in self.statuses
            ],
            "doubts": [_values(each) for each in self.doubts],
            "days": [_values(each) for each in self.days],
            "copies": [_values(each) for each in self.copies],
            "translations_behind": self.behind,
            "not_built": self.not_built,
        }


def letter_named(file: Path, content: Path) -> str | None:
    """The name of the letter that a file of the content folder is; `None` for any other file.

    That of a translation is its original's.
    """
    is_there = file.suffix == ".yaml" and file.parent.resolve() == (content / "letters").resolve()
    return file.name.partition(".")[0] if is_there else None


def _values(problem: Problem) -> dict[str, Any]:
    return asdict(problem) | {"file": problem.file.as_posix()}


def check(
    names: Iterable[Path],
    content: Path,
    output: Path,
    today: date,
    size: Size | None = None,
    clinic: str | None = None,
) -> Checked:
    """Hold PDFs, and booklets with the PDFs built of them, against the rules.

    A name is that of a booklet of the folder `content`, whose PDFs are looked for in `output`, or
    a file: a PDF, or a letter of `content`, whose words are checked. `size` is the print that all
    PDFs must hold; without it each says so itself. With a `clinic`, the words of its profile are
    checked as well. `FaultsFound` where a booklet or a letter cannot be loaded, `WrongUsage` where
    a name is neither a booklet nor a file.
    """
    names, known = tuple(names), booklet_names(content)
    booklets = [str(name) for name in names if str(name) in known]
    letters = {name: letter for name in names if (letter := letter_named(name, content))}
    words = (
        *(check_words(content, name, clinic) for name in booklets),
        *(check_letter(content, letter) for letter in letters.values()),
    )
    statuses = tuple(review_status(content, name, today) for name in booklets)
    built = {status.name: _built(status, output) for status in statuses}
    files = [
        (str(name), file)
        for name in names
        if name not in letters
        for file in built.get(str(name), (name,))
    ]
    _must_be_there((file for _, file in files), content)
    texts = _texts(booklets, content, clinic)
    return Checked(
        files=tuple(
            _measured(file, size, texts.get((name, _reader(file)))) for name, file in files
        ),
        words=words,
        statuses=statuses,
        copies=tuple(old for each in statuses for old in warnings(each, built[each.name], output)),
        not_built=tuple(name for name, pdfs in built.items() if not pdfs),
    )


def _must_be_there(files: Iterable[Path], content: Path) -> None:
    """`WrongUsage` where a name is neither a booklet nor that of a file, but of a folder, say."""
    for file in files:
        if file.is_dir() or not (file.suffix or file.exists()):
            there = near(str(file), frozenset(some_booklets(content)))
            raise WrongUsage(f"there is no file and no booklet `{file}`; {there}")


def _texts(
    booklets: Iterable[str], content: Path, clinic: str | None
) -> dict[tuple[str, Audience | None], Whereabouts]:
    """Where the words of each booklet are written, by booklet and reader; none is read yet."""
    return {
        (name, reader): Whereabouts(content, name, reader, clinic)
        for name in booklets
        for reader in AUDIENCES
    }


def _reader(file: Path) -> Audience | None:
    """The reader that the name of a built file says it is for."""
    return next((each for each in AUDIENCES if f"_{each}_" in file.name), None)


def _measured(file: Path, size: Size | None, known: Whereabouts | None) -> Report:
    """The report on a file; one that was not built here is measured in a process of its own."""
    if is_built_here(file):
        return check_pdf(file, size=size, whereabouts=known)
    try:
        return in_child(check_pdf, file, file.name, size, known, limits=STRANGERS)
    except TooMuch as error:
        return Report(file.name, (Problem(file, f"this PDF cannot be measured: {error}"),))


_FOR_PRINTERS = ("_PRINT-", "_JOB-TICKET")
"""What the names of print sheets and job tickets have in them: nobody gets those to read."""


def _built(status: ReviewStatus, output: Path) -> tuple[Path, ...]:
    """Every PDF to read that was built of a booklet, in the language it is written in."""
    original, _ = parted(status.name)
    names = f"{original}_*_{status.language.code}_*.pdf"
    built = sorted(path for each in (output, output / RELEASED) for path in each.glob(names))
    return tuple(file for file in built if not any(mark in file.name for mark in _FOR_PRINTERS))
