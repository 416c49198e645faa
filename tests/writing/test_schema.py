"""The schema that editors read: never stale, named in every file, right about good and bad."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path, PurePath
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator, ValidationError
from jsonschema.exceptions import best_match

from booklet.content.blocks import KINDS
from booklet.content.load import load_with_files
from booklet.problems import FaultsFound
from booklet.writing.schema import MODELS, head, kind_of, schemas
from tests.conftest import ROOT
from tests.writing.editor_yaml import read_as_editors_do, read_file

CONTENT = ROOT / "content"
TESTS = ROOT / "tests"
REFUSED = yaml.safe_load((TESTS / "schema.yaml").read_text(encoding="utf-8"))["refused"]
WRITTEN = [
    (path, path.relative_to(folder))
    for folder in (CONTENT, TESTS / "specimen", TESTS / "words/content")
    for path in sorted(folder.rglob("*.yaml"))
]


@cache
def validator(kind: str) -> Draft7Validator:
    schema = json.loads(schemas()[f"schema/{kind}.json"])
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema)


def faults_of(values: Any, kind: str) -> list[ValidationError]:
    return list(validator(kind).iter_errors(values))


def test_the_committed_schema_is_the_one_the_models_give() -> None:
    committed = {
        f"schema/{path.name}": path.read_bytes() for path in (CONTENT / "schema").iterdir()
    }
    assert committed == schemas(), "stale; run: booklet schema"


def test_every_content_file_names_its_schema_in_its_first_line() -> None:
    for path in sorted(CONTENT.rglob("*.yaml")):
        first = path.read_text(encoding="utf-8").split("\n", 1)[0]
        wanted = head(path.relative_to(CONTENT))
        assert first == wanted, f"{path.relative_to(ROOT)}: write in line 1: {wanted}"
        assert (path.parent / wanted.partition("$schema=")[2]).is_file()


@pytest.mark.parametrize(("path", "name"), WRITTEN, ids=lambda each: str(each)[-40:])
def test_no_red_line_stands_under_content_that_builds(path: Path, name: PurePath) -> None:
    assert faults_of(read_file(path), kind_of(name)) == []


@pytest.mark.parametrize("kind", KINDS)
def test_no_red_line_stands_under_the_example_of_a_block(kind: str) -> None:
    example = read_file(TESTS / f"components/{kind}.yaml")["block"]
    assert faults_of({"title": "A", "blocks": [example]}, "section") == []


def test_values_that_editors_take_for_numbers_and_dates_are_text(content: Path) -> None:
    about = content / "specimen/booklet.yaml"
    about.write_text(about.read_text().replace('"0.1"', "0.1").replace("May 2026", "2026"))
    house = content / "house.yaml"
    house.write_text(house.read_text() + "  111:\n    name: 111\n    offers: no\n    phone: 111\n")
    house.write_text(house.read_text() + "    checked: 2026-11-22\n    website:\n")
    section = content / "specimen/01-first.yaml"
    section.write_text(
        "title: true\nalone: false\nblocks:\n"
        "  - {kind: list, intro: , items: [1, 0.5, 2026-11-22, {patient: 7, family: 8}]}\n"
        "  - {kind: callout, tone: soon, title: 1, body: 3, items: [0808 2080 888]}\n"
    )
    load_with_files(content, "specimen")
    for path in (about, house, section):
        assert faults_of(read_file(path), kind_of(path.relative_to(content))) == []


@pytest.mark.parametrize("name", REFUSED)
def test_what_an_editor_marks_the_program_refuses_as_well(name: str, content: Path) -> None:
    case = REFUSED[name]
    file = PurePath(case["file"])
    text = yaml.safe_dump(case["text"], allow_unicode=True)
    found = faults_of(read_as_editors_do(text), kind_of(file))
    assert found, "the schema takes it"
    nearest = best_match(found)
    assert list(nearest.absolute_path) == case["at"]
    assert case["says"] in nearest.message
    (content / file).write_text(text, encoding="utf-8")
    with pytest.raises(FaultsFound):
        load_with_files(content, "specimen", "example")


def test_an_editor_gets_one_message_for_a_misspelt_key_not_one_for_each_kind() -> None:
    block = {"kind": "figure", "picture": "a.svg", "alternative": "A"}
    (only,) = faults_of({"title": "A", "blocks": [block]}, "section")
    assert "alternative" in only.message


@pytest.mark.parametrize("kind", MODELS)
def test_every_key_says_what_it_is_for(kind: str) -> None:
    schema = json.loads(schemas()[f"schema/{kind}.json"])
    for part in (schema, *schema["$defs"].values()):
        assert part["description"].endswith(".")
        for key, value in part["properties"].items():
            words = value.get("description", "")
            assert len(words.split()) >= 2, f"{kind}: `{key}` has no description"
            assert words.endswith("."), f"{kind}: {key}: {words}"


def _names(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        yield from (schema["$ref"],) if "$ref" in schema else ()
        schema = list(schema.values())
    for each in schema if isinstance(schema, list) else ():
        yield from _names(each)


@pytest.mark.parametrize("kind", MODELS)
def test_every_reference_leads_to_a_definition_of_the_same_file(kind: str) -> None:
    schema = json.loads(schemas()[f"schema/{kind}.json"])
    known = {f"#/$defs/{name}" for name in schema["$defs"]}
    assert set(_names(schema)) <= known
