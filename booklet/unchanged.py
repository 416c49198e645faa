"""Whether an order was carried out before and nothing has changed since: asked before all imports.

It goes by what the system says of files, without reading them, so that the answer costs next to
nothing. Whatever it is not sure of has changed. The records are in `RECORDS` beside the outputs;
they may be deleted at any time.
"""

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from stat import S_ISREG
from typing import Any

from booklet.problems import WrongUsage, shown
from booklet.resources import styles_folder
from booklet.surroundings import (
    files_below,
    font_folders,
    library_folders,
    system_libraries,
    versions,
)

RECORDS = ".built"
"""The folder of the records, in that of the outputs."""
_ORDERS = "orders"
"""The folder of what came of orders, a file each: so many at once do not wait for each other."""
_FORM = 3
"""Grows when a key of a record changes its meaning."""
_MOST_ORDERS = 10_000
"""The orders that are remembered for one folder of outputs. When there are more, all are
forgotten."""
_HOW = frozenset(("force", "cluster"))
"""The wishes that say how files are made, and not which."""
_TICK = 50_000_000
"""Nanoseconds in which a file may change twice and keep its time: ext4 counts in 4 ms, others in
10 or more."""
_WORDS = ".yaml"
_AMID = (
    "{} was changed while files were made, which may have read it before or after, so nothing was "
    "changed; run it again"
)
_PACKAGE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Known:
    """A finished file as an order left it."""

    name: str
    """The name of the file, from the folder of the outputs."""
    size: int
    """Bytes."""
    marks: tuple[int, ...]
    """By what else the system would show a change: its number on the disk, when its content was
    last changed and when anything of it was, in nanoseconds."""
    pages: int | None
    """As `BuiltFile` has it."""
    is_sheets: bool
    """Whether it is print sheets."""
    advice: tuple[str, ...]
    """What to know before printing it."""


@dataclass(frozen=True, slots=True)
class CarriedOut:
    """What came of an order."""

    files: tuple[Known, ...]  # The files that were made or kept, in their order
    remarks: tuple[str, ...]  # What was said of each booklet
    notes: tuple[str, ...] = ()  # What was said of other files that lay there
    beside: str = ""  # The names of all that lay there, as `names_in` has them


def order_key(wishes: dict[str, Any]) -> str:
    """The order as a key of the records; paths count as what they are from anywhere.

    How its files are made does not count: they are the same wherever that is.
    """
    said = {
        key: str(value.absolute()) if isinstance(value, Path) else str(value)
        for key, value in wishes.items()
        if key not in _HOW
    }
    return sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def inputs(content: Path, today: date) -> str | None:
    """The state of all that a build goes by, as a digest; `None` where a file is too new for that.

    That is the day, the content folder, the style sheets, the program, the fonts, the versions of
    the packages that are installed, the files of those that work on files, and the system's
    libraries.
    """
    now, seen = time.time_ns(), sha256()
    ours = (content, styles_folder(), _PACKAGE, *font_folders())
    try:
        for path, status in files_below((*ours, *library_folders(), *system_libraries())):
            if abs(now - _changed(status)) < _TICK:
                return None
            seen.update(repr((path, *_marks(status))).encode())
    except OSError:
        return None
    seen.update(repr((today.isoformat(), *versions())).encode())
    return seen.hexdigest()


@contextmanager
def must_stay(content: Path) -> Iterator[None]:
    """Inside, files are made; `WrongUsage` where something that they are made from changes.

    That would have been read before the change or after it, and the code in a file be that of other
    pictures. Words may change: they are read once.
    """
    folders = content, styles_folder(), _PACKAGE
    before = _read_again(*folders)
    yield
    if changed := sorted(before.items() ^ _read_again(*folders).items()):
        path, _ = changed[0]
        raise WrongUsage(_AMID.format(shown(path)))


def _read_again(*folders: Path) -> dict[str, tuple[int, ...]]:
    """By what the system would show a change of each file below these folders, by its path.

    Without words and compiled code. Links to folders are not followed.
    """
    found: dict[str, tuple[int, ...]] = {}
    for top in folders:
        for folder, below, names in os.walk(top):
            below[:] = (each for each in below if not each.startswith((".", "__pycache__")))
            for name in names:
                if name.startswith(".") or name.endswith(_WORDS):
                    continue
                path = Path(folder, name)
                with suppress(OSError):  # a link that leads nowhere
                    found[str(path)] = _marks(path.stat())
    return found


def _marks(status: os.stat_result) -> tuple[int, ...]:
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def _changed(status: os.stat_result) -> int:
    """When a file was last changed by the system's own clock, in nanoseconds.

    What anybody may set, as the time of its content, does not count; Windows has no other.
    """
    return status.st_mtime_ns if sys.platform == "win32" else status.st_ctime_ns


def carried_out(output: Path, key: str, state: str | None) -> CarriedOut | None:
    """What came of this order, where inputs and outputs are as they were; `None` where not."""
    if state is None:
        return None
    try:
        order = json.loads(_record(output, key).read_bytes())
        if (order["form"], order["inputs"]) != (_FORM, state):
            return None
        files = tuple(map(_told, order["files"]))
        notes, beside = tuple(order["notes"]), order["beside"]
        found = CarriedOut(files, tuple(order["remarks"]), notes, beside)
        as_left = all(_of(output / each.name) == (each.size, each.marks) for each in files)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    still_true = not notes or beside == names_in(output)
    return found if as_left and still_true else None


def names_in(output: Path) -> str:
    """The names of the files in a folder, as a digest; hidden ones do not count."""
    names = sorted(each.name for each in output.glob("[!.]*"))
    return sha256(repr(names).encode()).hexdigest()


def remember(output: Path, key: str, state: str, done: CarriedOut) -> None:
    """Write down what came of an order; where that cannot be written, it is done without."""
    told = json.dumps({"form": _FORM, "inputs": state, **asdict(done)}, indent=1)
    path = _record(output, key)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        others = [*path.parent.iterdir()]
        for other in others if len(others) >= _MOST_ORDERS else ():
            other.unlink(missing_ok=True)
        draft = path.with_suffix(f".{os.getpid()}")
        draft.write_text(told, encoding="utf-8")
        draft.replace(path)
    except OSError:
        return


def known(output: Path, name: str, digest: str, **of: Any) -> Known | None:
    """A finished file as it stands there now; `None` where it is not of this SHA-256.

    It waits until the file is older than the tick of the clock, so that any later change shows.
    """
    path = output / name
    try:
        size, marks = _of(path)
        time.sleep(min(_TICK, max(0, max(marks[1:]) + _TICK - time.time_ns())) / 1e9)
        as_made = sha256(path.read_bytes()).hexdigest() == digest
    except OSError:
        return None
    return Known(name, size, marks, **of) if as_made else None


def _told(known: dict[str, Any]) -> Known:
    return Known(**known | {each: tuple(known[each]) for each in ("marks", "advice")})


def _of(path: Path) -> tuple[int, tuple[int, ...]]:
    """The size and the marks of a file; `OSError` where it is none, as a link is none."""
    status = path.lstat()
    if not S_ISREG(status.st_mode):
        raise OSError(f"{path} is no file of its own")
    return status.st_size, (status.st_ino, status.st_mtime_ns, status.st_ctime_ns)


def _record(output: Path, key: str) -> Path:
    return output / RECORDS / _ORDERS / f"{key}.json"
