"""The README's two commands are those that CI runs, and its links lead somewhere."""

import re
import subprocess

from tests.conftest import ROOT

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


def test_every_link_to_a_file_leads_to_one() -> None:
    for page in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8")):
            if not target.startswith(("http", "contact:", "lang:", "abbr ")):
                assert (page.parent / target).exists(), f"{page.name} links to {target}"
