"""Everything that is known by a code: the words now, the record, the words kept, files built."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from booklet.content.load import booklet_names
from booklet.content.plain_text import fingerprint
from booklet.content.review_file import Entry
from booklet.content.version_code import code_of
from booklet.problems import FaultsFound, Problem
from booklet.provenance.document_reference import STATUS, SUPERSEDED
from booklet.provenance.manifest import ENDING, Values, read_manifest
from booklet.review.changes import compare, summary
from booklet.review.expiry import in_words
from booklet.review.snapshots import Snapshot, snapshots
from booklet.review.state import Stand, review_day, signed, where

_NOBODYS = "words that nobody approved, and that the booklet has no longer"


@dataclass(frozen=True, slots=True)
class Built:
    """A file that a manifest names, with the manifest."""

    folder: Path
    manifest: Values
    row: Values

    @property
    def file(self) -> Path:
        """Where it was put."""
        return self.folder / str(self.row["name"])


@dataclass(frozen=True, slots=True)
class Library:
    """All there is to look in: booklets as they stand, and the files that were built.

    `unread` are the faults of booklets that cannot be loaded: what they hold is not known.
    """

    stands: tuple[Stand, ...]
    kept: tuple[tuple[str, Snapshot], ...]
    built: tuple[Built, ...]
    unread: tuple[Problem, ...]

    @classmethod
    def open(cls, content: Path, output: Path, today: date) -> "Library":
        """What a content folder and a folder of finished files hold today."""
        stands: list[Stand] = []
        unread: list[Problem] = []
        for name in booklet_names(content):
            try:
                stands.append(where(content, name, today))
            except FaultsFound as error:
                unread.extend(error.problems)
        kept = ((each.name, text) for each in stands for text in snapshots(each.folder))
        return cls(tuple(stands), tuple(kept), _built(output), tuple(unread))

    @property
    def codes(self) -> frozenset[str]:
        """Every code that is known."""
        now = (each.standing.code for each in self.stands)
        then = (entry.code for each in self.stands for entry in each.standing.review.record)
        kept = (code_of(fingerprint(text.text)) for _, text in self.kept)
        return frozenset((*now, *then, *kept, *(str(each.manifest["code"]) for each in self.built)))

    def trace(self, code: str) -> "Trace | None":
        """What is known by a code; `None` where it is not known."""
        if code not in self.codes:
            return None
        mine = tuple(each for each in self.built if each.manifest["code"] == code)
        kept = next(
            ((name, text) for name, text in self.kept if code_of(fingerprint(text.text)) == code),
            None,
        )
        stand = next((each for each in self.stands if _knows(each, code)), None)
        name = stand.name if stand else kept[0] if kept else str(mine[0].manifest["booklet"])
        stand = stand or next((each for each in self.stands if each.name == name), None)
        return Trace(code, name, stand, kept[1] if kept else None, mine)


def _built(output: Path) -> tuple[Built, ...]:
    found = ((path, read_manifest(path)) for path in sorted(output.glob(f"*{ENDING}")))
    return tuple(
        Built(path.parent, values, row)
        for path, values in found
        if values
        for row in values["files"]
    )


def _knows(stand: Stand, code: str) -> bool:
    entries = (entry.code for entry in stand.standing.review.record)
    return code in (stand.standing.code, *entries)


@dataclass(frozen=True, slots=True)
class Trace:
    """The words that a code stands for."""

    code: str
    name: str
    stand: Stand | None
    kept: Snapshot | None
    built: tuple[Built, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What happened to these very words, oldest first."""
        record = self.stand.standing.review.record if self.stand else ()
        return tuple(entry for entry in record if entry.code == self.code)

    def told(self) -> Iterator[str]:
        """What happened to these very words, in words."""
        if self.stand:
            for entry in self.entries:
                yield signed(entry) + review_day(entry, self.stand.today)

    @property
    def version(self) -> str:
        """The version they are."""
        if self.entries:
            return self.entries[0].version
        if self.built:
            return str(self.built[0].manifest["version"])
        text = self.kept.text if self.kept else self.stand.text if self.stand else ""
        return text.partition("\nversion: ")[2].partition("\n")[0]

    @property
    def is_now(self) -> bool:
        """Whether these are the words the booklet has now."""
        return self.stand is not None and self.stand.standing.code == self.code

    @property
    def newer(self) -> Entry | None:
        """The approval of other words, where the booklet has these no longer."""
        last = self.stand.standing.last_approval if self.stand and not self.is_now else None
        return last if last and last.code != self.code else None

    @property
    def withdrawal(self) -> Entry | None:
        """Who withdrew these words, or the booklet whatever its words, and nobody approved since.

        What went to review after that are other words: copies of these stay withdrawn.
        """
        if self.stand is None:
            return None
        standing = self.stand.standing
        if standing.withdrawal or self.is_now or standing.last_approval:
            return standing.withdrawal
        if all(entry.what == "sent to review" for entry in self.entries):
            return None
        record = reversed(standing.review.record)
        return next(entry for entry in record if entry.what == "withdrawn")

    @property
    def status(self) -> str:
        """What FHIR calls a document of these words now."""
        if self.stand is None:
            return "unknown"
        if self.withdrawal:
            return STATUS["withdrawn"]
        return SUPERSEDED if self.newer else STATUS[self.stand.standing.state]

    def verdict(self) -> str:
        """Whether a copy of these words may be used, in words."""
        if self.stand is None:
            return f"there is no booklet {self.name} any more; nobody answers for these words here"
        if gone := self.withdrawal:
            return f"{signed(gone)}: {gone.why}. Take copies of it back"
        if self.newer:
            return self._replaced_by(self.newer)
        if self.is_now:
            return self.stand.sentence().removeprefix(f"{self.name}: ")
        if last := self.stand.standing.last_approval:
            return _once_approved(last, self.stand.today)
        return _NOBODYS

    def _replaced_by(self, other: Entry) -> str:
        known = f"version {other.version}, code {other.code}, of {in_words(other.on)}"
        if any(entry.what == "approved" for entry in self.entries):
            return f"superseded by {known}"
        return f"{_NOBODYS}; those approved last are {known}"

    def since(self) -> str | None:
        """What changed from these words to those the booklet has now, where both are known."""
        if self.is_now or self.stand is None or self.kept is None:
            return None
        return summary(compare(self.kept.text, self.stand.text))


def _once_approved(entry: Entry, today: date) -> str:
    """What is said of the last approved words when the booklet has others by now."""
    words = "the last words that were approved; those of the booklet have changed since"
    due = entry.review_due
    return f"{words}, and the approval ended with {in_words(due)}" if due and due < today else words
