"""The lock files hold what pyproject.toml asks for, each with its hashes and no address."""

import re
import sys
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from booklet.tagging.weasyprint_patches import PATCHES
from requirements.installed import missing
from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ASKED = {
    "build": PROJECT["dependencies"],
    "tests": [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["test"]],
}


def lock(name: str) -> str:
    return (ROOT / f"requirements/{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ASKED)
def test_what_the_project_asks_for_is_locked_in_a_version_it_takes(name: str) -> None:
    locked: dict[str, set[Version]] = {}
    for package, version in re.findall(r"^([\w.-]+)(?:\[.*\])?==(\S+)", lock(name), re.MULTILINE):
        locked.setdefault(canonicalize_name(package), set()).add(Version(version))
    for asked in map(Requirement, ASKED[name]):
        if asked.name != PROJECT["name"]:
            versions = locked.get(canonicalize_name(asked.name), set())
            assert versions, f"{asked.name} is not locked: sh requirements/renew.sh"
            assert all(each in asked.specifier for each in versions), asked


PYTHON_ITSELF = sys.stdlib_module_names
REACHED_INTO = {
    *({name.partition(".")[0] for patch in PATCHES for name in patch.touches} - PYTHON_ITSELF),
    "pypdf",  # `booklet.pdf.lazy_reader` replaces a method without a public name
    "uvicorn",  # `booklet.preview.connections` goes on from its protocol
    "typer",  # `booklet.commands.help` sets how parameters are shown and read
}


def test_what_the_program_reaches_into_has_one_version_and_all_else_an_end() -> None:
    asked = {each.name: each.specifier for each in map(Requirement, PROJECT["dependencies"])}
    pinned = {name for name, versions in asked.items() if "==" in str(versions)}
    assert pinned >= REACHED_INTO
    assert [name for name in asked.keys() - pinned if "<" not in str(asked[name])] == []


@pytest.mark.parametrize("name", ASKED)
def test_every_locked_version_has_hashes_and_no_address(name: str) -> None:
    parts = re.split(r"^(?=[a-zA-Z])", lock(name), flags=re.MULTILINE)[1:]
    assert parts
    assert [part for part in parts if "--hash=sha256:" not in part] == []
    assert "://" not in lock(name)


def test_a_package_that_is_missing_or_another_version_is_named() -> None:
    here = lock("build")
    assert missing(here) == []
    other = re.sub(r"^segno==\S+", "segno==0.1", here, flags=re.MULTILINE)
    assert missing(f"no-such-package==1.0 \\\n{other}") == ["no-such-package==1.0", "segno==0.1"]
