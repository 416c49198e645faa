"""What several test modules share: the specimen content, and the real booklets, built once."""

import fcntl
import gc
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import chdir
from datetime import date
from multiprocessing import forkserver, get_context
from multiprocessing.context import BaseContext
from pathlib import Path
from unittest.mock import patch

import pytest
from playwright.sync_api import Browser

from booklet.build import Order, build
from booklet.content.names import booklet_names
from booklet.editions import SIZES, Audience, Size

TODAY = date(2026, 12, 1)
"""A day on which nothing that the tests hold runs out."""

ROOT = Path(__file__).parent.parent
BOOKLETS = booklet_names(ROOT / "content")
READ: dict[Audience, tuple[Size, ...]] = {"patient": SIZES, "family": SIZES[:2]}
"""The editions of the real booklets that are read back. Giant print is the longest to make and to
read: that for patients is enough, which has every kind of block."""
EDITIONS = [f"{audience}-{size.name}" for audience, sizes in READ.items() for size in sizes]
NAMES = [f"{booklet}-{edition}" for booklet in BOOKLETS for edition in EDITIONS]

IN_MEMORY = Path("/dev/shm")  # On Linux; as a rule it may take half of the machine's memory
ROOM = 2_000_000_000  # Bytes; a run leaves 0.1 GB, and pytest keeps those of three

# Tests write their files to memory where there is room. The program has the disk confirm what it
# writes, thousands of times in all, and a worker does nothing meanwhile.
if "TMPDIR" not in os.environ and IN_MEMORY.is_dir() and shutil.disk_usage(IN_MEMORY).free > ROOM:
    os.environ["TMPDIR"] = tempfile.tempdir = str(IN_MEMORY)

# Python keeps the compiled code of modules, of tests too, whatever the environment says: to compile
# all anew takes each worker four seconds, and each program that a test starts a third of a second.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False


@pytest.fixture(scope="session", autouse=True)
def builds_stay_in_this_process() -> Iterator[None]:
    """Builds that tests ask for start no processes of their own, which are cold each time.

    The workers of pytest keep the cores busy. Programs that tests start work on all of them.
    """
    with patch("os.cpu_count", return_value=1):
        yield


WARM = [
    *("booklet.checking", "booklet.commands.print", "booklet.attach.attaching"),
    *("booklet.provenance.identify", "booklet.post.carrier_check", "booklet.post.table"),
]
"""What work on strangers' files needs; to import it takes ten times as long as such work."""


def _copies(_method: str) -> BaseContext:
    context = get_context("forkserver")
    context.set_forkserver_preload(WARM)
    with chdir(ROOT):  # where it finds the package
        forkserver.ensure_running()
    return context


@pytest.fixture(scope="session", autouse=True)
def children_are_copies() -> Iterator[None]:
    """Children that work on strangers' files are copies of one that has imported what they need."""
    with patch("booklet.pdf.guarded.get_context", _copies):
        yield


@pytest.fixture
def children_begin_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Such children begin as they do for people, and know what a test sets in the environment."""
    monkeypatch.setattr("booklet.pdf.guarded.get_context", get_context)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A writable copy of the specimen content."""
    folder = tmp_path / "content"
    shutil.copytree(Path(__file__).parent / "specimen", folder)
    return folder


@pytest.fixture(scope="session")
def booklets(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The editions of every booklet as files, by `booklet-audience-size`; web pages lie beside.

    All are built once, by whichever worker asks for them first.
    """
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent  # which the workers share
    folder /= "booklets"
    folder.mkdir(exist_ok=True)
    listed = folder / "listed.json"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not listed.exists():
            with patch("os.cpu_count", return_value=2):
                listed.write_text(json.dumps(_built(folder)))
        made = json.loads(listed.read_text())
        return {name: folder / made[name] for name in NAMES}


def _built(folder: Path) -> dict[str, str]:
    """The names of the files that are made there, by edition."""
    made: dict[str, str] = {}
    for audience, sizes in READ.items():
        order = Order(ROOT / "content", folder, (), (audience,), sizes, today=TODAY)
        files = [each.name for each in build(order, lambda each, of: None) if each.pages]
        editions = [f"{name}-{audience}-{size.name}" for name in BOOKLETS for size in sizes]
        made |= zip(editions, files, strict=True)
    return made


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give all tests of one edition to one worker, which then reads its file once.

    Slow tests come first: at the end the workers have small ones to share between them.
    """
    for item in items:
        parameters = item.callspec.params if hasattr(item, "callspec") else {}
        if (name := parameters.get("name")) in NAMES:
            item.add_marker(pytest.mark.xdist_group(name))
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def pytest_collection_finish() -> None:
    """Set aside what was imported and collected: it stays, and is not looked through again.

    Setting pages makes many values that live to the end of a document, and looking for rubbish
    among them often takes a tenth of the time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real browser; a process can hold one only."""
    from tests import screen

    with screen.chromium() as browser:
        yield browser
