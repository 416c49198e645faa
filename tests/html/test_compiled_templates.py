"""The code of templates is kept beside that of modules, and is never that of other words."""

import sys
from importlib.util import cache_from_source
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment, nodes
from jinja2.bccache import bc_magic

from booklet.content.language import ENGLISH
from booklet.html import compiled_templates
from booklet.html.compiled_templates import CompiledTemplates
from booklet.html.render import environment


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where Python keeps compiled code, in a folder of the test."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    kept = Path(cache_from_source(compiled_templates.__file__)).parent
    kept.mkdir(parents=True)
    return kept


def printed(words: str) -> str:
    """What a template of these words prints in a process that begins anew."""
    loader = DictLoader({"page": words})
    return (
        Environment(loader=loader, bytecode_cache=CompiledTemplates()).get_template("page").render()
    )


def test_code_is_kept_and_used_until_the_words_of_the_template_change(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert printed("{{ 1 + 1 }} cards") == "2 cards"
    assert [each.suffix for each in folder.iterdir()] == [".pyc"]  # no part of what is built
    with monkeypatch.context() as patched:
        patched.delattr(Environment, "compile")
        assert printed("{{ 1 + 1 }} cards") == "2 cards"
    assert printed("{{ 1 + 2 }} cards") == "3 cards"
    monkeypatch.setattr(compiled_templates, "version", lambda name: "another")
    monkeypatch.delattr(Environment, "compile")
    with pytest.raises(AttributeError, match="compile"):
        printed("{{ 1 + 2 }} cards")


@pytest.mark.parametrize("left", [0, len(bc_magic), -20])
def test_kept_code_that_is_damaged_is_made_anew(folder: Path, left: int) -> None:
    printed("one")
    [file] = folder.iterdir()
    file.write_bytes(file.read_bytes()[:left] + bytes(100))
    assert printed("one") == "one"


def test_without_a_folder_that_can_be_written_nothing_is_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.rmdir()
    assert printed("one") == "one"
    folder.mkdir()
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert printed("one") == "one"
    assert [*folder.iterdir()] == []


def test_no_template_has_a_constant_whose_code_a_filter_of_ours_would_decide() -> None:
    made = environment(ENGLISH)
    assert made.loader is not None
    for name in made.loader.list_templates():
        source, _, _ = made.loader.get_source(made, name)
        for used in made.parse(source).find_all((nodes.Filter, nodes.Test)):
            with pytest.raises(nodes.Impossible):
                used.as_const()
