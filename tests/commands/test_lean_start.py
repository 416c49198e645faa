"""What the program imports before it has work to do: a question about it is answered at once."""

import json
import subprocess
import sys

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

# The program in a process, once for each of its commands: what it had imported when each ended.
_WATCHED = """
import json, runpy, sys
imported = []
for words in json.loads(sys.argv[1]):
    sys.argv = ["make_booklet.py", *words]
    try:
        runpy.run_path("make_booklet.py", run_name="__main__")
    except SystemExit:
        imported.append(sorted(sys.modules))
print(json.dumps(imported), file=sys.__stderr__)
"""


def imported_by(*commands: str) -> dict[str, set[str]]:
    """The modules that one process has imported when each of these commands ends, in their order.

    They are those of the commands before it, too: the first that has one too many is to blame.
    """
    done = subprocess.run(
        [sys.executable, "-c", _WATCHED, json.dumps([each.split() for each in commands])],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    imported = json.loads(done.stderr.splitlines()[-1])
    return {each: {*found} for each, found in zip(commands, imported, strict=True)}


def test_the_version_the_help_and_a_wrong_command_need_nothing_that_does_work() -> None:
    for command, found in imported_by("--version", "--help", "help", "biuld").items():
        assert "booklet.commands.main" in found
        assert found & {*FOR_WORK, "pydantic"} == set(), command


def test_a_commands_help_and_wrong_options_are_answered_before_its_work_is_imported() -> None:
    asked = imported_by(
        "--nonsense",
        "build --size huge",
        "release",
        "check --help",
        "history",
        "identify --nonsense",
        "attach --help",
        "preview --port 0",
        "paper --help",
        "paper sheets --scheme poster",
    )
    for command, found in asked.items():
        assert "booklet.commands.main" in found
        # pydantic is Typer's own means to read a command's options
        assert found & FOR_WORK == set(), command


def test_commands_about_words_open_no_pdf() -> None:
    asked = imported_by("history aml-relapse", "translations specimen --content tests/languages")
    for command, found in asked.items():
        assert "booklet.content.folder" in found
        assert found & FOR_PDFS == set(), command
