"""What has not changed is not made again, and an outdated answer is never given."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from booklet import build as pipeline
from booklet import origins, unchanged
from booklet.build import BuiltFile, Order, Target
from booklet.editions import SIZES
from booklet.order import plan
from booklet.origins import digest_of
from booklet.unchanged import RECORDS, inputs
from tests.conftest import ROOT, TODAY

PDF, WEB = "specimen_patient_en_standard_v0-1.pdf", "specimen_patient_en_web_v0-1.html"
HEAVY = ("weasyprint", "pypdf", "pypdfium2", "PIL", "fontTools", "booklet.content.model")
OF_OTHER_WORK = ("pikepdf", "segno", "spylls", "booklet.print.sheets", "booklet.check.words.lists")
"""What words to check, print sheets, codes and few PDFs need."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the specimen's content, and its files for patients as the command made them."""
    folder = tmp_path_factory.mktemp("unchanged")
    shutil.copytree(ROOT / "tests/specimen", folder / "content")
    said = run(folder)
    assert "set specimen" in said
    assert said.splitlines()[-1] == str([*HEAVY])  # and nothing of other work
    return folder


def run(folder: Path) -> str:
    """What the command says; at the end, which of these packages it imported in its process."""
    program = (
        "import os, sys\n"
        "os.cpu_count = lambda: 1\n"
        "from booklet.commands.start import main\n"
        "try:\n    main()\n"
        f"finally:\n    print([each for each in {HEAVY + OF_OTHER_WORK} if each in sys.modules])\n"
    )
    options = ["specimen", "--audience", "patient", "--size", "standard"]
    done = subprocess.run(
        [sys.executable, "-c", program, *options],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


@pytest.fixture
def folder(built: Path, tmp_path: Path) -> Path:
    """A copy of it in which files have their old times."""
    return Path(shutil.copytree(built, tmp_path / "copy"))


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are made anew, by a stand-in for setting type."""
    names: list[str] = []

    def make(target: Target) -> Iterator[BuiltFile]:
        names.append(target.file_name)
        yield BuiltFile(target.file_name, b"new")

    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    monkeypatch.setattr(pipeline, "make", make)
    return names


def order(folder: Path, **more: object) -> Order:
    wishes = Order(
        folder / "content", folder / "output", ("specimen",), ("patient",), SIZES[:1], today=TODAY
    )
    return replace(wishes, **more)  # type: ignore[arg-type]


def build(folder: Path, **more: object) -> tuple[BuiltFile, ...]:
    return pipeline.build(order(folder, **more), lambda made, of: None)


def test_a_run_in_which_nothing_has_changed_imports_nothing_and_says_so(built: Path) -> None:
    before = {path: path.read_bytes() for path in (built / "output").glob("specimen*")}
    said = run(built).splitlines()
    assert said[-1] == "[]"
    assert said[-2].startswith("3 files kept, since nothing has changed, in ")
    assert any(PDF in line for line in said)
    assert any(line.startswith("specimen: draft") for line in said)
    assert {path: path.read_bytes() for path in (built / "output").glob("specimen*")} == before


def test_files_of_the_very_same_are_kept_whole_with_their_manifest(
    folder: Path, made: list[str]
) -> None:
    before = {path.name: path.read_bytes() for path in (folder / "output").glob("specimen*")}
    files = build(folder)
    assert made == []
    assert {each.name: each.content for each in files} == before
    assert all(each.kept for each in files)
    assert [each.pages is None for each in files] == [False, True, True]
    assert files[0].findings


def edit(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b" ")


@pytest.mark.parametrize("spoil", [Path.unlink, edit])
@pytest.mark.parametrize("name", [PDF, WEB])
def test_an_output_that_was_edited_or_deleted_is_made_anew_alone(
    folder: Path, made: list[str], name: str, spoil: Callable[[Path], None]
) -> None:
    spoil(folder / "output" / name)
    build(folder)
    assert made == [name]


@pytest.mark.parametrize("record", [b"", b"[]", b'{"form": 1, "targets": {"a": 1}}'])
def test_a_damaged_record_means_that_all_is_made_anew(
    folder: Path, made: list[str], record: bytes
) -> None:
    (folder / "output" / RECORDS / "files.json").write_bytes(record)
    build(folder)
    assert made == [PDF, WEB]


def test_force_makes_all_anew(folder: Path, made: list[str]) -> None:
    build(folder, force=True)
    assert made == [PDF, WEB]


def digest(folder: Path, **more: object) -> str:
    return digest_of(plan(order(folder, **more)).targets[0])


def test_every_kind_of_change_gives_another_digest(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = [digest(folder)]
    assert digest(folder) == seen[0]
    edit(folder / "content/specimen/pictures/square.svg")
    seen.append(digest(folder))
    section = next((folder / "content/specimen").glob("0*.yaml"))
    section.write_text(section.read_text().replace("title: ", "title: New ", 1))
    seen.append(digest(folder))
    seen.append(digest(folder, sheets=True))
    seen.append(digest(folder, mode="release as draft"))
    for place, copied in (("_PACKAGE", "booklet/labels"), ("styles_folder", "styles")):
        copy = shutil.copytree(ROOT / copied, folder / place)
        monkeypatch.setattr(origins, place, copy if place == "_PACKAGE" else lambda copy=copy: copy)
        for _ in range(2):
            origins.program_digest.cache_clear()
            seen.append(digest(folder))
            edit(next(path for path in copy.rglob("*") if path.is_file()))
    monkeypatch.setattr(origins, "installed", lambda: ("weasyprint-71.0.dist-info",))
    origins.program_digest.cache_clear()
    seen.append(digest(folder))
    monkeypatch.setattr(origins, "typefaces", lambda: ())
    origins.program_digest.cache_clear()
    seen.append(digest(folder))
    origins.program_digest.cache_clear()
    assert len(set(seen)) == len(seen)


@pytest.fixture
def watched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Path]:
    """The folders that a run without change looks at, as small ones of our own."""
    folders = {name: tmp_path / name for name in ("content", "styles", "program", "fonts")}
    for folder in folders.values():
        folder.mkdir()
        (folder / "file").write_text("old")
        (folder / ".lock").write_text("no input")
        old = 1_700_000_000
        os.utime(folder / "file", (old, old))
    monkeypatch.setattr(unchanged, "styles_folder", lambda: folders["styles"])
    monkeypatch.setattr(unchanged, "_PACKAGE", folders["program"])
    monkeypatch.setattr(unchanged, "_font_folders", lambda: [folders["fonts"]])
    monkeypatch.setattr(unchanged, "_TICK", 0)
    return folders


@pytest.mark.parametrize("name", ["content", "styles", "program", "fonts"])
def test_a_change_that_keeps_size_and_time_is_noticed(watched: dict[str, Path], name: str) -> None:
    before, file = inputs(watched["content"]), watched[name] / "file"
    (watched[name] / ".lock").unlink()
    assert inputs(watched["content"]) == before
    times = file.stat()
    file.write_text("new")
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert inputs(watched["content"]) != before


def test_other_versions_of_packages_are_noticed(
    watched: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = inputs(watched["content"])
    monkeypatch.setattr(unchanged, "installed", lambda: ("weasyprint-71.0.dist-info",))
    assert inputs(watched["content"]) != before


def test_a_file_that_may_change_within_the_tick_of_the_clock_is_not_relied_on(
    watched: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unchanged, "_TICK", 10**12)
    assert inputs(watched["content"]) is None


def test_orders_differ_by_every_wish_and_are_forgotten_when_outputs_change(
    built: Path, folder: Path
) -> None:
    record = json.loads((built / "output" / RECORDS / "orders.json").read_text())
    ((key, told),) = record["orders"].items()
    found = unchanged.carried_out(built / "output", key, told["inputs"])
    assert found is not None
    assert [each.name for each in found.files] == [PDF, WEB, "specimen_en_v0-1_manifest.json"]
    assert unchanged.carried_out(built / "output", key, "another state") is None
    assert unchanged.carried_out(built / "output", "another order", told["inputs"]) is None
    assert unchanged.carried_out(folder / "output", key, told["inputs"]) is not None
    edit(folder / "output" / WEB)
    assert unchanged.carried_out(folder / "output", key, told["inputs"]) is None
