"""The work of a mailing run as plain values, which any executor's workers can be given."""

from collections.abc import Mapping
from dataclasses import dataclass

from booklet.post.enclosures import Enclosed
from booklet.post.recipient import Recipient
from booklet.post.refusal import RefusedRow
from booklet.post.setting import Setting


@dataclass(frozen=True, slots=True)
class MailJob:
    """Letters that are set together, in one form."""

    number: int  # Which batch of the run it is, counted from 1
    people: tuple[Recipient, ...]  # Whom they go to, in the order they are printed
    setting: Setting  # What is the same for the letters of all batches
    enclosed: Enclosed | None  # The booklet that goes with each; `None` for letters alone
    name: str  # What its file is called, without `.pdf`

    def __repr__(self) -> str:
        """The number alone: a message must not have the letter."""
        return f"MailJob(number={self.number})"


@dataclass(frozen=True, slots=True)
class MadeLetter:
    """A letter that was made."""

    row: int  # The row of the list
    part: int  # 0 for the person of the row, 1 and up for those who get a copy
    file: str  # The file it is in
    pages: int  # The pages of the letter itself
    sheets: int  # The sheets of paper that the file has for its envelope


@dataclass(frozen=True, slots=True)
class MadeBatch:
    """What came of a job: files and the letters in them, or rows that are at fault."""

    files: Mapping[str, bytes]  # The files, by their names
    letters: tuple[MadeLetter, ...]  # What is in them
    refused: tuple[RefusedRow, ...] = ()
    """The rows whose letters have faults; where there are any, there are no files."""
