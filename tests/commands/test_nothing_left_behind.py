"""The temporary folder is after every command as it was before."""

import shutil
import tempfile
from datetime import date
from pathlib import Path

import pytest

from tests.attach.letters import booklet, by_typst
from tests.commands.program import run
from tests.conftest import ROOT

LEAD = ("--by", "Dr A. Example", "--role", "Consultant, invented")
ONE = ("--audience", "patient", "--size", "standard")
TODAY = date.today()
MAIL = ("--letter", "appointment", "--clinic", "example", "--booklet", "leaflet")
MAIL += ("--carrier", "desk-c4", "--workers", "1")
LIST = (
    "Name,Address 1,Town,Postcode,Reference,Day,Time,Interpreter\n"
    "Mrs A. Example,1 Example Street,Exampletown,ZE99 9ZZ,R1,1 March 2027,10am,no\n"
)
COMMANDS: tuple[tuple[str, ...], ...] = (
    ("review", "leaflet", "--by", "Dr A. Example"),
    ("approve", "leaflet", *LEAD),
    ("history", "leaflet"),
    ("booklets",),
    ("build", "leaflet", *ONE, "--sheets"),
    ("check", "leaflet"),
    ("check", "about-tests.pdf"),
    ("check", "--as-fax", "about-tests.pdf"),
    ("read", "about-tests.pdf"),
    ("paper", "ticket", "about-tests.pdf"),
    ("paper", "test-sheet"),
    ("release", "leaflet", *ONE),
    ("mail", "list.csv", *MAIL),
    ("mail", "list.csv", *MAIL, "--again", "--as", "files"),
    ("mail", "runs"),
    ("mail", "shred", f"{TODAY}-1"),
    ("attach", "letter.pdf", "leaflet", "-o", "both.pdf", "--slip-page"),
    ("identify", "both.pdf"),
    ("withdraw", "leaflet", *LEAD, "--why", "A number in it is wrong"),
    ("new", "blood-tests"),
    ("schema",),
    ("translations", "leaflet"),
    ("build", "no-such-booklet"),
    ("read", "content/house.yaml"),
)  # fmt: skip
"""Each command, and two that fail, in an order in which one has what it needs of those before."""


@pytest.mark.slow
@pytest.mark.usefixtures("children_begin_anew")
def test_no_command_leaves_anything_in_the_temporary_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, aside = tmp_path / "work", tmp_path / "aside"
    aside.mkdir()
    shutil.copytree(ROOT / "tests/words/content", folder / "content")
    for each in ("clinics", "letters"):
        shutil.copytree(ROOT / "content" / each, folder / "content" / each)
    (folder / "list.csv").write_text(LIST)
    (folder / "about-tests.pdf").write_bytes(booklet())
    (folder / "letter.pdf").write_bytes(by_typst())
    monkeypatch.setenv("TMPDIR", str(aside))  # for the processes that commands start
    monkeypatch.setattr(tempfile, "tempdir", str(aside))
    left = {}
    for command in COMMANDS:
        done = run(*command, cwd=folder)
        assert done.returncode in (0, 1, 2), done.stderr
        left[" ".join(command)] = [each.name for each in aside.iterdir()]
    assert {command: names for command, names in left.items() if names} == {}
    assert (folder / "both.pdf").exists()
