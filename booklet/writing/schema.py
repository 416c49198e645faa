"""The JSON Schema of each kind of content file, for editors that check while one types."""

import ast
import inspect
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import PurePath
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from booklet.check.words.lists import AVOID_FILE, SPELLING_FILE, AvoidFile, SpellingFile
from booklet.content.blocks import KINDS
from booklet.content.fields import PAIR, TYPED
from booklet.content.model import KINDS_OF_FILE, kind_of_file
from booklet.content.names import USUAL_FILE
from booklet.content.usual import UsualFile
from booklet.files import json_file

FOLDER = "schema"
EMPTY = {"not": {"type": ["object", "array", "string", "number", "boolean"]}}
"""A key with nothing behind it, said as what it is not, so that no editor offers `null`."""
DRAFT = "http://json-schema.org/draft-07/schema#"
MODELS: dict[str, type[BaseModel]] = {
    **KINDS_OF_FILE,
    PurePath(USUAL_FILE).stem: UsualFile,
    PurePath(AVOID_FILE).stem: AvoidFile,
    PurePath(SPELLING_FILE).stem: SpellingFile,
}
"""A booklet is not made from the last three: they are about the program's own work."""


def schemas() -> dict[str, bytes]:
    """Every schema under its path in a content folder."""
    return {f"{FOLDER}/{kind}.json": _schema(kind) for kind in MODELS}


def head(file: PurePath) -> str:
    """The first line of a content file, which tells an editor its schema.

    >>> head(PurePath("aml-relapse/01-call.yaml"))
    '# yaml-language-server: $schema=../schema/section.json'
    >>> head(PurePath("house.yaml"))
    '# yaml-language-server: $schema=schema/house.json'
    """
    up = "../" * (len(file.parts) - 1)
    return f"# yaml-language-server: $schema={up}{FOLDER}/{kind_of(file)}.json"


def kind_of(file: PurePath) -> str:
    """The kind of a file, by its path in the content folder."""
    return file.stem if file.stem in MODELS else kind_of_file(file)


def _schema(kind: str) -> bytes:
    schema = MODELS[kind].model_json_schema(schema_generator=_AsEditorsRead)
    schema = _with_pairs_named(schema)
    schema = {"$schema": DRAFT, **schema, "$defs": {**schema.get("$defs", {}), "Pair": PAIR}}
    return json_file(schema)


def _with_pairs_named(schema: Any) -> Any:
    """The schema with the pair of wordings said once: it may stand in nearly every place."""
    if schema == PAIR:
        return {"$ref": "#/$defs/Pair"}
    if isinstance(schema, dict):
        return {key: _with_pairs_named(value) for key, value in schema.items()}
    return [_with_pairs_named(each) for each in schema] if isinstance(schema, list) else schema


class _AsEditorsRead(GenerateJsonSchema):
    """Says in pydantic's schema what the program does with YAML, in the draft editors know.

    The program takes every scalar as it was typed, where an editor sees numbers. A block is
    known by its `kind` alone, so that an editor names the key that is wrong and not every block
    this one might have been.
    """

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        return dict(TYPED)

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return {"anyOf": [self.generate_inner(schema["schema"]), EMPTY]}

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        found = super().default_schema(schema)
        if not found["default"] or isinstance(found["default"], dict):
            del found["default"]
        return found

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        found = super().model_schema(schema)
        del found["title"]
        model: type[BaseModel] = schema["cls"]
        for name, words in _described_below(model).items():
            found["properties"][name].setdefault("description", words)
        if "kind" in found["properties"]:
            found["properties"]["kind"]["description"] = found["description"]
        return found

    def tagged_union_schema(self, schema: core_schema.TaggedUnionSchema) -> JsonSchemaValue:
        kinds = {str(kind): self.generate_inner(each) for kind, each in schema["choices"].items()}
        return {
            "type": "object",
            "required": ["kind"],
            "properties": {
                "kind": {
                    "description": "What this block is.",
                    "enum": list(kinds),
                    "enumDescriptions": [KINDS[kind].__doc__ for kind in kinds],
                }
            },
            "allOf": [{"if": _is(kind), "then": each} for kind, each in kinds.items()],
        }


@cache
def _described_below(model: type[BaseModel]) -> dict[str, str]:
    """What stands in a docstring below a field, by the key it is written under.

    pydantic can read these too, but of every class as it is made: a tenth of the program's start.
    """
    found: dict[str, str] = {}
    for each in reversed(model.__mro__):
        if issubclass(each, BaseModel) and each is not BaseModel:
            found |= dict(_docstrings(each))
    keys = {name: field.alias or name for name, field in model.model_fields.items()}
    return {keys[name]: words for name, words in found.items() if name in keys}


def _docstrings(model: type[BaseModel]) -> Iterator[tuple[str, str]]:
    body = ast.parse(inspect.getsource(model)).body[0]
    for field, below in pairwise(body.body if isinstance(body, ast.ClassDef) else ()):
        match field, below:
            case (
                ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str(words))),
            ):
                yield name, inspect.cleandoc(words)


def _is(kind: str) -> JsonSchemaValue:
    return {"type": "object", "required": ["kind"], "properties": {"kind": {"const": kind}}}
