"""Files that appear whole or not at all."""

import os
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from booklet.problems import WrongUsage


def must_be_writable(folder: Path) -> None:
    """Make the folder if it is not there; `WrongUsage` where nothing can be written to it."""
    if folder.exists() and not folder.is_dir():
        raise WrongUsage(f"{folder} is a file, not a folder; name another folder")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise WrongUsage(
            f"cannot write to {folder}: {error.strerror}; name another folder"
        ) from error


def write_whole(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write every file of the mapping into the folder or below it, or none of them.

    All of them stand complete on the disk before the first takes its place, each in one step.
    Where one cannot (on Windows, a PDF that is open), those already replaced are put back, and
    `WrongUsage` names it.
    """
    must_be_writable(folder)
    with tempfile.TemporaryDirectory(prefix=".making-", dir=folder) as name:
        aside = Path(name)
        try:
            for file, content in files.items():
                _on_disk(aside / "new" / file, content)
        except OSError as error:
            raise WrongUsage(f"cannot write to {folder}: {error.strerror}") from error
        _take_their_places(aside, folder, tuple(files))


def _on_disk(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _take_their_places(aside: Path, folder: Path, names: tuple[str, ...]) -> None:
    """Move every new file to its place; where one cannot, undo what was done, last step first."""
    with ExitStack() as undo:
        for name in names:
            try:
                _take_its_place(aside / "new" / name, folder / name, aside / "before" / name, undo)
            except OSError as error:
                raise WrongUsage(
                    f"cannot replace {folder / name}: {error.strerror}; close it if it is open. "
                    "Nothing was changed"
                ) from error
        undo.pop_all()


def _take_its_place(new: Path, place: Path, before: Path, undo: ExitStack) -> None:
    for folder in reversed([each for each in place.parents if not each.exists()]):
        folder.mkdir()
        undo.callback(folder.rmdir)
    if place.is_file():
        before.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(place, before)
        new.replace(place)
        undo.callback(before.replace, place)
    else:
        new.replace(place)
        undo.callback(place.unlink)
