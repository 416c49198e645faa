"""The command lines about paper in the README and in docs/paper.md do what they say."""

import re
import shlex

import pytest
from typer.testing import CliRunner

from booklet.commands.main import app
from tests.conftest import ROOT
from tests.print.pdfs import A4, A5, leaflet

LINES = sorted(
    {
        line
        for page in ("README.md", "docs/paper.md")
        for line in re.findall(
            r"`booklet (paper [^`]+)`",
            (ROOT / page).read_text(encoding="utf-8"),
        )
    }
)


def test_there_are_lines_for_each_command_and_each_scheme() -> None:
    said = " ".join(LINES)
    for words in ("paper sheets", "paper ticket", "paper test-sheet", "--one-sided-printer"):
        assert words in said
    for scheme in ("booklet-a3", "flat", "one-side", "print-shop"):
        assert f"--scheme {scheme}" in said


@pytest.mark.parametrize("size", [A5, A4], ids=["A5", "A4"])
@pytest.mark.parametrize("line", LINES)
def test_a_line_of_the_docs_makes_its_file(line, size, tmp_path, monkeypatch) -> None:
    (tmp_path / "output").mkdir()
    (tmp_path / "output" / "FILE.pdf").write_bytes(leaflet(8, size))
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, shlex.split(line))
    assert done.exit_code == 0, done.output
    made = [path.name for path in tmp_path.rglob("*.pdf") if path.name != "FILE.pdf"]
    assert len(made) == (2 if "one-sided-printer" in line else 1)
    assert all(name in done.output for name in made)
