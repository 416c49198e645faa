"""Sending words to review, approving and withdrawing them: checked, then written whole.

It stands above the checks of words, which an approval asks; what it writes is `booklet.review`'s.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from booklet.check.check_words import check_words
from booklet.check.words.rules.parts import left_to_write
from booklet.content.folder import REVIEW_FILE, TRANSLATION_FILE
from booklet.content.language import ENGLISH
from booklet.content.load import Files, load_with_files, texts
from booklet.content.model import CheckedContent
from booklet.content.review_file import Event, latest_due, wrong_due_day
from booklet.editions import Audience
from booklet.files import write_whole
from booklet.problems import FaultsFound, Problem, WrongUsage
from booklet.review.booklet import status_of
from booklet.review.record import snapshot_name, with_entry
from booklet.review.status import ReviewStatus


@dataclass(frozen=True, slots=True)
class SignOff:
    """Who says what is to be written into the record."""

    by: str
    """The person's full name."""
    on: date
    """The day it was done."""
    today: date
    """The day the command is run."""
    role: str | None = None
    """What makes them the one to say so; needed but for sending words to review."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was added to a record: the words it is about, and the files that say so."""

    status: ReviewStatus
    """The status of the words before the entry."""
    sections: int
    """The number of section files."""
    words: dict[Audience, int]
    """The number of words in each reader's sections."""
    written: tuple[Path, ...]
    """The record, and with an approval the words that are kept."""
    review_due: date | None = None
    """The last day of an approval."""


def send_to_review(content: Path, name: str, sign_off: SignOff) -> Recorded:
    """Note that these very words went to review; `FaultsFound` where they have faults."""
    return _add_entry(_read(content, name, sign_off), "sent to review", sign_off)


def withdraw(content: Path, name: str, sign_off: SignOff, why: str) -> Recorded:
    """Withdraw the booklet: it does not build until it goes to review or is approved anew."""
    words = _read(content, name, sign_off)
    if gone := words.status.withdrawal:
        raise WrongUsage(f"{name} is withdrawn already, by {gone.by} on {ENGLISH.day(gone.on)}")
    if not words.status.record:
        raise WrongUsage(
            f"{name} was neither sent to review nor approved, so there is nothing to withdraw; "
            "delete copies that are about, and its folder if nobody wants it"
        )
    return _add_entry(words, "withdrawn", sign_off, why=why)


def approve(
    content: Path, name: str, sign_off: SignOff, due: date | None = None, summary: str = ""
) -> Recorded:
    """Approve these very words until `due`, three years on unless it says otherwise.

    The words are kept beside the record. `FaultsFound` where the content or its words have errors,
    texts of `new` are left to write, a translation is behind its original, or the version is one
    whose words are approved already and were others; `WrongUsage` where a day is wrong. Both files
    are written, or neither.
    """
    words = _read(content, name, sign_off)
    due = due or latest_due(sign_off.on)
    wrong = wrong_due_day(sign_off.on, due)
    if wrong or due < sign_off.today:
        raise WrongUsage(f"--review-due {due}: {wrong or 'this day has passed; give a later one'}")
    prepared = next(iter(words.contents.values())).about.prepared
    if sign_off.on < prepared <= sign_off.today:
        raise WrongUsage(
            f"--on {sign_off.on}: this day is before {prepared}, the day this version was written "
            "(`prepared` in booklet.yaml); give the day it was approved"
        )
    report = check_words(content, name)
    unwritten = [each for each in report.warnings if each.rule == left_to_write.id]
    found = [*report.errors, *(replace(each, severity="error") for each in unwritten)]
    found += _against(words)
    if sign_off.on < prepared:  # a day still to come: the day in booklet.yaml is the wrong one
        message = f"this version was written after it is approved, {sign_off.on}; correct it"
        found.append(words.files.about.problem(message, ("prepared",)))
    if found:
        raise FaultsFound(found)
    return _add_entry(words, "approved", sign_off, due, summary=summary)


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a booklet as they are now, the files they come from, and their status."""

    contents: Mapping[Audience, CheckedContent]
    files: Files
    status: ReviewStatus


def _read(content: Path, name: str, sign_off: SignOff) -> _Words:
    """The words on the day of a sign-off that can have happened; `WrongUsage` if it cannot."""
    contents, files = load_with_files(content, name)
    if not sign_off.by.strip():
        raise WrongUsage("--by: the name is missing; write the person's full name")
    if sign_off.role is not None and not sign_off.role.strip():
        raise WrongUsage("--role: the role is missing; write what makes them the one to say so")
    if sign_off.on > sign_off.today:
        raise WrongUsage(f"--on {sign_off.on}: this day is still to come; give the day it was done")
    return _Words(contents, files, status_of(contents, files, sign_off.today))


def _against(words: _Words) -> Iterator[Problem]:
    """Why these words cannot be approved as this version."""
    status = words.status
    last = status.approvals[-1] if status.approvals else None
    others = last is not None and last.fingerprint != status.fingerprint
    if last and others and _number(status.version) <= _number(last.version):
        free = f'`version: "{_next(last.version)}"`'
        message = f"version {last.version} was approved with other words; write {free}"
        yield words.files.about.problem(message, ("version",))
    if status.behind:
        message = f"{status.behind}. Translate them and mark the files, then approve it"
        yield Problem(status.folder / TRANSLATION_FILE, message)


def _add_entry(
    words: _Words, what: Event, sign_off: SignOff, review_due: date | None = None, **more: str
) -> Recorded:
    """One more entry in the record; with an approval, the words themselves beside it."""
    status = words.status
    entry: dict[str, str | date | None] = {
        "what": what,
        "version": status.version,
        "fingerprint": status.fingerprint,
        "by": sign_off.by,
        "role": sign_off.role,
        "on": sign_off.on,
        "review_due": review_due,
        **more,
    }
    said = {key: value for key, value in entry.items() if value}
    written = {REVIEW_FILE: with_entry(words.files, said)}
    if what == "approved":
        written[snapshot_name(status.version, status.fingerprint)] = status.text.encode()
    write_whole(status.folder, written)
    return Recorded(
        status=status,
        sections=len(words.files.sections),
        words={reader: _count(found) for reader, found in words.contents.items()},
        written=tuple(status.folder / file for file in written),
        review_due=review_due,
    )


def _count(content: CheckedContent) -> int:
    return sum(
        len(text.plain.split()) for named in content.sections for text in texts(named.section)
    )


def _number(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def _next(version: str) -> str:
    """The version after this one, where the change is small.

    >>> _next("1.9")
    '1.10'
    """
    major, minor = _number(version)
    return f"{major}.{minor + 1}"
