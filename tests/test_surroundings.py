"""What files are made with is found without importing it, wherever it lies."""

import importlib
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from booklet import surroundings
from booklet.origins import contents
from booklet.surroundings import FONTS, LIBRARIES, stray_libraries, system_versions
from booklet.tagging.library_versions import harfbuzz
from booklet.typeface import TYPEFACES
from booklet.versions import differences, made_with

MAKE_NO_FILE = {
    *("annotated-doc", "anyio", "click", "h11", "idna", "rich", "shellingham", "starlette"),
    *("typer", "uvicorn", "watchfiles", "pygments", "packaging", "pycparser", "fontpkg", "spylls"),
    *("annotated-types", "typing-extensions", "typing-inspection"),
    *("nhs-number", "py-uk-postcode", "python-calamine"),
    *("importlib-metadata", "lazy-importer", "zipp"),
}
"""Packages for commands, the preview, the word check, building others, annotations, and lists of
people with what those need."""


def test_every_package_that_makes_files_is_watched() -> None:
    ours = {"program", "zlib", "packages", "libraries of the system", "settings"}
    needed = {name for name in made_with() if name[0].islower()} - ours
    provided = packages_distributions()
    watched = {
        re.sub(r"[-_.]+", "-", each).lower()
        for name in (*LIBRARIES, *FONTS)
        for each in provided.get(name, ())
    }
    assert needed - MAKE_NO_FILE <= watched
    assert set(FONTS) == {each.package for each in TYPEFACES}


def test_a_package_on_the_path_of_modules_is_watched_and_one_that_is_installed_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert stray_libraries() == ()
    (tmp_path / "pydyf").mkdir()
    (tmp_path / "pydyf" / "__init__.py").touch()
    (tmp_path / "pyphen.py").touch()
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    for name in ("pydyf", "pyphen"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    assert stray_libraries() == (tmp_path / "pydyf", tmp_path / "pyphen.py")


def test_an_installed_package_that_is_edited_by_hand_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "site-packages/pydyf"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("level = 9")
    monkeypatch.setattr(sys, "path", [str(package.parent), *sys.path])
    monkeypatch.delitem(sys.modules, "pydyf", raising=False)
    before = [*surroundings.library_marks(["pydyf"])], contents(surroundings.library_folders())
    assert [path for path, _, _ in before[0]] == [str(package / "__init__.py")]
    (package / "__init__.py").write_text("level = 10")
    after = [*surroundings.library_marks(["pydyf"])], contents(surroundings.library_folders())
    assert before[0] != after[0]
    assert before[1] != after[1]


def test_machines_that_tell_the_libraries_other_settings_are_not_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    theirs = made_with()
    made_with.cache_clear()
    monkeypatch.setenv("HB_SHAPER_LIST", "fallback")
    try:
        (told,) = differences(theirs)
    finally:
        made_with.cache_clear()
    assert told == f"settings {theirs['settings']} there and HB_SHAPER_LIST=fallback here"


def test_libraries_that_a_package_brings_for_itself_do_not_count() -> None:
    before = surroundings.system_libraries()
    importlib.import_module("PIL._imagingft")
    maps = Path("/proc/self/maps")
    if maps.exists():
        assert "-packages/pillow.libs/libfreetype" in maps.read_text()
    assert surroundings.system_libraries() == before


def test_the_systems_libraries_are_those_that_weasyprint_sets_type_with(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _, pango, shaper = system_versions()
    major, minor, micro = map(int, pango.split("."))
    assert f"{major * 10000 + minor * 100 + micro}" == made_with()["Pango"]
    assert shaper == harfbuzz()
    if sys.platform == "linux":
        names = " ".join(each.name for each in surroundings.system_libraries())
        assert all(each in names for each in ("libpango-1.0", "libharfbuzz.so", "libfreetype"))
    monkeypatch.setenv("HB_SHAPER_LIST", "fallback")
    assert system_versions()[-1] == "HB_SHAPER_LIST=fallback"
