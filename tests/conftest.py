"""What several test modules share: the specimen content, and the real booklets, built once."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from booklet.build import BuiltFile, Order, build
from booklet.content.load import booklet_names
from booklet.editions import AUDIENCES, SIZES

#: A day on which nothing that the tests hold runs out.
TODAY = date(2026, 12, 1)
ROOT = Path(__file__).parent.parent
BOOKLETS = booklet_names(ROOT / "content")
EDITIONS = [f"{audience}-{size.name}" for audience in AUDIENCES for size in SIZES]
NAMES = [f"{booklet}-{edition}" for booklet in BOOKLETS for edition in EDITIONS]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A writable copy of the specimen content."""
    folder = tmp_path / "content"
    shutil.copytree(Path(__file__).parent / "specimen", folder)
    return folder


@pytest.fixture(scope="session")
def booklets(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every edition of every booklet as a file, by `booklet-audience-size`.

    Tests that use it carry the `booklets` group, so that one worker builds them once.
    """
    folder = tmp_path_factory.mktemp("booklets")
    made: list[BuiltFile] = []
    for booklet in BOOKLETS:
        for audience in AUDIENCES:
            for size in SIZES:
                wanted = (booklet,), (audience,), (size,)
                order = Order(ROOT / "content", folder, *wanted, today=TODAY)
                made.extend(each for each in build(order, lambda each, of: None) if each.pages)
    return {name: folder / each.name for name, each in zip(NAMES, made, strict=True)}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real browser; a process can hold one only."""
    from tests import screen

    with screen.chromium() as browser:
        yield browser
