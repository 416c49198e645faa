"""Memory does not grow with an order: words and finished files wait on the disk."""

import gc
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from booklet import build as pipeline
from booklet import making
from booklet.build import BuiltFile, Order, Target
from booklet.content.names import folders_without, is_booklet
from booklet.editions import AUDIENCES, SIZES
from booklet.laid_aside import laid_aside, targets_of
from booklet.order import plan, plans
from booklet.problems import FaultsFound, WrongUsage
from booklet.provenance.built_file import OnDisk
from booklet.review.booklet import Booklet
from tests.conftest import TODAY

COPIES = ("specimen", "specimen-b", "specimen-c")


@pytest.fixture
def order(content: Path, monkeypatch: pytest.MonkeyPatch) -> Order:
    """Both readers' standard print and web page of a few copies of the specimen."""
    for name in COPIES[1:]:
        shutil.copytree(content / COPIES[0], content / name)
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    return Order(content, content.parent / "out", COPIES, AUDIENCES, SIZES[:1], today=TODAY)


def booklets_held() -> int:
    return sum(type(each) is Booklet for each in gc.get_objects())


def made_by_a_stand_in(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many booklets are held as each file is made; the files are made of their names."""
    held: list[int] = []

    def make(target: Target) -> Iterator[BuiltFile]:
        held.append(booklets_held())
        yield BuiltFile(target.file_name, target.file_name.encode())

    monkeypatch.setattr(making, "make", make)
    return held


def test_the_words_of_one_booklet_are_held_at_a_time(
    order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    gc.freeze()  # what other tests hold is not counted, which takes seconds where they hold much
    read = [booklets_held() for _ in plans(order)]
    making = made_by_a_stand_in(monkeypatch)
    pipeline.build(order, lambda made, of: None)
    assert read == [len(AUDIENCES)] * len(COPIES)
    assert {*making} == {1}
    assert len(making) == len(COPIES) * len(AUDIENCES) * 2


def test_finished_files_are_held_on_the_disk_and_read_where_they_stand(
    order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_by_a_stand_in(monkeypatch)
    monkeypatch.setattr(tempfile, "tempdir", str(order.content.parent))
    made = pipeline.build(replace(order, booklets=COPIES[:1]), lambda made, of: None)
    pdf = made[0]
    assert isinstance(pdf.held, OnDisk)
    assert pdf.content == pdf.name.encode() == (order.output / pdf.name).read_bytes()
    assert pdf.size == len(pdf.name)
    assert [*order.content.parent.glob("booklet-*/words")] == []
    (order.output / pdf.name).write_bytes(b"another")
    with pytest.raises(WrongUsage, match="has changed since this run looked at it"):
        _ = pdf.content


def test_targets_come_back_as_they_were_laid_aside(order: Order, tmp_path: Path) -> None:
    targets = plan(replace(order, booklets=COPIES[:1])).targets
    waiting = tuple(laid_aside(targets, tmp_path / "words"))
    assert targets_of(waiting) == targets
    assert waiting[1].target() == targets[1]
    assert [each.file_name for each in waiting] == [each.file_name for each in targets]


def test_a_disk_that_is_full_is_said_in_one_sentence(order: Order, tmp_path: Path) -> None:
    (tmp_path / "words").write_text("no folder")
    targets = plan(replace(order, booklets=COPIES[:1])).targets
    with pytest.raises(WrongUsage, match="where unfinished work lies"):
        tuple(laid_aside(targets, tmp_path / "words"))


def test_all_booklets_are_read_for_their_faults_before_any_is_told(order: Order) -> None:
    for name in COPIES[1:]:
        (order.content / name / "booklet.yaml").write_text("title: [")
    found = plans(order)
    assert next(found).targets
    with pytest.raises(FaultsFound) as error:
        next(found)
    assert {each.file.parent.name for each in error.value.problems} == {*COPIES[1:]}


def test_a_booklet_is_known_by_its_very_name(content: Path) -> None:
    names = ("specimen", "Specimen", "specimen/", "../content/specimen", "clinics", "nowhere", "")
    assert [is_booklet(content, name) for name in names] == [True] + [False] * 6
    assert not is_booklet(content / "nowhere", "specimen")


def test_folders_without_a_file_come_in_the_order_of_their_names(content: Path) -> None:
    without = [path for path in content.iterdir() if path.is_dir() and path.name != "specimen"]
    assert folders_without(content, "booklet.yaml") == sorted(without)
