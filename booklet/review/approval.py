"""Sending words to review, approving them and withdrawing them: checked, then written whole."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from booklet.check.check_words import check_words
from booklet.check.report import Report
from booklet.check.words.rules.parts import left_to_write
from booklet.content.folder import REVIEW_FILE, TRANSLATION_FILE
from booklet.content.load import Files, load_with_files, texts
from booklet.content.model import Booklet
from booklet.content.plain_text import whole_text
from booklet.content.review_file import Event, Standing, wrong_due_day
from booklet.content.translation_folder import parted
from booklet.editions import Audience
from booklet.files import write_whole
from booklet.problems import FaultsFound, Problem, WrongUsage
from booklet.review.expiry import in_words, latest_due
from booklet.review.record import with_entry
from booklet.review.snapshots import snapshot_name
from booklet.writing.translation import compared


@dataclass(frozen=True, slots=True)
class Signature:
    """Who says so, in which role, on which day; `today` is the day the command is run."""

    by: str
    on: date
    today: date
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Signed:
    """What was signed: the words it holds for, and the files that say so."""

    name: str
    version: str
    standing: Standing
    sections: int
    words: dict[Audience, int]
    written: tuple[Path, ...]
    review_due: date | None = None


def send_to_review(content: Path, name: str, signature: Signature) -> Signed:
    """Note that these very words went to review; `FaultsFound` where they have faults."""
    words = _Words.read(content, name)
    _must_have_happened(signature)
    return words.signed("sent to review", signature)


def withdraw(content: Path, name: str, signature: Signature, why: str) -> Signed:
    """Withdraw the booklet: it does not build until it goes to review or is approved anew."""
    words = _Words.read(content, name)
    _must_have_happened(signature)
    if words.standing.withdrawal:
        gone = words.standing.withdrawal
        raise WrongUsage(f"{name} is withdrawn already, by {gone.by} on {in_words(gone.on)}")
    if not words.standing.review.record:
        raise WrongUsage(
            f"{name} was neither sent to review nor approved, so there is nothing to withdraw; "
            "delete copies that are about, and its folder if nobody wants it"
        )
    return words.signed("withdrawn", signature, why=why)


def approve(
    content: Path, name: str, signature: Signature, due: date | None = None, summary: str = ""
) -> Signed:
    """Approve these very words until `due`, three years on unless it says otherwise.

    The words are kept beside the record. `FaultsFound` where the content or its words have errors,
    texts of `new` are left to write, a translation is behind its original, or the version is one
    whose words are approved already and were others; `WrongUsage` where a day is wrong. Both files
    are written, or neither.
    """
    words = _Words.read(content, name)
    due = due or latest_due(signature.on)
    _must_have_happened(signature)
    wrong = wrong_due_day(signature.on, due)
    if wrong or due < signature.today:
        raise WrongUsage(f"--review-due {due}: {wrong or 'this day has passed; give a later one'}")
    if signature.on < words.any.about.prepared <= signature.today:
        written = words.any.about.prepared
        raise WrongUsage(
            f"--on {signature.on}: this day is before {written}, the day this version was written "
            "(`prepared` in booklet.yaml); give the day it was approved"
        )
    found = [
        *_against(check_words(content, name)),
        *words.refusals(signature),
        *_behind(content, name),
    ]
    if found:
        raise FaultsFound(found)
    more = {"summary": summary} if summary else {}
    return words.signed("approved", signature, review_due=due, **more)


def _against(report: Report) -> Iterator[Problem]:
    """What in the words stands against approving them: errors, and texts nobody has written."""
    yield from report.errors
    for warning in report.warnings:
        if warning.rule == left_to_write.id:
            yield replace(warning, severity="error")


def _behind(content: Path, name: str) -> Iterator[Problem]:
    """That a translation does not say what its original says."""
    warning = compared(content, name).warning if parted(name)[1] else None
    if warning:
        message = f"{warning}. Translate them and mark the files, then approve it"
        yield Problem(content / name / TRANSLATION_FILE, message)


def _must_have_happened(signature: Signature) -> None:
    if not signature.by.strip():
        raise WrongUsage("--by: the name is missing; write the person's full name")
    if signature.role is not None and not signature.role.strip():
        raise WrongUsage("--role: the role is missing; write what makes them the one to say so")
    if signature.on > signature.today:
        raise WrongUsage(
            f"--on {signature.on}: this day is still to come; give the day it was done"
        )


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a booklet as they are now, and the files they come from."""

    booklets: dict[Audience, Booklet]
    files: Files

    @classmethod
    def read(cls, content: Path, name: str) -> "_Words":
        return cls(*load_with_files(content, name))

    @property
    def any(self) -> Booklet:
        """One of the editions; what is asked of it is the same in all."""
        return next(iter(self.booklets.values()))

    @property
    def standing(self) -> Standing:
        return self.any.standing

    def refusals(self, signature: Signature) -> Iterator[Problem]:
        """Why these words cannot be approved as this version, on this day."""
        about, source = self.any.about, self.files.about
        if about.prepared > signature.on:
            message = f"this version was written after it is approved, {signature.on}; correct it"
            yield source.problem(message, ("prepared",))
        approvals = self.standing.review.approvals
        last = approvals[-1] if approvals else None
        if last is None or last.fingerprint == self.standing.fingerprint:
            return
        if _number(about.version) <= _number(last.version):
            message = (
                f"version {last.version} was approved with other words; write "
                f'`version: "{_next(last.version)}"`'
            )
            yield source.problem(message, ("version",))

    def signed(self, what: Event, signature: Signature, **more: str | date) -> Signed:
        """One more entry in the record; with an approval, the words themselves beside it."""
        standing, version = self.standing, self.any.about.version
        role = {"role": signature.role} if signature.role else {}
        entry: dict[str, str | date] = {
            "what": what,
            "version": version,
            "fingerprint": standing.fingerprint,
            "by": signature.by,
            **role,
            "on": signature.on,
            **more,
        }
        written = {REVIEW_FILE: with_entry(self.files, entry)}
        if what == "approved":
            kept = snapshot_name(version, standing.fingerprint)
            written[kept] = whole_text(self.booklets).encode()
        write_whole(self.files.folder, written)
        due = more.get("review_due")
        return Signed(
            name=self.files.name,
            version=version,
            standing=standing,
            sections=len(self.files.sections),
            words={audience: _count(booklet) for audience, booklet in self.booklets.items()},
            written=tuple(self.files.folder / name for name in written),
            review_due=due if isinstance(due, date) else None,
        )


def _count(booklet: Booklet) -> int:
    """The number of words in a reader's sections."""
    return sum(
        len(text.plain.split()) for named in booklet.sections for text in texts(named.section)
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
