"""What waits on the disk while an order is carried out, so that memory does not grow with it.

The words of a booklet are read and checked before the first file is made, and finished files take
their places after the last. In between both lie in a folder of the run's own.
"""

import pickle
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from booklet.editions import Edition, Screen
from booklet.order import Target
from booklet.problems import WrongUsage
from booklet.provenance.built_file import BuiltFile, OnDisk

_SHEETS_EFFORT = 1 / 30  # What print sheets take of the time of their PDF
_QUICKLY = 1  # The level of zlib that takes the least time


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file to make, whose booklet lies on the disk until then."""

    file_name: str  # The name of the file
    folder: Path  # The folder of its booklet, the place of faults that have no other
    booklet: str  # The name of its booklet
    edition: Edition  # Its reader, size and ink
    effort: float  # How long it takes, compared with others
    lies: Path  # Where the booklet lies, with all its targets for this reader
    pdf: BuiltFile | None = None
    """Its finished PDF, where that stands there already and only print sheets are to be made."""

    def target(self) -> Target:
        """The target as it was laid aside."""
        target = _of_edition(self.edition, _read(self.lies))
        return replace(target, pdf=self.pdf.content) if self.pdf else target

    def with_pdf(self, pdf: BuiltFile) -> "Waiting":
        """The print sheets of this PDF alone."""
        return replace(self, pdf=pdf, effort=self.effort * _SHEETS_EFFORT)


def laid_aside(targets: tuple[Target, ...], folder: Path) -> Iterator[Waiting]:
    """The targets of one booklet in their order; those of each reader become a file of the folder.

    They are packed as they travel to other processes; compressed, a reader's take some 23 kB.
    """
    for audience in dict.fromkeys(each.edition.audience for each in targets):
        mine = tuple(each for each in targets if each.edition.audience == audience)
        packed = zlib.compress(pickle.dumps(mine, pickle.HIGHEST_PROTOCOL), _QUICKLY)
        _write(_place(mine[0], folder), packed)
    for each in targets:
        yield Waiting(
            file_name=each.file_name,
            folder=each.folder,
            booklet=each.booklet.name,
            edition=each.edition,
            effort=effort(each),
            lies=_place(each, folder),
        )


def _place(target: Target, folder: Path) -> Path:
    return folder / f"{target.booklet.name}_{target.edition.audience}"


def targets_of(waiting: tuple[Waiting, ...]) -> tuple[Target, ...]:
    """The targets as they were laid aside, in this order; each file is read once."""
    found = {place: _read(place) for place in dict.fromkeys(each.lies for each in waiting)}
    return tuple(_of_edition(each.edition, found[each.lies]) for each in waiting)


def put_on_disk(files: Iterable[BuiltFile], folder: Path) -> tuple[BuiltFile, ...]:
    """Finished files whose content lies in the folder and no longer in memory.

    Those that lie on a disk already stay there.
    """
    return tuple(_on_disk(each, folder) for each in files)


def where_they_lie(files: Iterable[BuiltFile]) -> dict[str, bytes | Path]:
    """The place of each file's content by its name, or the content itself."""
    held = ((each.name, each.held) for each in files)
    return {name: each.path if isinstance(each, OnDisk) else each for name, each in held}


def standing_in(file: BuiltFile, folder: Path) -> BuiltFile:
    """A file that has taken its place in a folder."""
    place = OnDisk(folder / file.name, file.size, file.sha256)
    return replace(file, held=place)


def _on_disk(file: BuiltFile, folder: Path) -> BuiltFile:
    if isinstance(file.held, OnDisk):
        return file
    _write(folder / file.name, file.held)
    return standing_in(file, folder)


def _write(path: Path, content: bytes) -> None:
    """Write a file of the run's own; `WrongUsage` where there is no room for it."""
    try:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise WrongUsage(
            f"cannot write to {path.parent}, where unfinished work lies: {error.strerror}; make "
            "room there, or name another folder in TMPDIR. Nothing was changed"
        ) from error


def effort(target: Target) -> float:
    """How long a target takes, compared with others: as it has pages, which grow with its print.

    A web page takes about a thirtieth of what pages take.
    """
    size = target.edition.size
    words = len(target.booklet.status.text)
    if isinstance(size, Screen):
        return words * 0.00015
    return words * size.floor**2 / (size.width * size.height)


def _of_edition(edition: Edition, targets: tuple[Target, ...]) -> Target:
    return next(each for each in targets if each.edition == edition)


def _read(lies: Path) -> tuple[Target, ...]:
    # Only this run can write to its folder.
    found: tuple[Target, ...] = pickle.loads(zlib.decompress(lies.read_bytes()))
    return found
