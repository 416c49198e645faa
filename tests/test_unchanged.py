"""What has not changed is not made again, and an outdated answer is never given."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace

import pytest
from PIL import Image

from booklet import build as pipeline
from booklet import making, origins, surroundings, unchanged
from booklet.build import BuiltFile, Order, Target
from booklet.editions import SIZES
from booklet.html.render import render
from booklet.order import plan
from booklet.origins import Origins, digest_of
from booklet.problems import WrongUsage
from booklet.tagging.typeset import pictures_asked_for
from booklet.unchanged import RECORDS, inputs
from tests.conftest import ROOT, TODAY

pytestmark = pytest.mark.xdist_group("unchanged")

PDF, WEB = "specimen_patient_en_standard_v0-1.pdf", "specimen_patient_en_web_v0-1.html"
SHEETS = "specimen_patient_en_standard_v0-1_PRINT-BOOKLET.pdf"
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
        if target.pdf is None:
            names.append(target.file_name)
            yield BuiltFile(target.file_name, b"new")
        if target.sheets and target.file_name == PDF:
            names.append(SHEETS)
            yield BuiltFile(SHEETS, b"new", is_sheets=True)

    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    monkeypatch.setattr(making, "make", make)
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


def test_print_sheets_alone_are_made_of_a_pdf_that_stands_there(
    folder: Path, made: list[str]
) -> None:
    before = {path.name: path.read_bytes() for path in (folder / "output").glob("*_v0-1.*")}
    told: list[tuple[str, int]] = []
    files = pipeline.build(
        order(folder, sheets=True), lambda made, of: told.append((made.name, of))
    )
    assert [each.name for each in files][:3] == [PDF, SHEETS, WEB]
    assert told == [(WEB, 2), (SHEETS, 2)]
    build(folder)
    build(folder, sheets=True)
    assert made == [SHEETS]
    assert {name: (folder / "output" / name).read_bytes() for name in before} == before
    (folder / "output" / SHEETS).unlink()
    build(folder, sheets=True)
    assert made == [SHEETS, SHEETS]


def test_print_sheets_are_called_older_only_where_their_pdf_has_changed_since(
    folder: Path, made: list[str]
) -> None:
    output = folder / "output"
    build(folder, sheets=True)
    os.utime(output / SHEETS, (0, 0))
    build(folder)
    assert [*Origins.of(output).older_sheets([PDF])] == []
    section = next((folder / "content/specimen").glob("0*.yaml"))
    section.write_text(section.read_text().replace("title: ", "title: New ", 1))
    build(folder)
    assert made == [SHEETS, PDF, WEB]
    (output / SHEETS.replace("BOOKLET", "FLAT")).write_bytes(b"made by hand")
    assert [*Origins.of(output).older_sheets([PDF])] == [output / SHEETS]


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


@pytest.mark.parametrize("spoil", [Path.unlink, edit])
def test_a_kept_file_that_is_edited_or_deleted_meanwhile_is_made_anew(
    folder: Path, made: list[str], spoil: Callable[[Path], None]
) -> None:
    page = folder / "output" / WEB
    (folder / "output" / PDF).unlink()

    def report(file: BuiltFile, of: int) -> None:
        if file.name == WEB and file.kept:
            spoil(page)

    pipeline.build(order(folder), report)
    assert made == [PDF, WEB]
    assert page.read_bytes() == b"new"
    assert [row["sha256"] for row in manifest_rows(folder) if row["name"] == WEB] == [
        sha256(b"new").hexdigest()
    ]


@pytest.mark.parametrize("name", ["pictures/square.svg", "pictures/new.svg"])
def test_a_picture_that_is_edited_while_files_are_made_leaves_all_as_it_was(
    folder: Path, made: list[str], name: str
) -> None:
    """It may have been read before or after: the code in the file would be that of another."""
    stood = {each.name: each.read_bytes() for each in (folder / "output").glob("[!.]*")}

    def report(file: BuiltFile, of: int) -> None:
        (folder / "content/specimen" / name).write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")

    with pytest.raises(WrongUsage, match=rf"{name} was changed while files were made"):
        pipeline.build(replace(order(folder), force=True), report)
    assert {each.name: each.read_bytes() for each in (folder / "output").glob("[!.]*")} == stood


def test_words_and_compiled_code_may_change_while_files_are_made(
    folder: Path, made: list[str]
) -> None:
    """Words are read once; another process writes compiled code under a name for the time being."""
    compiled = folder / "content/__pycache__/module.cpython-311.pyc.140234"
    compiled.parent.mkdir()

    def report(file: BuiltFile, of: int) -> None:
        edit(next((folder / "content/specimen").glob("*.yaml")))
        compiled.write_bytes(b"half of it")

    pipeline.build(replace(order(folder), force=True), report)
    assert made == [PDF, WEB]


def manifest_rows(folder: Path) -> list[dict[str, str]]:
    (path,) = (folder / "output").glob("*_manifest.json")
    rows: list[dict[str, str]] = json.loads(path.read_text())["files"]
    return rows


def test_runs_at_once_do_not_lose_what_the_others_have_noted(folder: Path, made: list[str]) -> None:
    family = order(folder, audiences=("family",))

    def beside(file: BuiltFile, of: int) -> None:
        pipeline.build(family, lambda made, of: None)

    (folder / "output" / PDF).unlink()
    pipeline.build(order(folder), beside)
    made.clear()
    build(folder, audiences=("patient", "family"))
    assert made == []


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
    seen.append(digest(folder, mode="release as draft"))
    for place, copied in (("_PACKAGE", "booklet/labels"), ("styles_folder", "styles")):
        copy = shutil.copytree(ROOT / copied, folder / place)
        monkeypatch.setattr(origins, place, copy if place == "_PACKAGE" else lambda copy=copy: copy)
        for _ in range(2):
            origins.program_digest.cache_clear()
            seen.append(digest(folder))
            edit(next(path for path in copy.rglob("*") if path.is_file()))
    monkeypatch.setattr(surroundings, "installed", lambda: ("weasyprint-71.0.dist-info",))
    origins.program_digest.cache_clear()
    seen.append(digest(folder))
    monkeypatch.setattr(surroundings, "system_versions", lambda: ("1.52.1",))
    origins.program_digest.cache_clear()
    seen.append(digest(folder))
    for which in ("stray_libraries", "system_libraries"):
        file = folder / which
        monkeypatch.setattr(surroundings, which, lambda file=file: (file,))
        for _ in range(2):
            file.touch()
            origins.program_digest.cache_clear()
            seen.append(digest(folder))
            edit(file)
    font = folder / "Font.ttf"
    font.write_bytes(b"letters")
    face = SimpleNamespace(paths={"400": font})
    monkeypatch.setattr(origins, "typefaces", lambda: (face,))
    for _ in range(2):
        origins.program_digest.cache_clear()
        seen.append(digest(folder))
        edit(font)
    origins.program_digest.cache_clear()
    assert len(set(seen)) == len(seen)


def test_of_pictures_only_those_count_that_a_file_shows(folder: Path) -> None:
    pictures = folder / "content/specimen/pictures"
    about = pictures.parent / "booklet.yaml"
    about.write_text(about.read_text().replace("square.svg", "photograph.png"))
    for name in ("photograph.png", "unused.png"):
        Image.new("RGB", (900, 900), "navy").save(pictures / name)
    before = digest(folder)
    (pictures / "README.txt").write_text("About these pictures")
    Image.new("RGB", (900, 900), "white").save(pictures / "unused.png")
    assert digest(folder) == before
    booklet = plan(order(folder)).targets[0].booklet
    shown = pictures_asked_for(render(booklet, SIZES[0]), booklet.picture_folders)
    assert shown == (pictures / "photograph.png",)


WATCHED = ("content", "styles", "program", "fonts", "library", "system")


@pytest.fixture
def watched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Path]:
    """The folders that a run without change looks at, as small ones of our own."""
    folders = {name: tmp_path / name for name in WATCHED}
    for folder in folders.values():
        folder.mkdir()
        (folder / "file").write_text("old")
        (folder / ".lock").write_text("no input")
        old = 1_700_000_000
        os.utime(folder / "file", (old, old))
    monkeypatch.setattr(unchanged, "styles_folder", lambda: folders["styles"])
    monkeypatch.setattr(unchanged, "_PACKAGE", folders["program"])
    monkeypatch.setattr(unchanged, "font_folders", lambda: [folders["fonts"]])
    monkeypatch.setattr(unchanged, "library_folders", lambda: [folders["library"]])
    monkeypatch.setattr(unchanged, "system_libraries", lambda: [folders["system"] / "file"])
    monkeypatch.setattr(unchanged, "_TICK", 0)
    return folders


@pytest.mark.parametrize("name", WATCHED)
def test_a_change_that_keeps_size_and_time_is_noticed(watched: dict[str, Path], name: str) -> None:
    before, file = inputs(watched["content"], TODAY), watched[name] / "file"
    (watched[name] / ".lock").unlink()
    assert inputs(watched["content"], TODAY) == before
    times = file.stat()
    file.write_text("new")
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert inputs(watched["content"], TODAY) != before


def test_other_versions_of_packages_are_noticed(
    watched: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = inputs(watched["content"], TODAY)
    monkeypatch.setattr(surroundings, "installed", lambda: ("weasyprint-71.0.dist-info",))
    seen = {before, inputs(watched["content"], TODAY)}
    monkeypatch.setattr(surroundings, "system_versions", lambda: ("1.3", "1.52.1", "8.3.0"))
    seen.add(inputs(watched["content"], TODAY))
    assert len(seen) == 3


def test_a_file_that_may_change_within_the_tick_of_the_clock_is_not_relied_on(
    watched: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unchanged, "_TICK", 10**12)
    assert inputs(watched["content"], TODAY) is None


def test_what_came_of_an_order_is_known_by_order_and_inputs(built: Path) -> None:
    (record,) = (built / "output" / RECORDS / "orders").iterdir()
    key, told = record.stem, json.loads(record.read_text())
    found = unchanged.carried_out(built / "output", key, told["inputs"])
    assert found is not None
    assert [each.name for each in found.files] == [PDF, WEB, "specimen_en_v0-1_manifest.json"]
    assert unchanged.carried_out(built / "output", key, "another state") is None
    assert unchanged.carried_out(built / "output", "another order", told["inputs"]) is None


def _edit_in_place(path: Path) -> None:
    path.write_bytes(b"Old")


def _replace(path: Path) -> None:
    path.with_suffix(".new").write_bytes(b"Old")
    path.with_suffix(".new").replace(path)


def _replace_by_a_link(path: Path) -> None:
    other = path.with_suffix(".other")
    path.replace(other)
    path.symlink_to(other)


@pytest.mark.parametrize("change", [_edit_in_place, _replace, _replace_by_a_link, Path.unlink])
def test_an_output_that_is_changed_and_keeps_size_and_time_is_noticed(
    tmp_path: Path, change: Callable[[Path], None]
) -> None:
    path = tmp_path / "file.pdf"
    path.write_bytes(b"old")
    digest = sha256(b"old").hexdigest()
    assert (
        unchanged.known(tmp_path, path.name, "0" * 64, pages=1, is_sheets=False, advice=()) is None
    )
    known = unchanged.known(tmp_path, path.name, digest, pages=1, is_sheets=False, advice=("a",))
    assert known is not None
    done = unchanged.CarriedOut((known,), ("a remark",))
    unchanged.remember(tmp_path, "key", "state", done)
    assert unchanged.carried_out(tmp_path, "key", "state") == done
    times = path.stat()
    change(path)
    if path.exists():
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert unchanged.carried_out(tmp_path, "key", "state") is None


def test_a_link_in_the_place_of_an_output_gives_way_to_the_file(
    folder: Path, made: list[str]
) -> None:
    page = folder / "output" / WEB
    _replace_by_a_link(page)
    build(folder)
    assert made == [WEB]
    assert not page.is_symlink()


def test_what_was_said_of_other_files_is_said_again_while_the_same_lie_there(
    tmp_path: Path,
) -> None:
    (tmp_path / "older.pdf").touch()
    done = unchanged.CarriedOut(
        (), ("draft",), ("older.pdf is older",), unchanged.names_in(tmp_path)
    )
    unchanged.remember(tmp_path, "order", "state", done)
    assert unchanged.carried_out(tmp_path, "order", "state") == done
    (tmp_path / "older.pdf").unlink()
    assert unchanged.carried_out(tmp_path, "order", "state") is None
