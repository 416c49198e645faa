"""Sending words to review, approving and withdrawing them: checked, then written whole.

It stands above the checks of words, which an approval asks; what it writes is `booklet.review`'s.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec

from booklet.check.check_words import check_words
from booklet.check.words.rules.unwritten import LEFT_BY_NEW
from booklet.content.folder import REVIEW_FILE
from booklet.content.language import ENGLISH
from booklet.content.load import Files, load_with_files, texts
from booklet.content.model import CheckedContent
from booklet.content.review_file import Entry, Event, latest_due, wrong_due_day
from booklet.content.version_code import code_of
from booklet.editions import Audience
from booklet.files import locked, write_whole
from booklet.problems import FaultsFound, Problem, WrongUsage
from booklet.review.booklet import record_alone, status_of
from booklet.review.given_out import given_out
from booklet.review.integrity import LAST_SEAL, last_seal, seals
from booklet.review.record import snapshot_name, with_entry
from booklet.review.signatures import (
    fingerprint_of,
    sign,
    signature_name,
    wrong_name,
    wrong_signature,
)
from booklet.review.status import ReviewStatus
from booklet.scratch import scratch_folder


@dataclass(frozen=True, slots=True)
class SignOff:
    """Who says what is to be written into the record."""

    by: str  # The person's full name
    on: date  # The day it was done
    today: date  # The day the command is run
    role: str | None = None
    """What makes them the one to say so; needed but for sending words to review."""
    key: Path | None = None  # The private key that an approval is signed with


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was added to a record: the words it is about, and the files that say so."""

    version: str  # The version the entry is about
    fingerprint: str  # The fingerprint of its words, which may be others than those of now
    status: ReviewStatus  # The status of the words of now before the entry
    sections: int  # The number of section files
    words: dict[Audience, int]  # The number of words in each reader's sections
    written: tuple[Path, ...]  # The record, and with an approval the words that are kept
    review_due: date | None = None  # The last day of an approval

    @property
    def code(self) -> str:
        """The code of the words the entry is about."""
        return code_of(self.fingerprint)


P = ParamSpec("P")
Act = Callable[Concatenate[Path, str, P], Recorded]


def _one_at_a_time(act: Act[P]) -> Act[P]:
    """The record is read and written while nobody else does, so that no entry is lost."""

    @wraps(act)
    def alone(content: Path, name: str, /, *args: P.args, **kwargs: P.kwargs) -> Recorded:
        with locked(content / name):
            return act(content, name, *args, **kwargs)

    return alone


@_one_at_a_time
def send_to_review(content: Path, name: str, sign_off: SignOff) -> Recorded:
    """Note that these very words went to review; `FaultsFound` where they have faults."""
    return _add_entry(_read(content, name, sign_off), "sent to review", sign_off)


@_one_at_a_time
def withdraw(
    content: Path, name: str, sign_off: SignOff, why: str, version: str = "", code: str = ""
) -> Recorded:
    """Withdraw words that were given out, by version or code: for good, whatever the words are now.

    With neither, those of now. Faults in the words are no hindrance where one is given: only the
    record is read then. Where they are the last that were approved, the booklet does not
    build until it goes to review or is approved anew. `WrongUsage` where no such words were given
    out, or they are withdrawn already.
    """
    if not why.strip():
        raise WrongUsage("--why: the reason is missing; write why the copies are taken back")
    try:
        words = _read(content, name, sign_off, despite_doubts=True)
    except FaultsFound as error:
        if not (version or code):
            message = (
                "the words of now cannot be read for these faults; name what was given out, with "
                "`--version` or `--code`, and it is withdrawn all the same"
            )
            told = Problem(content / name / REVIEW_FILE, message)
            raise FaultsFound([*error.problems, told]) from error
        status, files = record_alone(content, name, sign_off.today)
        words = _Words({}, files, status)
        _must_have_happened(sign_off)
    chosen = given_out(words.status, version, code)
    last = [e for e in words.status.record if e.fingerprint == chosen.fingerprint][-1]
    if last.what == "withdrawn":
        what = f"{name}, version {chosen.version}, code {chosen.code},"
        raise WrongUsage(f"{what} is withdrawn already, by {last.by} on {ENGLISH.day(last.on)}")
    return _add_entry(words, "withdrawn", sign_off, chosen, why=why)


