"""Everything that is known by a code: the words now, the record, the words kept, files built."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from booklet.content.language import ENGLISH
from booklet.content.names import booklet_names
from booklet.content.review_file import Entry
from booklet.content.version_code import code_of
from booklet.problems import FaultsFound, Problem
from booklet.provenance.fhir import STATUS
from booklet.provenance.manifest import ListedFile, listed_files
from booklet.review.booklet import record_alone, review_status
from booklet.review.changes import compare, summary
from booklet.review.record import Snapshot, snapshots
from booklet.review.status import TAKE_BACK, ReviewStatus, signed, withdrawals

_NOBODYS = "words that nobody approved, and that the booklet has no longer"


@dataclass(frozen=True, slots=True)
class KnownVersion:
    """A version of a booklet's words that is known by its code."""

    code: str  # The code of the words, as it is printed
    name: str  # The name of the booklet
    now: ReviewStatus | None
    """The status of the booklet, whatever its words are now; `None` where it is gone."""
    snapshot: Snapshot | None  # The words themselves, where they were kept
    files: tuple[ListedFile, ...]  # The finished files of these words that manifests name
    note: str = ""  # What the file that was asked about is itself; empty where a code was asked for

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What happened to these very words, oldest first."""
        record = self.now.record if self.now else ()
        return tuple(entry for entry in record if entry.code == self.code)

    @property
    def version(self) -> str:
        """The number of the version."""
        if self.entries:
            return self.entries[0].version
        if self.files:
            return str(self.files[0].manifest["version"])
        text = self.snapshot.text if self.snapshot else self.now.text if self.now else ""
        return text.partition("\nversion: ")[2].partition("\n")[0]

    @property
    def is_now(self) -> bool:
        """Whether these are the words the booklet has now."""
        return self.now is not None and self.now.code == self.code

    @property
    def withdrawal(self) -> Entry | None:
        """Who withdrew these words, for good; of the words now, also who withdrew the booklet."""
        if self.now is None:
            return None
        gone = {code_of(known): by for known, by in withdrawals(self.now.record).items()}
        return gone.get(self.code) or (self.now.withdrawal if self.is_now else None)

    def verdict(self) -> tuple[str, str]:
        """What FHIR calls a document of these words now, and whether a copy may be used, in words.

        https://hl7.org/fhir/R4/valueset-document-reference-status.html; of words whose booklet is
        gone nothing can be said, and `unknown` is no code of FHIR's.
        """
        if self.now is None:
            gone = f"there is no booklet {self.name} any more"
            return "unknown", f"{gone}; nobody answers for these words here"
        if by := self.withdrawal:
            return STATUS["withdrawn"][0], f"{signed(by)}: {by.why}. {TAKE_BACK}"
        if self.now.doubts:
            doubt = self.now.doubts[0]
            return "unknown", f"nobody can say, since {doubt.place}: {doubt.message}"
        last = next(reversed(self.now.approvals), None)
        if last and last.code != self.code and not self.is_now:
            known = f"version {last.version}, code {last.code}, of {ENGLISH.day(last.on)}"
            if by := withdrawals(self.now.record).get(last.fingerprint):
                known += f", which is {signed(by)}: {by.why}"
            if any(entry.what == "approved" for entry in self.entries):
                return "superseded", f"superseded by {known}"
            return "superseded", f"{_NOBODYS}; those approved last are {known}"
        current = STATUS[self.now.state][0]
        if self.is_now:
            return current, self.now.sentence().removeprefix(f"{self.name}: ")
        if last is None:
            return current, _NOBODYS
        words = "the last words that were approved; those of the booklet have changed since"
        if last.review_due and last.review_due < self.now.today:
            words += f", and the approval ended with {ENGLISH.day(last.review_due)}"
        return current, words

    def since(self) -> str | None:
        """What changed from these words to those the booklet has now, where both are known."""
        if self.is_now or self.now is None or self.snapshot is None or not self.now.text:
            return None
        return summary(compare(self.snapshot.text, self.now.text))


@dataclass(frozen=True, slots=True)
class CodeIndex:
    """All there is to look a code up in."""

    booklets: tuple[ReviewStatus, ...]  # Every booklet of the content folder as it is today
    snapshots: tuple[Snapshot, ...] = ()  # The words that were kept when they were approved
    files: tuple[ListedFile, ...] = ()  # The finished files that manifests name
    unread: tuple[Problem, ...] = ()
    """The faults of booklets that cannot be loaded: what they hold is not known."""

    @property
    def codes(self) -> frozenset[str]:
        """Every code that is known."""
        booklets = (code for each in self.booklets for code in _codes(each))
        kept, built = (each.code for each in self.snapshots), (each.code for each in self.files)
        return frozenset((*booklets, *kept, *built))

    def find(self, code: str) -> KnownVersion | None:
        """What is known by a code; `None` where nothing is."""
        files = tuple(each for each in self.files if each.code == code)
        snapshot = next((each for each in self.snapshots if each.code == code), None)
        now = next((each for each in self.booklets if code in _codes(each)), None)
        names = [now.name] if now else [snapshot.file.parents[1].name] if snapshot else []
        names += [str(each.manifest["booklet"]) for each in files]
        if not names:
            return None
        now = now or next((each for each in self.booklets if each.name == names[0]), None)
        return KnownVersion(code, names[0], now, snapshot, files)


def _codes(status: ReviewStatus) -> set[str]:
    """The codes of a booklet's words now, and of those its record names."""
    return {status.code, *(entry.code for entry in status.record)}


def code_index(content: Path, output: Path, today: date) -> CodeIndex:
    """What a content folder and a folder of finished files hold today."""
    booklets: list[ReviewStatus] = []
    unread: list[Problem] = []
    for name in booklet_names(content):
        try:
            booklets.append(review_status(content, name, today))
        except FaultsFound as error:
            unread.extend(error.problems)
            # What was given out is in the record, and its withdrawal must be told all the same.
            with suppress(FaultsFound):
                booklets.append(record_alone(content, name, today)[0])
    kept = tuple(text for each in booklets for text in snapshots(each.folder))
    return CodeIndex(tuple(booklets), kept, tuple(listed_files(output)), tuple(unread))
