"""The files of a content folder: what is not there, not ours, or named wrongly, is told."""

import os
import re
from pathlib import Path

import pytest

from booklet.content.load import load_with_files
from booklet.content.names import booklet_names
from booklet.problems import FaultsFound
from tests.conftest import ROOT


def faults_of(content: Path, name: str = "specimen", clinic: str | None = None) -> list[str]:
    with pytest.raises(FaultsFound) as raised:
        load_with_files(content, name, clinic)
    return [str(problem).replace(f"{content}/", "") for problem in raised.value.problems]


def sign(content: Path, reviewer: str) -> None:
    path = content / "specimen" / "review.yaml"
    path.write_text(f'written_by: "{reviewer}"\n', encoding="utf-8")


def test_a_shared_file_that_is_not_there_is_asked_for_with_what_it_holds(content: Path) -> None:
    for name in ("house.yaml", "glossary.yaml"):
        (content / name).unlink()
    assert faults_of(content) == [
        "glossary.yaml: error: this file is needed and is not there; it holds `terms:`, each "
        "with `term` and `meaning`; for none, `terms: []`",
        "house.yaml: error: this file is needed and is not there; it holds `contacts:`, each "
        "with `name`, `offers` and `checked`",
    ]


def test_a_file_that_is_a_link_out_of_the_content_is_refused(content: Path) -> None:
    section = content / "specimen" / "01-first.yaml"
    section.rename(content.parent / "elsewhere.yaml")
    section.symlink_to(content.parent / "elsewhere.yaml")
    assert faults_of(content) == [
        "specimen/01-first.yaml: error: this file leads out of the content folder; put a copy "
        "of it here"
    ]


def test_a_booklets_folder_is_named_so_that_its_files_can_be(content: Path) -> None:
    (content / "specimen").rename(content / "My Booklet")
    assert faults_of(content, "My Booklet") == [
        "My Booklet: error: a booklet's folder is named in small letters, digits and hyphens; "
        "rename it"
    ]


def test_a_content_folder_that_is_itself_a_link_is_read(content: Path) -> None:
    link = content.parent / "link"
    link.symlink_to(content)
    assert set(load_with_files(link, "specimen")[0]) == {"patient", "family"}


def test_a_file_in_another_encoding_is_told_with_its_line_and_column(content: Path) -> None:
    section = content / "specimen" / "01-first.yaml"
    section.write_bytes(
        "title: A\nblocks:\n  - kind: paragraph\n    text: Café\n".encode("latin-1")
    )
    assert faults_of(content) == [
        "specimen/01-first.yaml:4:14: error: this file is not UTF-8 text; save it again as UTF-8 "
        "(VS Code: “Save with Encoding”; Notepad: “Save as”)"
    ]


def test_the_manual_shows_the_example_clinic_as_it_is() -> None:
    manual = (ROOT / "docs" / "content.md").read_text(encoding="utf-8")
    shown = re.search(r"## Clinics\n.*?```yaml\n(.*?)```", manual, re.S)
    profile = (ROOT / "content" / "clinics" / "example.yaml").read_text(encoding="utf-8")
    assert shown
    assert profile.split("\n", 1)[1] == shown[1]


@pytest.mark.parametrize(
    "phone",
    ["+44 20 7946 0002", "111", "116 123", "02079460002", "18001 020 7946 0002", "+353 1 234 5678"],
)
def test_a_telephone_number_may_be_short_or_international(phone: str, content: Path) -> None:
    profile = content / "clinics" / "example.yaml"
    profile.write_text(profile.read_text().replace("020 7946 0002", f'"{phone}"'))
    clinic = load_with_files(content, "specimen", "example")[0]["patient"].clinic
    assert clinic
    assert clinic.helpline
    assert clinic.helpline.call.href == "tel:" + phone.replace(" ", "")


def test_a_clinics_name_can_stand_in_the_name_of_a_file(content: Path) -> None:
    (content / "clinics" / "example.yaml").rename(content / "clinics" / "Our Clinic.yaml")
    assert faults_of(content, clinic="Our Clinic") == [
        "clinics/Our Clinic.yaml: error: a clinic's profile is named in small letters, digits and "
        "hyphens; rename it"
    ]