@_one_at_a_time
def approve(
    content: Path, name: str, sign_off: SignOff, due: date | None = None, summary: str = ""
) -> Recorded:
    """Approve these very words until `due`, three years on unless it says otherwise.

    The words are kept beside the record. `FaultsFound` where the content or its words have errors,
    a text or a picture of `new` is left in it, a translation is behind its original, or the version
    is one whose words are approved already and were others; `WrongUsage` where a day is wrong, or
    where a signature is asked for and cannot be made, or is not known as that of the person. All
    files are written, or none.
    """
    _must_be_able_to_sign(sign_off)
    words = _read(content, name, sign_off)
    if words.status.must_be_signed and sign_off.key is None:
        raise WrongUsage(
            "house.yaml asks for signed approvals (`signed_approvals`); add `--sign` with your "
            "key, such as ~/.ssh/id_ed25519"
        )
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
    unwritten = [each for each in report.warnings if each.rule in LEFT_BY_NEW]
    found = [*report.errors, *(replace(each, severity="error") for each in unwritten)]
    found += _against(words)
    if sign_off.on < prepared:  # a day still to come: the day in booklet.yaml is the wrong one
        message = f"this version was written after it is approved, {sign_off.on}; correct it"
        found.append(words.files.about.problem(message, ("prepared",)))
    if found:
        raise FaultsFound(found)
    return _add_entry(words, "approved", sign_off, review_due=due, summary=summary)


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a booklet as they are now, the files they come from, and their status."""

    contents: Mapping[Audience, CheckedContent]
    files: Files
    status: ReviewStatus


def _read(content: Path, name: str, sign_off: SignOff, despite_doubts: bool = False) -> _Words:
    """The words on the day of a sign-off that can have happened; `WrongUsage` if it cannot.

    `FaultsFound` where the record is not as the program left it: nothing is added to that but a
    withdrawal, which can never wait.
    """
    contents, files = load_with_files(content, name)
    _must_have_happened(sign_off)
    status = status_of(contents, files, sign_off.today)
    if status.doubts and not despite_doubts:
        raise FaultsFound(status.doubts)
    return _Words(contents, files, status)


def _must_have_happened(sign_off: SignOff) -> None:
    if wrong := _no_words(sign_off.by, "name"):
        raise WrongUsage(f"--by: {wrong}; write the person's full name")
    if sign_off.role is not None and (wrong := _no_words(sign_off.role, "role")):
        raise WrongUsage(f"--role: {wrong}; write what makes them the one to say so")
    if sign_off.on > sign_off.today:
        raise WrongUsage(f"--on {sign_off.on}: this day is still to come; give the day it was done")


def _no_words(said: str, what: str) -> str:
    """Why a name or a role tells nothing to whoever reads the record later; empty where it may.

    >>> _no_words(" ", "name"), _no_words("A.", "name"), _no_words("Dr A. Example", "name")
    ('the name is missing', '`A.` is no name', '')
    """
    if not said.strip():
        return f"the {what} is missing"
    return "" if sum(map(str.isalpha, said)) > 1 else f"`{said}` is no {what}"


def _must_be_able_to_sign(sign_off: SignOff) -> None:
    if sign_off.key and (wrong := wrong_name(sign_off.by)):
        raise WrongUsage(f"--by {sign_off.by}: {wrong}")


def _against(words: _Words) -> Iterator[Problem]:
    """Why these words cannot be approved as this version."""
    status = words.status
    last = status.approvals[-1] if status.approvals else None
    others = last is not None and last.fingerprint != status.fingerprint
    if last and others and _number(status.version) <= _number(last.version):
        free = f'`version: "{_next(last.version)}"`'
        message = f"version {last.version} was approved with other words; write {free}"
        yield words.files.about.problem(message, ("version",))


def _add_entry(
    words: _Words,
    what: Event,
    sign_off: SignOff,
    about: Entry | None = None,
    review_due: date | None = None,
    **more: str,
) -> Recorded:
    """One more entry in the record, about the words of an earlier one or else those of now.

    With an approval, the words themselves stand beside it.
    """
    status, of = words.status, about or words.status
    entry: dict[str, str | date | None] = {
        "what": what,
        "version": of.version,
        "fingerprint": of.fingerprint,
        "by": sign_off.by,
        "role": sign_off.role,
        "on": sign_off.on,
        "review_due": review_due,
        **more,
        "signed_with": fingerprint_of(sign_off.key) if sign_off.key else None,
    }
    said = {key: value for key, value in entry.items() if value}
    record, entries = with_entry(words.files, said, lambda these: [*seals(these)][-1])
    written = {REVIEW_FILE: record}
    if what == "approved":
        written[snapshot_name(status.version, status.fingerprint)] = status.text.encode()
    if sign_off.key:
        written[signature_name(entries[-1])] = _signature(status.folder, entries[-1], sign_off.key)
    # They take their places in this order: the record last.
    kept = {name: text for name, text in written.items() if name != REVIEW_FILE}
    if not status.doubts:  # else the old seal stays, and the doubts with it
        kept[LAST_SEAL] = last_seal(entries)
    write_whole(status.folder, kept | written)
    return Recorded(
        version=of.version,
        fingerprint=of.fingerprint,
        status=status,
        sections=len(words.files.sections),
        words={reader: _count(found) for reader, found in words.contents.items()},
        written=tuple(status.folder / file for file in written),
        review_due=review_due,
    )


def _signature(folder: Path, entry: Entry, key: Path) -> bytes:
    """The signature over a sealed entry; `WrongUsage` where it would not hold."""
    made = sign(key, entry.seal or "")
    with scratch_folder() as aside:
        (aside / "approval.sig").write_bytes(made)
        wrong = wrong_signature(folder.parent, entry, aside / "approval.sig")
    if wrong:
        raise WrongUsage(f"--sign {key}: the signature would not hold: {wrong}")
    return made


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
