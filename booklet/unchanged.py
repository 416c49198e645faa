"""Whether an order was carried out before and nothing has changed since: asked before all imports.

It goes by what the system says of files, without reading them, so that the answer costs next to
nothing. Whatever it is not sure of has changed. The records are in `RECORDS` beside the outputs;
they may be deleted at any time.
"""

import json
import os
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from hashlib import sha256
from importlib.machinery import PathFinder
from pathlib import Path
from typing import Any

from booklet.resources import styles_folder

RECORDS = ".built"
"""The folder of the records, in that of the outputs."""
_ORDERS = "orders.json"
_FORM = 2
"""Grows when a key of a record changes its meaning."""
_MOST_ORDERS = 20
"""The orders that are remembered for one folder of outputs, the newest."""
_TICK = 50_000_000
"""Nanoseconds in which a file may change twice and keep its time: ext4 counts in 4 ms, others in
10 or more."""
_PACKAGE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Known:
    """A finished file as an order left it."""

    name: str
    """The name of the file, from the folder of the outputs."""
    size: int
    """Bytes."""
    time: int
    """When it was last changed, in nanoseconds."""
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
    """The order as a key of the records; paths count as what they are from anywhere."""
    said = {
        key: str(value.absolute()) if isinstance(value, Path) else str(value)
        for key, value in wishes.items()
    }
    return sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def inputs(content: Path) -> str | None:
    """The state of all that a build reads, as a digest; `None` where a file is too new to be sure.

    That is the content folder, the style sheets, the program, the fonts and the versions of the
    packages that are installed.
    """
    now, seen = time.time_ns(), sha256()
    try:
        for path, status in _files((content, styles_folder(), _PACKAGE, *_font_folders())):
            if now - max(status.st_mtime_ns, status.st_ctime_ns) < _TICK:
                return None
            told = (path, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
            seen.update(repr(told).encode())
    except OSError:
        return None
    seen.update(repr((sys.version, *installed())).encode())
    return seen.hexdigest()


def installed() -> tuple[str, ...]:
    """The packages that are installed, with their versions."""
    folders = (Path(each) for each in sys.path if each.endswith("-packages"))
    names = (each.name for folder in folders if folder.is_dir() for each in folder.iterdir())
    return tuple(sorted(name for name in names if name.endswith((".dist-info", ".egg-link"))))


def _font_folders() -> Iterator[Path]:
    """The packages that carry typefaces, without importing them."""
    for name in installed():
        package = name.partition("-")[0]
        if "font" in package and (found := PathFinder.find_spec(package)) and found.origin:
            yield Path(found.origin).parent


def _files(folders: Iterable[Path]) -> Iterator[tuple[str, os.stat_result]]:
    """Every file below the folders in a fixed order; hidden ones and compiled code are no input."""
    for folder in folders:
        waiting = [str(folder)]
        while waiting:
            with os.scandir(waiting.pop()) as entries:
                for entry in sorted(entries, key=lambda each: each.name):
                    if entry.name.startswith(".") or entry.name == "__pycache__":
                        continue
                    if entry.is_dir():
                        waiting.append(entry.path)
                    else:
                        yield entry.path, entry.stat()


def carried_out(output: Path, key: str, state: str | None) -> CarriedOut | None:
    """What came of this order, where inputs and outputs are as they were; `None` where not."""
    order = _orders(output).get(key)
    if state is None or order is None or order.get("inputs") != state:
        return None
    try:
        files = tuple(Known(**each | {"advice": tuple(each["advice"])}) for each in order["files"])
        notes, beside = tuple(order["notes"]), order["beside"]
        found = CarriedOut(files, tuple(order["remarks"]), notes, beside)
        as_left = all(_of(output / each.name) == (each.size, each.time) for each in files)
    except (OSError, KeyError, TypeError):
        return None
    still_true = not notes or beside == names_in(output)
    return found if as_left and still_true else None


def names_in(output: Path) -> str:
    """The names of the files in a folder, as a digest; hidden ones do not count."""
    names = sorted(each.name for each in output.glob("[!.]*"))
    return sha256(repr(names).encode()).hexdigest()


def remember(output: Path, key: str, state: str, done: CarriedOut) -> None:
    """Add what came of an order to the record; where that cannot be written, it is done without."""
    orders = {each: told for each, told in _orders(output).items() if each != key}
    newest = list(orders.items())[-(_MOST_ORDERS - 1) :]
    told = {"inputs": state, **asdict(done)}
    record = json.dumps({"form": _FORM, "orders": dict([*newest, (key, told)])}, indent=1)
    path = output / RECORDS / _ORDERS
    try:
        path.parent.mkdir(exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}")
        draft.write_text(record, encoding="utf-8")
        draft.replace(path)
    except OSError:
        return


def known(output: Path, name: str, **of: Any) -> Known:
    """A finished file as it stands there now; `OSError` where it does not."""
    size, changed = _of(output / name)
    return Known(name, size, changed, **of)


def _of(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_size, status.st_mtime_ns


def _orders(output: Path) -> dict[str, Any]:
    try:
        record = json.loads((output / RECORDS / _ORDERS).read_bytes())
        orders = record["orders"] if record["form"] == _FORM else {}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {}
    return orders if isinstance(orders, dict) else {}
