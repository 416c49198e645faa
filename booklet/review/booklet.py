"""A booklet as it is loaded: checked content, and its review status, which is worked out once."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path

from booklet.content.folder import HOUSE_FILE, mapping, parted, read_files
from booklet.content.load import Files, load_with_files, review_of
from booklet.content.model import CheckedContent
from booklet.content.plain_text import fingerprint, whole_text
from booklet.content.review_file import Entry, ReviewFile
from booklet.content.translation import compared
from booklet.content.yaml_source import read_yaml
from booklet.editions import Audience
from booklet.messages import counted
from booklet.problems import FaultsFound, Problem
from booklet.review.changes import compare, named, summary
from booklet.review.integrity import doubts
from booklet.review.record import read_snapshot
from booklet.review.status import ReviewStatus, last_approval


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
    checked = [field.name for field in fields(CheckedContent)]
    return {
        reader: Booklet(**{each: getattr(found, each) for each in checked}, status=status)
        for reader, found in contents.items()
    }


def review_status(content: Path, name: str, today: date) -> ReviewStatus:
    """The review status of a booklet of a content folder; errors as `load_with_files`."""
    return status_of(*load_with_files(content, name), today)


def status_of(
    contents: Mapping[Audience, CheckedContent], files: Files, today: date
) -> ReviewStatus:
    """The review status of content that was loaded, for all its readers.

    `FaultsFound` where a file of a translation's original cannot be read.
    """
    of_any = next(iter(contents.values()))
    text, record = whole_text(contents), of_any.review.record
    return ReviewStatus(
        folder=files.folder,
        language=files.language,
        version=of_any.about.version,
        text=text,
        fingerprint=fingerprint(text),
        record=record,
        today=today,
        changed=_changed(files.folder, last_approval(record), text),
        behind=compared(files.folder.parent, files.name).warning if parted(files.name)[1] else None,
        doubts=doubts(files.folder, files.review, record, today),
        must_be_signed=_asks_for_signatures(files),
    )


def record_alone(content: Path, name: str, today: date) -> tuple[ReviewStatus, Files]:
    """The record of a booklet whose words may have faults: a status of no words, and the files.

    What was given out can be withdrawn by it, whatever state the words are in. `FaultsFound` where
    the record itself cannot be read.
    """
    faults: list[Problem] = []
    files = read_files(content, name, None, faults)
    if files.review and not files.review.readable:
        raise FaultsFound([each for each in faults if each.file == files.review.file])
    review = review_of(files, files.review) if files.review else ReviewFile()
    return ReviewStatus(
        folder=files.folder,
        language=files.language,
        version=str(files.about.values.get("version") or ""),
        text="",
        fingerprint=fingerprint(""),
        record=review.record,
        today=today,
        changed="",
        behind=None,
        doubts=doubts(files.folder, files.review, review.record, today),
        must_be_signed=_asks_for_signatures(files),
    ), files


def _asks_for_signatures(files: Files) -> bool:
    """Whether the house asks that approvals be signed; of a translation, either house may.

    A house file that cannot be read is taken to ask for it.
    """
    shared = files.folder.parent / HOUSE_FILE
    houses = [files.contacts.values]
    if files.contacts.file != shared and shared.is_file():
        try:
            houses.append(read_yaml(shared).values)
        except FaultsFound:
            return True
    return any(str(mapping(each).get("signed_approvals")).lower() == "true" for each in houses)


def _changed(folder: Path, last: Entry | None, text: str) -> str:
    """What changed in words since an approval; empty where there is none or it is of this text."""
    if last is None or last.fingerprint == fingerprint(text):
        return ""
    try:
        changes = compare(read_snapshot(folder, last).text, text)
    except FaultsFound as error:
        return f"the words have changed ({error.problems[0].message})"
    if changes.places:
        where = counted(len(changes.places), "section")
        return f"the words have changed in {where}: {named(changes.places)}"
    return summary(changes) if changes else "only the version or its date has changed"
