"""Validation errors in the words of somebody who writes leaflets."""

from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from booklet.manuscript.markup import near
from booklet.manuscript.model import KINDS
from booklet.manuscript.source import Source
from booklet.problems import Problem


def in_plain_words(
    error: ValidationError, source: Source, model: type[BaseModel]
) -> Iterator[Problem]:
    """Each error of a validation as a problem with its place and its remedy."""
    details = error.errors(include_url=False)
    for detail in details:
        steps = tuple(detail["loc"])
        if detail["type"] == "too_short" and _follows_from_others(steps, details):
            continue
        for message in _messages(detail["type"], detail, source, model):
            yield source.problem(message, steps, key=detail["type"] == "extra_forbidden")


def _follows_from_others(steps: tuple[str | int, ...], details: list[Any]) -> bool:
    """Whether a list is too short only because entries of it have faults of their own."""
    return any(
        len(other["loc"]) > len(steps) and other["loc"][: len(steps)] == steps for other in details
    )


def _messages(kind: str, detail: Any, source: Source, model: type[BaseModel]) -> list[str]:
    context = detail.get("ctx", {})
    last = detail["loc"][-1] if detail["loc"] else ""
    if kind == "booklet":
        return str(context["message"]).split("\n")
    if kind == "missing":
        return [f"`{last}` is missing; add `{last}: …`"]
    if kind == "extra_forbidden":
        parent = source.at(source.route(tuple(detail["loc"]))[:-1])
        return [f"`{last}` is not known here; {near(str(last), _keys(parent, model))}"]
    if kind == "union_tag_invalid":
        return [
            f"`{context['tag']}` is no kind of block here; {near(context['tag'], _kinds(context))}"
        ]
    if kind == "union_tag_not_found":
        return ["this block does not say what it is; begin with `kind: paragraph` or another kind"]
    if kind == "literal_error":
        return [f"`{detail['input']}` cannot stand here; write {context['expected']}"]
    if kind in ("too_short", "tuple_type", "list_type"):
        least = context.get("min_length", 1)
        return [
            f"a list with at least {least} {'entry' if least == 1 else 'entries'} is needed here"
        ]
    return [_OTHERS.get(kind, f"{detail['msg']}; look at this value")]


def _kinds(context: dict[str, Any]) -> frozenset[str]:
    return frozenset(tag.strip(" '") for tag in str(context["expected_tags"]).split(","))


def _keys(parent: Any, model: type[BaseModel]) -> frozenset[str]:
    """The keys that may stand beside an unknown one."""
    named = KINDS.get(parent.get("kind", "")) if isinstance(parent, dict) else None
    candidates = [named] if named else _with_parts(model)
    best = max(candidates, key=lambda each: len(_names(each) & set(parent)))
    return _names(best)


def _names(model: type[BaseModel]) -> frozenset[str]:
    return frozenset(field.alias or name for name, field in model.model_fields.items())


def _with_parts(model: type[BaseModel]) -> list[type[BaseModel]]:
    """A model and the models its fields are made of."""
    found = [model]
    for field in model.model_fields.values():
        for part in (field.annotation, *get_args(field.annotation)):
            if isinstance(part, type) and issubclass(part, BaseModel):
                found.extend(_with_parts(part))
    return found


_OTHERS = {
    "string_type": "text is needed here",
    "bool_parsing": "write `true` or `false`",
    "date_from_datetime_parsing": "this is no date; write it like 2026-11-22",
    "date_parsing": "this is no date; write it like 2026-11-22",
    "model_type": "keys and values are needed here (`key: value`)",
    "model_attributes_type": "keys and values are needed here (`key: value`)",
    "dict_type": "keys and values are needed here (`key: value`)",
    "string_pattern_mismatch": "this is not in the form that is needed here; see docs/content.md",
}
