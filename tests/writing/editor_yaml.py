"""YAML as editors read it: the core schema of YAML 1.2, in which `no` is text and 0.1 a number."""

import re
from pathlib import Path
from typing import Any

import yaml

_SIGN = "[-+]?"


class _Core(yaml.SafeLoader):
    """PyYAML's loader with the scalars of YAML 1.2, section 10.3.2, in place of YAML 1.1's."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012


for tag, pattern in (
    ("null", "null|Null|NULL|~|"),
    ("bool", "true|True|TRUE|false|False|FALSE"),
    ("int", rf"{_SIGN}[0-9]+"),
    ("float", rf"{_SIGN}(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE]{_SIGN}[0-9]+)?"),
):
    _Core.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(rf"(?:{pattern})$"), None)


def read_as_editors_do(text: str) -> Any:
    return _with_text_keys(yaml.load(text, _Core))


def read_file(path: Path) -> Any:
    return read_as_editors_do(path.read_text(encoding="utf-8"))


def _with_text_keys(value: Any) -> Any:
    """Keys are text to a schema, whatever they look like."""
    if isinstance(value, dict):
        return {str(key): _with_text_keys(each) for key, each in value.items()}
    return [_with_text_keys(each) for each in value] if isinstance(value, list) else value
