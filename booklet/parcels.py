"""A job with all the files it reads, for a machine that has nothing of ours but the program."""

import atexit
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from socket import gethostname
from typing import Generic, TypeVar

from booklet.problems import WrongUsage
from booklet.resources import styles_brought, styles_folder
from booklet.scratch import own_folder
from booklet.versions import Versions, differences, made_with

Job = TypeVar("Job")

_MOST_KEPT = 64
"""The bundles that a worker keeps unpacked, those that were used last."""

_MOST_PACKED = 256
"""The folders that are kept packed for the jobs to come: memory does not grow with a library."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A folder of files, packed; those of the same digest are the same."""

    digest: str  # The SHA-256 of names and contents, in hexadecimal digits
    place: str  # The last two names of the folder's path: pictures are known by them
    files: tuple[tuple[str, bytes], ...] = field(compare=False, repr=False)
    """Each file's path below the folder, with slashes, and what is in it."""


@dataclass(frozen=True, slots=True)
class Parcel(Generic[Job]):
    """A job, and what goes with it."""

    job: Job  # The job, with folders as they are on the machine that sends it
    bundles: tuple[Bundle, ...]  # The style sheets, then the folders that the job reads
    versions: Versions  # What the machine that sends it would do it with


def packed(folder: Path) -> Bundle:
    """A folder as a bundle; an empty one where there is no such folder."""
    place = "/".join(folder.resolve().parts[-2:])
    paths = sorted(each for each in folder.rglob("*") if each.is_file())
    files = tuple((each.relative_to(folder).as_posix(), each.read_bytes()) for each in paths)
    seen = sha256(place.encode())
    for name, content in files:
        seen.update(repr((name, sha256(content).hexdigest())).encode())
    return Bundle(seen.hexdigest(), place, files)


def parcels(jobs: Iterable[tuple[Job, tuple[Path, ...]]]) -> Iterator[Parcel[Job]]:
    """Each job as a parcel with the folders it reads; those used last need not be packed anew."""
    pack = lru_cache(_MOST_PACKED)(packed)
    for job, folders in jobs:
        yield Parcel(job, (pack(styles_folder()), *map(pack, folders)), made_with())


@contextmanager
def opened(parcel: Parcel[Job]) -> Iterator[tuple[Path, ...]]:
    """Inside, the parcel's style sheets are in force; its folders, as they are on this machine.

    `WrongUsage` where this machine would do the job with other versions.
    """
    if found := differences(parcel.versions):
        raise WrongUsage(
            f"a worker on {gethostname()} would make it with other versions: {', '.join(found)} "
            "(here is the worker); set up the same on both (`requirements/build.txt`)"
        )
    styles, *folders = map(_unpacked, parcel.bundles)
    with styles_brought(styles):
        yield tuple(folders)


def _unpacked(bundle: Bundle) -> Path:
    """The folder of a bundle on this machine, where it stays for the jobs after this one."""
    home = _home()
    top = home / bundle.digest
    folder = top / bundle.place
    if not top.is_dir():
        folder.mkdir(parents=True)
        for name, content in bundle.files:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
    os.utime(top)
    used = sorted((each for each in home.iterdir() if each.is_dir()), key=_when_used)
    for old in used[:-_MOST_KEPT]:
        shutil.rmtree(old, ignore_errors=True)
    return folder


def _when_used(folder: Path) -> int:
    return folder.stat().st_mtime_ns


@cache
def _home() -> Path:
    """The folder of this process for what comes with its jobs; taken away when the process ends."""
    stack = ExitStack()
    atexit.register(stack.close)
    return stack.enter_context(own_folder())
