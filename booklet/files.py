"""Files that appear whole or not at all."""

import os
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from booklet.problems import WrongUsage

LOCK = ".lock"
"""The file in a folder by which one run at a time writes there what it has read there."""


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


def must_be_replaceable(folder: Path, names: Iterable[str]) -> None:
    """`WrongUsage` names every file that is there already and that somebody made read-only."""
    kept = [path for name in names if (path := folder / name).is_file() and _is_read_only(path)]
    if kept:
        are = "is read-only, so it was" if len(kept) == 1 else "are read-only, so they were"
        raise WrongUsage(
            f"{', '.join(map(str, kept))} {are} kept and nothing was changed; to have it replaced, "
            "make it writable, or move it away"
        )


def _is_read_only(path: Path) -> bool:
    """Whether nobody may write to it, or not the one who asks; the first holds for root as well."""
    writable = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
    return not path.stat().st_mode & writable or not os.access(path, os.W_OK)


def write_whole(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write every file of the mapping into the folder or below it, or none of them.

    All of them stand complete on the disk before the first takes its place, each in one step and
    in the order of the mapping, which is what a run that is killed in between leaves.
    Where one cannot (on Windows, a PDF that is open), those already replaced are put back, and
    `WrongUsage` names it. A file that somebody made read-only is kept: that is `WrongUsage` too.
    """
    must_be_writable(folder)
    must_be_replaceable(folder, files)
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


@contextmanager
def locked(folder: Path, patience: float = 10) -> Iterator[None]:
    """Nobody else is inside this for the same folder, in any process or over a shared disk.

    It waits `patience` seconds for whoever is; then `WrongUsage` says so. The lock is the system's,
    on an open file, so it ends with the process that holds it, however that ends. What is read
    inside is still so when it is written. A folder that is not there is not locked.
    """
    if not folder.is_dir():
        yield
        return
    path, until = folder / LOCK, time.monotonic() + patience
    while (file := _lock(path)) is None:
        if time.monotonic() > until:
            raise WrongUsage(
                f"somebody else is writing in {folder} at this moment, so nothing was changed; "
                "try again when they are done"
            )
        time.sleep(0.05)
    try:
        yield
    finally:
        if sys.platform == "win32":  # an open file cannot be deleted there
            os.close(file)
        with suppress(OSError):  # on Windows, somebody who waits has opened it
            path.unlink()
        if sys.platform != "win32":
            os.close(file)


def _lock(path: Path) -> int | None:
    """A file that is open and locked; `None` where another process has it."""
    try:
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        if sys.platform == "win32" and isinstance(error, PermissionError):
            return None  # it is being deleted by whoever had it
        raise WrongUsage(
            f"cannot write to {path.parent}: {error.strerror}; ask whoever keeps this folder"
        ) from error
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # Whoever had it deletes it at the end: a lock on a file that is gone keeps nobody out.
        if os.path.samestat(os.fstat(file), path.stat()):
            return file
    except (BlockingIOError, PermissionError, FileNotFoundError):
        pass
    except OSError as error:
        os.close(file)
        raise WrongUsage(
            f"the disk of {path.parent} cannot keep two people from writing at once "
            f"({error.strerror}); put the content folder on another"
        ) from error
    os.close(file)
    return None
