"""What there is: the booklets of a content folder, who answers for them, what is built of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from booklet.content.language import ENGLISH
from booklet.content.names import some_booklets
from booklet.content.review_file import Entry
from booklet.editions import RELEASED
from booklet.messages import counted
from booklet.problems import FaultsFound
from booklet.provenance.manifest import ListedFile, listed_files
from booklet.provenance.withdrawn import files_of
from booklet.review.booklet import Booklet, load_booklet, record_alone
from booklet.review.status import withdrawals


@dataclass(frozen=True, slots=True)
class BookletRow:
    """A booklet in the list of all there are."""

    name: str  # The name of its folder
    booklet: Booklet | None  # It, for one of its readers; `None` where it has faults
    faults: int  # How many faults it has
    files: tuple[ListedFile, ...]  # Finished files of it that manifests name and that are there
    withdrawn: tuple[Path, ...] = ()
    """Those of them whose words are withdrawn, and what was made of these for printers."""

    @property
    def now(self) -> tuple[ListedFile, ...]:
        """The finished files of the words as they are now."""
        code = self.booklet and self.booklet.status.code
        return tuple(each for each in self.files if each.code == code)

    @property
    def released(self) -> tuple[ListedFile, ...]:
        """Those of them that `release` put apart."""
        return tuple(each for each in self.now if each.folder.name == RELEASED)

    @property
    def review_due(self) -> date | None:
        """The day on which the approval of these words ends; `None` where there is none."""
        given = self.booklet and self.booklet.status.approval_of_these
        return given.review_due if given else None

    def lines(self) -> Iterator[str]:
        """The row for people, with the files that nobody may have any more."""
        yield self.line()
        yield from (f"  of withdrawn words, delete: {file}" for file in self.withdrawn)

    def line(self) -> str:
        """The row for people, in a line."""
        if self.booklet is None:
            told = f"`booklet check {self.name}` tells them"
            return f"{self.name}: {counted(self.faults, 'fault')}; {told}"
        status = self.booklet.status
        due = f"review due {ENGLISH.day(self.review_due)}" if self.review_due else "no review date"
        built = f"{counted(len(self.now), 'file')} built" if self.now else "nothing built"
        if self.released:
            built += f", {len(self.released)} of them released"
        gone = [each for each in self.files if each.folder / each.row["name"] in self.withdrawn]
        if gone:
            built += f", {len(gone)} of withdrawn words"
        if older := sum(each not in self.now and each not in gone for each in self.files):
            built += f", {older} of earlier words"
        return f"{self.name}: version {status.version}, {status.state}; {due}; {built}"

    def as_values(self) -> dict[str, Any]:
        """The row for programs; what is not known of a booklet with faults is `None`."""
        status, about = (self.booklet.status, self.booklet.about) if self.booklet else (None, None)
        return {
            "booklet": self.name,
            "title": about and about.title.plain,
            "language": about and about.language,
            "version": status and status.version,
            "code": status and status.code,
            "state": status and status.state,
            "said": status and status.sentence(),
            "review_due": self.review_due.isoformat() if self.review_due else None,
            "faults": self.faults,
            "built": [each.row["name"] for each in self.now],
            "released": [each.row["name"] for each in self.released],
            "built_of_earlier_words": [
                each.row["name"] for each in self.files if each not in self.now
            ],
            "to_delete": [file.as_posix() for file in self.withdrawn],
        }


def overview(content: Path, output: Path, today: date) -> tuple[BookletRow, ...]:
    """Every booklet of a content folder, by name; `WrongUsage` where there is none."""
    names = some_booklets(content)
    built = [each for each in listed_files(output) if (each.folder / each.row["name"]).is_file()]
    return tuple(_rows(content, names, built, output, today))


def _rows(
    content: Path, names: tuple[str, ...], built: list[ListedFile], output: Path, today: date
) -> Iterator[BookletRow]:
    for name in names:
        files = tuple(each for each in built if each.manifest["booklet"] == name)
        try:
            of_readers = load_booklet(content, name, today)
        except FaultsFound as error:
            gone = files_of(output, name, _withdrawn(content, name, today))
            yield BookletRow(name, None, len(error.problems), files, gone)
        else:
            booklet = next(iter(of_readers.values()))
            gone = files_of(output, name, withdrawals(booklet.status.record))
            yield BookletRow(name, booklet, 0, files, gone)


def _withdrawn(content: Path, name: str, today: date) -> dict[str, Entry]:
    """Who withdrew which words of a booklet with faults; nothing where its record has some too."""
    try:
        return withdrawals(record_alone(content, name, today)[0].record)
    except FaultsFound:
        return {}
