"""What somebody asks Mail for."""

import shlex
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, get_args

from booklet.editions import Audience, Ink, Size

Way = Literal["stream", "files", "letters"]
"""A print stream in stuffing order; a file a person, letter and booklet in one; letters alone, with
a count of the booklets to take from the shelf."""
WAYS: tuple[Way, ...] = get_args(Way)


@dataclass(frozen=True, slots=True)
class MailOrder:
    """A mailing run, as it was asked for."""

    recipients: Path  # The list, as CSV or a spreadsheet
    letter: str  # The name of the letter below `content/letters`
    clinic: str  # The name of the profile of the clinic that writes
    booklet: str  # The booklet for rows that name none; empty where each row names one
    carrier: str  # The name of the carrier
    content: Path  # The content folder
    output: Path  # The folder of finished files; all of Mail is in a folder below it
    today: date  # The day it is asked for; a run that goes on keeps the day it began
    way: Way = "stream"  # How it is sent
    audience: Audience = "patient"  # The reader for rows that name none
    size: Size | None = None  # The size for rows that need none; `None`: standard
    language: str = "en"  # The language for rows that name none, as a tag
    ink: Ink | None = None
    """What booklets are printed in; `None`: black where they are printed with the letters, else
    colour."""
    columns: Path | None = None  # A mapping of column names; `None`: that of the clinic, or ours
    draft: bool = False  # Whether booklets may be drafts, marked on every page
    alone: bool = False  # Whether no booklet goes with the letter, whatever rows say
    sheet: str | None = None  # The sheet of a workbook that has several
    marks: bool = False  # Whether sheets have marks for an inserting machine
    one_sided: bool = False  # Whether the printer prints one side only
    international: bool = False  # Whether addresses outside the United Kingdom are written to
    skipped: Path | None = None
    """The file that rows with faults are written to; `None` where none may be left out."""
    articles_for_the_blind: bool = False  # Whether booklets in large print go by themselves, free
    recalled: str = ""  # The code whose readers alone are written to; empty for everybody

    def options(self) -> dict[str, str | bool]:
        """What letters depend on besides words, list and carrier, as the ledger keeps it."""
        return {
            "booklet": self.booklet,
            "clinic": self.clinic,
            "way": self.way,
            "audience": self.audience,
            "size": self.size.name if self.size else "",
            "language": self.language,
            "alone": self.alone,
            "draft": self.draft,
            "marks": self.marks,
            "one_sided": self.one_sided,
            "ink": self.ink.name if self.ink else "",
            "international": self.international,
            "skip_bad": self.skipped is not None,
            "articles_for_the_blind": self.articles_for_the_blind,
        }

    def command(self, words: str) -> str:
        """A command of Mail about the runs of this order, as it can be typed.

        >>> order = MailOrder(*(Path(), "", "", "", "", Path(), Path("my out"), date(2026, 12, 1)))
        >>> print(order.command("runs"))
        `booklet mail runs --output 'my out'`
        """
        return f"`booklet mail {words} --output {shlex.quote(str(self.output))}`"
