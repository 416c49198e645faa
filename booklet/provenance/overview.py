"""What there is: the booklets of a content folder, who answers for them, what is built of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from booklet.content.language import ENGLISH
from booklet.content.names import some_booklets
from booklet.editions import RELEASED
from booklet.messages import counted
from booklet.problems import FaultsFound
from booklet.provenance.manifest import ListedFile, listed_files
from booklet.review.booklet import Booklet, load_booklet


@dataclass(frozen=True, slots=True)
class BookletRow:
    """A booklet in the list of all there are."""

    name: str  # The name of its folder
    booklet: Booklet | None  # It, for one of its readers; `None` where it has faults
    faults: int  # How many faults it has
    files: tuple[ListedFile, ...]  # Finished files of it that manifests name and that are there

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

    def line(self) -> str:
        """The row for people."""
        if self.booklet is None:
            told = f"`booklet check {self.name}` tells them"
            return f"{self.name}: {counted(self.faults, 'fault')}; {told}"
        status = self.booklet.status
        due = f"review due {ENGLISH.day(self.review_due)}" if self.review_due else "no review date"
        built = f"{counted(len(self.now), 'file')} built" if self.now else "nothing built"
        if self.released:
            built += f", {len(self.released)} of them released"
        if older := len(self.files) - len(self.now):
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
        }


def overview(content: Path, output: Path, today: date) -> tuple[BookletRow, ...]:
    """Every booklet of a content folder, by name; `WrongUsage` where there is none."""
    names = some_booklets(content)
    built = [each for each in listed_files(output) if (each.folder / each.row["name"]).is_file()]
    return tuple(_rows(content, names, built, today))


def _rows(
    content: Path, names: tuple[str, ...], built: list[ListedFile], today: date
) -> Iterator[BookletRow]:
    for name in names:
        files = tuple(each for each in built if each.manifest["booklet"] == name)
        try:
            of_readers = load_booklet(content, name, today)
        except FaultsFound as error:
            yield BookletRow(name, None, len(error.problems), files)
        else:
            yield BookletRow(name, next(iter(of_readers.values())), 0, files)
