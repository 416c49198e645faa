"""Files that appear whole or not at all."""

import json
import os
import stat
import sys
import tempfile
import threading
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from booklet import changes
from booklet.commit import PREFIX, Commit, finish_what_was_begun, on_disk
from booklet.problems import WrongUsage
from booklet.signals import answered_later

LOCK = ".lock"
"""The file in a folder by which one run at a time writes there what it has read there."""
_HELD = threading.local()
"""The folders that each thread has locked."""


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


def must_be_replaceable(folder: Path, names: Collection[str]) -> None:
    """`WrongUsage` names every file that is there already and that somebody made read-only.

    So it does where a folder stands in the place of a file.
    """
    must_not_be_folders(folder, names)
    kept = [path for name in names if (path := folder / name).is_file() and _is_read_only(path)]
    if kept:
        are = "is read-only, so it was" if len(kept) == 1 else "are read-only, so they were"
        raise WrongUsage(
            f"{', '.join(map(str, kept))} {are} kept and nothing was changed; to have it replaced, "
            "make it writable, or move it away"
        )


def must_not_be_folders(folder: Path, names: Iterable[str]) -> None:
    """`WrongUsage` names every folder that stands in the place of a file."""
    if found := [path for name in names if (path := folder / name).is_dir()]:
        raise WrongUsage(
            f"a folder stands where a file goes: {', '.join(map(str, found))}; move it away, or "
            "name another folder for the files. Nothing was changed"
        )


def _is_read_only(path: Path) -> bool:
    """Whether nobody may write to it, or not the one who asks; the first holds for root as well."""
    writable = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
    return not path.stat().st_mode & writable or not os.access(path, os.W_OK)


def write_whole(folder: Path, files: Mapping[str, bytes | Path]) -> None:
    """Write every file of the mapping into the folder or below it, or none of them.

    The mapping has what is in each, or a file elsewhere that is copied.

    All of them stand complete on the disk before the first takes its place, each in one step and
    in the order of the mapping; a run that is killed in between is finished by the next that
    writes there (`booklet.commit`). Ctrl-C is answered before or after, never amid the steps.
    Where a file cannot take its place (on Windows, a PDF that is open), those already replaced
    are put back, and `WrongUsage` says so; so it does of a file that somebody made read-only.
    """
    must_be_writable(folder)
    must_be_replaceable(folder, files)
    with locked(folder), tempfile.TemporaryDirectory(prefix=PREFIX, dir=folder) as name:
        aside = Path(name)
        try:
            for file, content in files.items():
                on_disk(aside / "new" / file, content)
        except OSError as error:
            raise WrongUsage(f"cannot write to {folder}: {error.strerror}") from error
        with answered_later():
            try:
                Commit.prepared(folder, aside, tuple(files)).carry_out()
            except OSError as error:
                place = folder / Path(error.filename2 or error.filename or "").name
                raise WrongUsage(
                    f"cannot replace {place}: {error.strerror}; close it if it is open. "
                    "Nothing was changed"
                ) from error
            changes.note([folder / file for file in files])


def json_file(values: Mapping[str, Any]) -> bytes:
    """Values as a file for programs, in UTF-8; the same values give the same bytes."""
    return (json.dumps(values, ensure_ascii=False, indent=1) + "\n").encode()


def digest_of_file(path: Path) -> str | None:
    """The SHA-256 of what is in a file, in hexadecimal digits; `None` where there is no file."""
    return sha256(path.read_bytes()).hexdigest() if path.is_file() else None


@contextmanager
def locked(folder: Path, patience: float = 10) -> Iterator[None]:
    """Nobody else is inside this for the same folder, in any process or over a shared disk.

    It waits `patience` seconds for whoever is; then `WrongUsage` says so. The lock is the system's,
    on an open file, so it ends with the process that holds it, however that ends. What is read
    inside is still so when it is written. What killed runs left there is finished first. A folder
    that is not there is not locked; one that this thread has locked stays locked.
    """
    mine: set[Path] = _HELD.__dict__.setdefault("folders", set())
    if not folder.is_dir() or folder.resolve() in mine:
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
    mine.add(folder.resolve())
    try:
        with answered_later():
            finish_what_was_begun(folder)
        yield
    finally:
        mine.discard(folder.resolve())
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
