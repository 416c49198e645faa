"""What Tab offers, asked as a shell asks it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.program import run
from tests.commands.test_lean_start import FOR_WORK
from tests.conftest import ROOT

# The command as pip installs it; what it imported goes to the standard error.
_COMMAND = """
import atexit, sys
atexit.register(lambda: print(*sys.modules, file=sys.__stderr__))
sys.argv = ["booklet"]
from booklet.commands.start import main
main()
"""


def tab(content: Path, *words: str) -> tuple[list[str], set[str]]:
    """What is offered for the last word, and the modules that were imported for it."""
    done = subprocess.run(
        [sys.executable, "-c", _COMMAND],
        cwd=content.parent,
        capture_output=True,
        text=True,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "_BOOKLET_COMPLETE": "complete_bash",
            "COMP_WORDS": " ".join(("booklet", *words)),
            "COMP_CWORD": str(len(words)),
        },
        check=True,
    )
    return done.stdout.split(), set(done.stderr.split())


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (("check", ""), ["specimen", "specimen.cy"]),
        (("--clinic", ""), ["example"]),
        (("build", "specimen", "--audience", ""), ["patient", "family"]),
        (("--size", "l"), ["large"]),
        (("translations", "specimen", ""), ["cy"]),
        (("history", "--content", "nowhere", ""), []),
    ],
    ids=lambda words: " ".join(words),
)
def test_tab_offers_names_at_once_without_what_does_work(
    words: tuple[str, ...], offered: list[str], content: Path
) -> None:
    (content / "specimen.cy").mkdir()
    (content / "specimen.cy/booklet.yaml").touch()
    found, imported = tab(content, *words)
    assert found == offered
    assert "booklet.commands.main" in imported
    assert imported & {*FOR_WORK, "pydantic"} == set()


def test_tab_behind_the_program_offers_commands_booklets_and_the_options_of_a_build(
    content: Path,
) -> None:
    found, _ = tab(content, "")
    assert {"new", "release", "paper", "specimen"} <= {*found}
    assert tab(content, "--aud")[0] == ["--audience"]


def test_the_script_for_a_shell_is_for_the_command_however_the_program_was_started(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("typer.completion._get_shell_name", lambda: "bash")
    script = run("--show-completion").stdout
    assert "_BOOKLET_COMPLETE=complete_bash" in script
    assert script.rstrip().endswith(" booklet")
