"""Runs one after another: what nothing has changed in is kept, and all else is made anew."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from booklet import build as pipeline
from booklet import unchanged
from booklet.build import BuiltFile, Target
from booklet.commands import build as command
from tests.commands.program import run
from tests.conftest import ROOT

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

    monkeypatch.setattr(pipeline, "make", make)
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
        patched.setattr(command, "_show", lambda *told: edit(folder / "output" / PDF))
        said(folder)
    assert not is_kept(folder)
    assert made == [PDF, WEB, PDF]
