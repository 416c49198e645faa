"""The README's commands are those CI runs; links lead somewhere; dependencies have reasons."""

import re
import subprocess
import sys
import tomllib
from itertools import chain
from pathlib import Path

import pytest
from typer.main import get_command

from booklet.commands.main import COMMAND, app
from tests.conftest import BOOKLETS, ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def command(name: str) -> str:
    match = re.search(rf"<!-- command: {name} -->\n```sh\n(.*?)\n```", README, re.S)
    assert match, f"README.md has no command `{name}`"
    return match[1]


def test_each_job_is_one_line_that_sets_up_and_runs() -> None:
    assert command("build") == "sh setup.sh && .venv/bin/python make_booklet.py"
    assert command("test") == "sh setup.sh tests && .venv/bin/python -m pytest"


def test_ci_runs_the_readmes_own_lines_word_for_word() -> None:
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")
    function = re.search(r"readme_command\(\) \{\n.*?\n\}", script, re.S)
    assert function
    for name in ("build", "test"):
        assert f'bash -euo pipefail -c "$(readme_command {name})"' in script
        printed = subprocess.run(
            ["bash", "-c", f"{function[0]}\nreadme_command {name}"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        assert printed.strip() == command(name)


def prose(page: Path) -> str:
    """A page without its code, which shows what others type."""
    text = page.read_text(encoding="utf-8")
    return re.sub(r"`[^`\n]+`", "`code`", re.sub(r"^ *```.*?^ *```", "", text, flags=re.M | re.S))


def anchors(page: Path) -> set[str]:
    """The names GitHub gives the headings of a page."""
    text = re.sub(r"^ *```.*?^ *```", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
    headings = re.findall(r"^#+ (.+)$", text, re.M)
    return {re.sub(r"[^\w -]", "", each.lower()).replace(" ", "-") for each in headings}


PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_to_a_file_or_a_heading_leads_to_one(page: Path) -> None:
    for target in re.findall(r"(?<!\\)\[[^\]]*\]\((?!http)([^)\s]+)\)", prose(page)):
        file, _, heading = target.partition("#")
        assert (page.parent / file).exists(), target
        assert not heading or heading in anchors(page.parent / file if file else page), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_says_to_type_behind_booklet_is_a_command_or_a_booklet(page: Path) -> None:
    known = {*get_command(app).commands, *BOOKLETS, "blood-tests"}  # type: ignore[attr-defined]
    text = page.read_text(encoding="utf-8")
    code = [
        *re.findall(r"`([^`\n]+)`", text),
        *re.findall(r"^```\w+\n(.*?)^```", text, re.M | re.S),
    ]
    typed = re.findall(r"^booklet ([a-z][a-z-]*[a-z])", "\n".join(code), re.M)
    assert {*typed} <= known
    bare = rf"`((?:{'|'.join(get_command(app).commands)}) [A-Za-z][^`\n]*)`"  # type: ignore[attr-defined]
    assert re.findall(bare, text) == []
    assert len(re.findall(r"make_booklet\.py", text)) <= (page.name in ("README.md", "commands.md"))


def test_the_command_is_where_the_pages_say_once_it_is_installed() -> None:
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert scripts["scripts"] == {COMMAND: "booklet.commands.start:main"}
    assert "`. .venv/bin/activate`" in README
    command = Path(sys.executable).with_name(COMMAND)
    done = subprocess.run([command, "--help"], capture_output=True, text=True, check=True)
    assert "Usage: booklet [OPTIONS] COMMAND" in done.stdout


def test_every_dependency_has_its_reason_and_cost_written_down() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    decisions = (ROOT / "docs/decisions.md").read_text(encoding="utf-8").lower()
    for each in (*project["dependencies"], *chain(*project["optional-dependencies"].values())):
        if each.startswith(project["name"]):
            continue
        name = re.match(r"[\w.-]+", each)
        assert name
        if name[0] == project["name"]:  # another extra of our own
            continue
        assert re.search(rf"(?<![\w-]){re.escape(name[0].lower())}(?![\w-])", decisions), each
