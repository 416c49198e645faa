"""What the program imports before it has work to do: a question about it is answered at once."""

import json
import subprocess
import sys

import pytest

from tests.conftest import ROOT

FOR_PDFS = {"pypdf", "pikepdf", "PIL", "pypdfium2", "weasyprint"}
FOR_WORK = {
    *FOR_PDFS,
    "yaml",
    "jinja2",
    "babel",
    "fontTools",
    "booklet.content.folder",
    "booklet.check",
}

# The program in a process of its own, which says at its end what it has imported.
_WATCHED = """
import atexit, json, runpy, sys
atexit.register(lambda: print(json.dumps(sorted(sys.modules)), file=sys.__stderr__))
sys.argv = ["make_booklet.py", *sys.argv[1:]]
runpy.run_path("make_booklet.py", run_name="__main__")
"""


def imported_by(*arguments: str) -> set[str]:
    """The modules that a run of the program has imported when it ends."""
    done = subprocess.run(
        [sys.executable, "-c", _WATCHED, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return set(json.loads(done.stderr.splitlines()[-1]))


@pytest.mark.parametrize("arguments", [("--version",), ("--help",), ("help",), ("biuld",)])
def test_the_version_the_help_and_a_wrong_command_need_nothing_that_does_work(
    arguments: tuple[str, ...],
) -> None:
    found = imported_by(*arguments)
    assert "booklet.commands.main" in found
    assert found & {*FOR_WORK, "pydantic"} == set()


@pytest.mark.parametrize(
    "arguments",
    [
        ("--nonsense",),
        ("build", "--size", "huge"),
        ("release",),
        ("check", "--help"),
        ("history",),
        ("identify", "--nonsense"),
        ("attach", "--help"),
        ("preview", "--port", "0"),
        ("paper", "--help"),
        ("paper", "sheets", "--scheme", "poster"),
    ],
    ids=" ".join,
)
def test_a_commands_help_and_wrong_options_are_answered_before_its_work_is_imported(
    arguments: tuple[str, ...],
) -> None:
    found = imported_by(*arguments)
    assert "booklet.commands.main" in found
    assert found & FOR_WORK == set()  # pydantic is Typer's own means to read a command's options


@pytest.mark.parametrize(
    "arguments",
    [("history", "aml-relapse"), ("translations", "specimen", "--content", "tests/languages")],
    ids=" ".join,
)
def test_commands_about_words_open_no_pdf(arguments: tuple[str, ...]) -> None:
    found = imported_by(*arguments)
    assert "booklet.content.folder" in found
    assert found & FOR_PDFS == set()
