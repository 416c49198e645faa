"""A folder for what libraries put aside while they work, taken away however the run ends."""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

_PREFIX = "booklet-"
_ALIVE = "alive"
"""The file that a run keeps locked in its folder, for as long as it lives."""


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """What `tempfile` makes inside, in this process and those it forks, goes into one folder.

    WeasyPrint leaves the fonts of a document there, and a worker that is ended has no time to
    clear up. The folder is taken away at the end; those of runs that were killed are taken away by
    the next, which knows them by a lock that nobody holds any more.
    """
    usual = tempfile.tempdir
    try:
        with own_folder() as folder:
            tempfile.tempdir = str(folder)
            yield folder
    finally:
        tempfile.tempdir = usual


@contextmanager
def own_folder() -> Iterator[Path]:
    """A folder of this run's own, taken away as that of `scratch_folder` is."""
    above = Path(tempfile.gettempdir())
    if (above / _ALIVE).exists():  # that of a run in this process, which may end before
        above = above.parent
    for left in above.glob(f"{_PREFIX}*"):
        _take_away_if_dead(left)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=above))
    try:
        with (folder / _ALIVE).open("wb") as alive:
            _lock(alive)
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _take_away_if_dead(folder: Path) -> None:
    try:
        with (folder / _ALIVE).open("rb+") as alive:
            _lock(alive)
    except OSError:  # somebody works there, or it is another person's, or none of ours
        return
    shutil.rmtree(folder, ignore_errors=True)


def _lock(file: IO[bytes]) -> None:
    """Lock an open file until it is closed, or its process ends; `OSError` where another has it."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
