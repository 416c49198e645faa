"""Validation errors in the words of somebody who writes leaflets."""

import re
from collections.abc import Iterator
from textwrap import shorten
from typing import Any

from pydantic import BaseModel, ValidationError

from booklet.content.roles import fields_of, kind_of
from booklet.content.suggestion import close_to, meant_key, near_key
from booklet.content.yaml_source import Route, Source
from booklet.editions import AUDIENCES
from booklet.problems import Problem

_KEYS_WANTED = ("model_type", "model_attributes_type", "dict_type")
"""The errors of a value where there should be keys."""
_WITHOUT_SPACE = re.compile(r"(?P<key>[a-z_]+):(?P<value>(?!//)\S.*)", re.S)
"""A key and its value that YAML takes for one text; an address is one."""


def in_plain_words(
    error: ValidationError, source: Source, model: type[BaseModel]
) -> Iterator[Problem]:
    """Each error of a validation as a problem with its place and its remedy."""
    details = error.errors(include_url=False)
    meant = set(_meant(details, model))
    for detail in details:
        steps = tuple(detail["loc"])
        if detail["type"] == "missing" and steps in meant:
            continue
        inside = (each["loc"] for each in details if len(each["loc"]) > len(steps))
        if detail["type"] == "too_short" and any(each[: len(steps)] == steps for each in inside):
            continue  # the list is too short only because entries of it have faults of their own
        if detail["type"] == "booklet":
            for message, further in detail["ctx"]["found"]:
                yield source.problem(message, (*steps, *further))
        else:
            message = _message(detail["type"], detail, model)
            yield source.problem(message, steps, key=detail["type"] == "extra_forbidden")


def _meant(details: list[Any], model: type[BaseModel]) -> Iterator[Route]:
    """The ways to keys that are missing only because they are misspelt."""
    for detail in details:
        *above, key = detail["loc"] or ("",)
        if detail["type"] == "extra_forbidden":
            names = fields_of(_model_at(model, tuple(above)))
            yield (*above, meant_key(str(key), names) or key)


def _message(kind: str, detail: Any, model: type[BaseModel]) -> str:
    context = detail.get("ctx", {})
    last = detail["loc"][-1] if detail["loc"] else ""
    if kind == "missing":
        return f"`{last}` is missing; add `{last}: …`"
    if kind == "extra_forbidden":
        return f"`{last}` is not known here; {_remedy(str(last), model, detail['loc'][:-1])}"
    if kind == "union_tag_invalid":
        tag, kinds = context["tag"], frozenset(re.findall("'([^']+)'", context["expected_tags"]))
        return f"`{tag}` is no kind of block here; {near_key(tag, kinds)}"
    if kind == "union_tag_not_found" and (typed := close_to("kind", detail["input"])):
        return f"`{typed}` is not known here; did you mean `kind`?"
    if kind == "literal_error":
        return _instead(detail["input"], last, context["expected"])
    if kind == "too_short":
        least = context["min_length"]
        return f"a list with at least {least} {'entry' if least == 1 else 'entries'} is needed here"
    if kind in _KEYS_WANTED:
        return _keys_wanted(detail["input"], context.get("class_name"), model)
    if kind == "tuple_type" and isinstance(detail["input"], dict):
        first = next(iter(detail["input"]), "key")
        return f"a list is needed here; begin each entry with a dash, `- {first}: …`"
    if kind == "string_type" and isinstance(detail["input"], list):
        return "a list stands here and text is needed; take the dashes or [brackets] away"
    return _OTHERS.get(kind, f"{detail['msg'].removeprefix('Value error, ')}; look at this value")


def _keys_wanted(typed: Any, class_name: str | None, model: type[BaseModel]) -> str:
    """What to write where there should be keys."""
    if glued := _WITHOUT_SPACE.match(str(typed)):
        value = shorten(glued["value"], 30, placeholder="…")
        return f"a space is missing behind the colon; write `{glued['key']}: {value}`"
    form = f": {_form(class_name, model)}" if class_name else " (`key: value`)"
    return f"keys and values are needed here{form}"


def _instead(typed: Any, key: object, expected: str) -> str:
    """What may stand where one of a few words is wanted."""
    both = "; for both readers, leave the line out" if key == "for" else ""
    if not isinstance(typed, str):
        return f"one word is needed here; write {expected}{both}"
    close = close_to(typed, frozenset(re.findall("'([^']+)'", expected)))
    return f"`{typed}` cannot stand here; " + (
        f"did you mean `{close}`?" if close else f"write {expected}{both}"
    )


def _remedy(key: str, model: type[BaseModel], steps: Route) -> str:
    if key == "<<":
        return "merge keys of YAML are not supported; write out the keys it stands for"
    if key == "kind":
        return "a block stands below `blocks:` and begins with a dash, `  - kind: …`"
    if key in AUDIENCES:
        return "put it below the key whose words it gives, further to the right"
    return near_key(key, fields_of(_model_at(model, steps)))


def _model_at(model: type[BaseModel], steps: Route) -> type[BaseModel]:
    """The model at the end of a validator's steps: names of fields, numbers, kinds of block."""
    models: tuple[type[BaseModel], ...] = ()
    for step in steps:
        fields = fields_of(model)
        if step in fields:
            models = fields[str(step)].models
            model = models[0] if models else model
        else:
            model = next((each for each in models if kind_of(each) == step), model)
    return model


def _form(class_name: str, model: type[BaseModel]) -> str:
    """The keys that have to stand in a part, as they are written."""
    part = next((each for each in _with_parts(model) if each.__name__ == class_name), None)
    fields = part.model_fields.items() if part else ()
    needed = [field.alias or name for name, field in fields if field.is_required()]
    named = needed or [field.alias or name for name, field in fields]
    return " and ".join(f"`{name}: …`" for name in named) or "`key: value`"


def _with_parts(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """A model and the models its fields are made of."""
    yield model
    for field in fields_of(model).values():
        for part in field.models:
            yield from _with_parts(part)


_OTHERS = {
    "union_tag_not_found": "this block does not say what it is; begin with `kind: paragraph` or "
    "another kind",
    "string_type": "text is needed here",
    "date_type": "a day is needed here; write it like 2026-11-22",
    "tuple_type": "a list is needed here; write `- one` on a line each, or `[one, two]`",
}
