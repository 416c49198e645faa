"""Runs one after another: what nothing has changed in is kept, and all else is made anew."""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from booklet import making, unchanged
from booklet.build import BuiltFile, Target
from booklet.commands import build as command
from booklet.content.load import load_with_files
from booklet.files import write_whole
from booklet.review.booklet import status_of
from booklet.review.integrity import LAST_SEAL, last_seal, seals
from booklet.review.record import snapshot_name, with_entry
from booklet.unchanged import CarriedOut, carried_out, order_key, remember
from tests.commands.program import run
from tests.conftest import ROOT, TODAY

PDF, WEB = "specimen_patient_en_standard_v0-1.pdf", "specimen_patient_en_web_v0-1.html"
MANIFEST = "specimen_en_v0-1_manifest.json"
FOR_PATIENTS = ("--audience", "patient", "--size", "standard")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the specimen's content, which counts as old although it was just copied."""
    shutil.copytree(ROOT / "tests/specimen", tmp_path / "content")
    monkeypatch.setattr(unchanged, "_TICK", 0)
    return tmp_path


@pytest.fixture(autouse=True)
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are made anew, by a stand-in for setting type."""
    names: list[str] = []

    def make(target: Target) -> Iterator[BuiltFile]:
        names.append(target.file_name)
        yield BuiltFile(target.file_name, b"finished")

    monkeypatch.setattr(making, "make", make)
    return names


def said(folder: Path, *options: str) -> str:
    done = run("specimen", *(options or FOR_PATIENTS), cwd=folder)
    assert not done.returncode, done.stderr
    return done.stdout


def is_kept(folder: Path, *options: str) -> bool:
    """Whether a run finds at once that nothing has changed."""
    return "kept, since nothing has changed" in said(folder, *options)


def edit(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b" ")


def test_a_run_is_kept_until_something_changes(folder: Path, made: list[str]) -> None:
    assert not is_kept(folder)
    assert is_kept(folder)
    assert made == [PDF, WEB]


def test_what_another_run_writes_before_this_one_ends_is_not_taken_for_its_own(
    folder: Path, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(command, "show", lambda *told: edit(folder / "output" / PDF))
        said(folder)
    assert not is_kept(folder)
    assert made == [PDF, WEB, PDF]


def test_what_is_made_by_force_is_known_and_kept_by_the_next_run(
    folder: Path, made: list[str]
) -> None:
    said(folder, *FOR_PATIENTS, "--force")
    assert is_kept(folder)
    assert not is_kept(folder, *FOR_PATIENTS, "--force")
    assert made == [PDF, WEB, PDF, WEB]


def test_a_file_with_a_time_to_come_does_not_keep_runs_from_being_known(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unchanged, "_TICK", 1_000_000)
    time.sleep(0.01)
    os.utime(folder / "content/house.yaml", (4_000_000_000, 4_000_000_000))
    time.sleep(0.01)
    said(folder)
    assert is_kept(folder)


def test_orders_of_many_kinds_are_all_known(tmp_path: Path) -> None:
    done = CarriedOut((), ())
    keys = [order_key({"clinic": f"clinic-{number}"}) for number in range(200)]
    for key in keys:
        remember(tmp_path, key, "state", done)
    assert all(carried_out(tmp_path, key, "state") == done for key in keys)


def test_where_files_are_made_does_not_make_it_another_order() -> None:
    asked = {"clinic": "example", "cluster": None, "force": False}
    elsewhere = asked | {"cluster": "tcp://scheduler:8786", "force": True}
    assert order_key(asked) == order_key(elsewhere)


OF_CLINIC = """
logo:
  picture: logo.png
  alt: Example
  permission: {by: A Person, on: 2026-01-01}
"""


class Day(date):
    """The day on which a command runs."""

    now = TODAY

    @classmethod
    def today(cls) -> date:
        return cls.now


def draw(path: Path, colour: str) -> None:
    Image.new("RGB", (1500, 250), colour).save(path)


def approved(content: Path) -> None:
    """Approve the specimen, which lacks what `approve` asks of a booklet for patients."""
    contents, files = load_with_files(content, "specimen")
    status = status_of(contents, files, TODAY)
    days = {"on": TODAY, "review_due": TODAY.replace(year=TODAY.year + 1)}
    entry = {"what": "approved", "version": "0.1", "by": "A. Example", "role": "Editor", **days}
    said = {**entry, "fingerprint": status.fingerprint}
    record, entries = with_entry(files, said, lambda these: [*seals(these)][-1])
    kept = {snapshot_name("0.1", status.fingerprint): status.text.encode()}
    write_whole(files.folder, {**kept, "review.yaml": record, LAST_SEAL: last_seal(entries)})


def change(path: Path, old: str, new: str) -> Callable[[], None]:
    """What puts other words into a file."""

    def made() -> None:
        words = path.read_text()
        assert old in words
        path.write_text(words.replace(old, new))

    return made


def test_every_kind_of_change_makes_a_file_anew(
    folder: Path, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    content = folder / "content"
    clinic = content / "clinics/example.yaml"
    with clinic.open("a") as file:
        file.write(OF_CLINIC)
    logo = content / "clinics/example/logo.png"
    logo.parent.mkdir()
    draw(logo, "black")
    monkeypatch.setattr(command, "date", Day)
    changes: dict[str, Callable[[], object]] = {
        "nothing yet": lambda: None,
        "shared contacts": change(content / "house.yaml", "The Helpers", "Other Helpers"),
        "glossary": change(content / "glossary.yaml", "that a test", "that some test"),
        "clinic": change(clinic, "Example Day Unit", "Another Day Unit"),
        "logo": lambda: draw(logo, "navy"),
        "record": lambda: approved(content),
    }
    options = ("--audience", "patient", "--size", "standard", "--clinic", "example")
    for name, happens in changes.items():
        happens()
        made.clear()
        assert not is_kept(folder, *options), name
        assert len(made) == 2, name
        assert is_kept(folder, *options), name
    with monkeypatch.context() as later:
        later.setattr(Day, "now", TODAY.replace(year=2040))
        done = run("specimen", *options, cwd=folder)
        assert "the approval has ended" in done.stderr, done.stdout
    for other in ((), ("--clinic", "example", "--ink", "black")):
        assert not is_kept(folder, "--audience", "patient", "--size", "standard", *other)
