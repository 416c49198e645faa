"""The one step in which new files take the places of old ones: all of them, or none.

Every new file lies complete beside its place, in a folder of this run, with a journal that names
them all. Once the journal stands there, whoever finds it finishes what it says: this run, or after
a power cut the next run that writes in the same folder. Where a file cannot take its place, the
journal is turned round first, and what it undoes is finished in the same way.
"""

import json
import os
import shutil
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PREFIX = ".making-"
"""What the folders of unfinished runs begin with."""
_FORWARD, _BACK = "finish.json", "undo.json"


@dataclass(frozen=True, slots=True)
class Commit:
    """Files that lie ready to take their places in a folder."""

    folder: Path  # The folder below which the places are
    aside: Path  # This run's own folder in it: `new`, `before` and the journal
    places: dict[str, bool]  # The places from `folder`, in order, and whether a file stood there
    made: tuple[str, ...]  # The folders that are made for them, the outermost first

    @staticmethod
    def prepared(folder: Path, aside: Path, names: tuple[str, ...]) -> "Commit":
        """What lies in `aside/new`, with what stands in its places kept in `aside/before`.

        `OSError` where a folder stands in a place, or a file in the way of a folder.
        """
        places = {name: (folder / name).exists() for name in names}
        for name in (name for name, there in places.items() if there):
            before = aside / "before" / name
            before.parent.mkdir(parents=True, exist_ok=True)
            _keep(folder / name, before)
        missing = {
            parent.as_posix(): None
            for name in names
            for parent in reversed(Path(name).parents)
            if not (folder / parent).exists()
        }
        return Commit(folder, aside, places, tuple(missing))

    def carry_out(self) -> None:
        """Let every file take its place; where one cannot, put all back and raise its `OSError`."""
        self._write_journal()
        try:
            self._forward()
        except OSError:
            (self.aside / _FORWARD).replace(self.aside / _BACK)
            self._back()
            raise

    def _write_journal(self) -> None:
        said = {"places": self.places, "made": self.made}
        draft = self.aside / "draft.json"
        on_disk(draft, json.dumps(said).encode())
        draft.replace(self.aside / _FORWARD)
        settle(self.aside)

    def _forward(self) -> None:
        for made in self.made:
            (self.folder / made).mkdir(exist_ok=True)
        for name in self.places:
            new = self.aside / "new" / name
            if new.exists():
                new.replace(self.folder / name)
        for parent in {(self.folder / name).parent for name in self.places}:
            settle(parent)

    def _back(self) -> None:
        for name, stood_there in reversed(self.places.items()):
            before, place = self.aside / "before" / name, self.folder / name
            if stood_there and before.exists():
                before.replace(place)
            elif not stood_there and not (self.aside / "new" / name).exists():
                place.unlink(missing_ok=True)
        for made in reversed(self.made):
            with suppress(OSError):
                (self.folder / made).rmdir()


def finish_what_was_begun(folder: Path) -> None:
    """Finish or undo what killed runs left in the folder, and take their leftovers away.

    The caller holds the folder's lock, so no run that is alive has a folder there.
    """
    for aside in sorted(folder.glob(f"{PREFIX}*")):
        if not aside.is_dir() or aside.is_symlink():
            continue
        if begun := _begun(folder, aside / _BACK):
            begun._back()
        elif begun := _begun(folder, aside / _FORWARD):
            begun._forward()
        shutil.rmtree(aside, ignore_errors=True)


def _begun(folder: Path, journal: Path) -> Commit | None:
    """What a journal says; `None` where there is none that this program wrote for the folder."""
    try:
        said: Any = json.loads(journal.read_bytes())
        begun = Commit(folder, journal.parent, dict(said["places"]), tuple(said["made"]))
        inside = folder.resolve()
        names = [Path(each) for each in (*begun.places, *begun.made)]
        mine = all((inside / each).resolve().is_relative_to(inside) for each in names)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return begun if mine else None


def on_disk(path: Path, content: bytes | Path) -> None:
    """Write a file, or the copy of another, and wait until the disk has it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(content if isinstance(content, bytes) else content.read_bytes())
        file.flush()
        os.fsync(file.fileno())


def settle(folder: Path) -> None:
    """Wait until the disk has the names in a folder too; Windows has no such call."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:  # a network disk that cannot promise it
        pass
    finally:
        os.close(handle)


def _keep(place: Path, before: Path) -> None:
    """Keep a file under a second name, or a copy where the disk has no second names."""
    try:
        os.link(place, before, follow_symlinks=False)
    except (OSError, NotImplementedError):
        shutil.copy2(place, before)