@pytest.mark.parametrize(
    "phone",
    [
        "000 0000",
        "11",
        "020  7946",
        "020-7946",
        "1234567890123456",
        "020 7946 000",
        "020 7946 00022",
        "12345",
        "+44 7946 0002",
    ],
)
def test_what_cannot_be_dialled_is_no_telephone_number(phone: str, content: Path) -> None:
    profile = content / "clinics" / "example.yaml"
    profile.write_text(profile.read_text().replace("020 7946 0002", f'"{phone}"'))
    assert "telephone number; " in faults_of(content, clinic="example")[0]


@pytest.mark.parametrize(
    "name", ["TBC", "tba", "TBC by the trust", "not yet", "Not yet reviewed", "none", "-", "?", "…"]
)
def test_nobody_cannot_write_or_approve_a_booklet(name: str, content: Path) -> None:
    sign(content, name)
    assert "is nobody's name" in faults_of(content)[0]


@pytest.mark.parametrize("name", ["A Nonesuch", "Tbilisi Hospital", "Dr N. A. Body", "Naomi Toll"])
def test_a_name_that_only_begins_like_nobody_is_a_name(name: str, content: Path) -> None:
    sign(content, name)
    assert load_with_files(content, "specimen")[0]["patient"].review.written_by == name


def test_the_manuals_example_of_a_section_is_read_to_its_last_line(content: Path) -> None:
    manual = (ROOT / "docs" / "content.md").read_text(encoding="utf-8")
    example = re.search(r"## A section\n.*?```yaml\n(.*?)```", manual, re.S)
    assert example
    section = example[1].replace("bcuk-relapse", "example").replace("[]", "[{kind: notes}]")
    (content / "specimen" / "02-manual.yaml").write_text(section, encoding="utf-8")
    manuals = load_with_files(content, "specimen")[0]["patient"].sections[-1].section
    assert manuals.title.plain == "How treatment is chosen"
    assert manuals.sources == ("example",)


def test_a_booklet_without_a_section_asks_for_one(content: Path) -> None:
    (content / "specimen" / "01-first.yaml").unlink()
    assert faults_of(content) == [
        "specimen: error: this booklet has no section; add `01-about.yaml` with a title"
    ]


def test_a_section_that_is_a_link_to_itself_is_a_fault_of_that_file(content: Path) -> None:
    link = content / "specimen" / "07-round.yaml"
    link.symlink_to(link)
    with pytest.raises(FaultsFound, match=r"07-round.yaml: error: this link leads to no file"):
        load_with_files(content, "specimen")


def test_a_pipe_in_place_of_a_file_is_told_and_not_waited_for(content: Path) -> None:
    os.mkfifo(content / "specimen/02-more.yaml")
    (content / "glossary.yaml").unlink()
    os.mkfifo(content / "glossary.yaml")
    told = "this file cannot be read: it is a pipe or a device, and no file"
    assert faults_of(content) == [
        f"glossary.yaml: error: {told}",
        f"specimen/02-more.yaml: error: {told}",
    ]


def test_the_folder_of_a_clinics_logo_may_not_be_a_link_out_of_the_content(content: Path) -> None:
    elsewhere = content.parent / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    (content / "clinics/example").symlink_to(elsewhere)
    assert faults_of(content, clinic="example") == [
        "clinics/example/logo.svg: error: this picture leads out of the folder `clinics`; put a "
        "copy of it here"
    ]


@pytest.mark.parametrize("version", ["\u0661.\u0662", "1.\u00b2", f"1.{5000 * '9'}"])
def test_a_version_is_written_in_a_few_plain_digits(content: Path, version: str) -> None:
    about = content / "specimen/booklet.yaml"
    about.write_text(re.sub("(?m)^version:.*", f'version: "{version}"', about.read_text()))
    assert "a version is two numbers with a point" in faults_of(content)[0]


def test_what_begins_with_a_dot_is_no_content(content: Path) -> None:
    """So nobody is told of what macOS leaves behind, and no build needs to watch it."""
    (content / ".draft").mkdir()
    for name in ("booklet.yaml", "01-first.yaml"):
        (content / ".draft" / name).write_text("nothing")
    pictures = content / "specimen" / "pictures"
    (pictures / "._square.svg").write_bytes(b"\0")
    assert booklet_names(content) == ("specimen",)
    assert set(load_with_files(content, "specimen")[0]) == {"patient", "family"}
    (pictures / "square.svg").rename(pictures / ".square.svg")
    about = content / "specimen" / "booklet.yaml"
    about.write_text(about.read_text().replace("square.svg", ".square.svg"))
    assert any("there is no picture `.square.svg`" in each for each in faults_of(content))
