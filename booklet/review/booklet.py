"""A booklet with its review status: what every page, file and check of it is made from."""

from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path

from booklet.content.load import load_with_files
from booklet.content.model import CheckedContent
from booklet.editions import Audience
from booklet.review.status import ReviewStatus, status_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Booklet(CheckedContent):
    """A booklet for one reader: its checked content, and who answers for it."""

    status: ReviewStatus
    """The review status of the words of all its readers, the same in each of their booklets."""


def load_booklet(
    content: Path, name: str, today: date, clinic: str | None = None
) -> dict[Audience, Booklet]:
    """The booklet `name` for each of its readers, with its review status on a day.

    `FaultsFound` carries every fault of every file for every reader; `WrongUsage` says that
    there is no such booklet or clinic.
    """
    contents, files = load_with_files(content, name, clinic)
    status = status_of(contents, files, today)
    return {reader: _booklet(found, status) for reader, found in contents.items()}


def _booklet(content: CheckedContent, status: ReviewStatus) -> Booklet:
    parts = {field.name: getattr(content, field.name) for field in fields(content)}
    return Booklet(**parts, status=status)
