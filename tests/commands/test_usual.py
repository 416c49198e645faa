"""What stands in `usual.yaml` is what commands go by; what is typed comes before it."""

import shutil
from pathlib import Path

import pytest
import typer

from booklet.approval import SignOff, approve
from booklet.commands import build as build_command
from booklet.commands.options import MOST_OPENED, open_files
from booklet.provenance.overview import overview
from tests.commands.program import run
from tests.conftest import ROOT, TODAY
from tests.provenance.test_identify import OnTheDay


@pytest.fixture
def usual(content: Path) -> Path:
    file = content / "usual.yaml"
    file.write_text("clinic: example\nsize: giant\naudience: patient\nsheets: true\noutput: made\n")
    return file


def test_a_build_tells_which_options_come_from_the_file_and_which_were_typed(usual: Path) -> None:
    typed = ("--size", "large", "--no-sheets", "--clinic", "nowhere")
    done = run(*typed, "--verbose", cwd=usual.parents[1])
    assert done.stdout.splitlines() == [
        "--audience patient: from content/usual.yaml",
        "--size large: as typed",
        "--clinic nowhere: as typed",
        "--sheets no: as typed",
        "--output made: from content/usual.yaml",
        "--content content: by default",
    ]
    brief = run(*typed, cwd=usual.parents[1])
    assert brief.stdout == "From content/usual.yaml: --audience patient, --output made\n"
    assert "there is no clinic `nowhere`" in brief.stderr
    assert run(*typed, "--quiet", cwd=usual.parents[1]).stdout == ""


def test_no_clinic_can_be_typed_where_one_is_usual(usual: Path) -> None:
    usual.write_text("clinic: example\n")
    (usual.parent / "clinics/example.yaml").write_text("name: [broken\n")
    assert "clinics/example.yaml" in run("check", "specimen", cwd=usual.parents[1]).stderr
    done = run("check", "specimen", "--clinic", "", cwd=usual.parents[1])
    assert "clinics/example.yaml" not in done.stderr


def test_all_faults_of_the_file_are_told_with_their_places(usual: Path) -> None:
    usual.write_text("clinic: exampel\nsise: large\naudience: doctor\nsize: [huge]\n")
    done = run("preview", cwd=usual.parents[1])
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "content/usual.yaml:1:9: error: there is no clinic `exampel`; did you mean `example`?",
        "content/usual.yaml:2:1: error: `sise` is not known here; did you mean `size`?",
        "content/usual.yaml:3:11: error: `doctor` cannot stand here; write 'patient' or 'family'",
        "content/usual.yaml:4:8: error: there is no such size; write standard, large, giant, or a "
        "whole number of points from 12 to 36",
        "4 faults; nothing was changed.",
    ]
    usual.write_text("# Nothing is usual yet.\n")
    assert run("booklets", cwd=usual.parents[1]).returncode == 0


def test_what_is_released_lies_apart_from_drafts_is_told_and_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content, opened = tmp_path / "content", list[str]()
    shutil.copytree(ROOT / "tests/words/content", content)
    approve(content, "leaflet", SignOff("Dr A. Example", TODAY, TODAY, "Consultant, invented"))
    (content / "usual.yaml").write_text("size: standard\noutput: made\n")
    monkeypatch.setattr(build_command, "date", OnTheDay)
    monkeypatch.setattr(typer, "launch", lambda path: opened.append(path) or 0)
    order = ("release", "leaflet", "--audience", "family", "--quiet", "--open")
    done = run(*order, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    # Even where nothing is to be said, nothing is given out by an option nobody was told of.
    said = "From content/usual.yaml: --size standard, --output made/released\n"
    assert (done.stdout, done.stderr) == ("", said)
    assert [path.name for path in (tmp_path / "made").iterdir()] == ["released"]
    assert opened == ["made/released/leaflet_family_en_standard_v0-1.pdf"]
    (row,) = overview(content, tmp_path / "made", TODAY)
    assert row.line().endswith("; 2 files built, 2 of them released")
    draft = run("release", "leaflet", "--draft", "--clinic", "x", "--verbose", cwd=tmp_path)
    assert "--output made: from content/usual.yaml" in draft.stdout


def test_of_many_files_the_folder_is_opened_and_a_missing_viewer_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(typer, "launch", lambda path: opened.append(path) or 1)
    open_files([Path(f"{number}.pdf") for number in range(MOST_OPENED + 1)], Path("output"))
    assert opened == ["output"]
    assert capsys.readouterr().err == "output: no program was found to open it with\n"
