"""YAML text as plain values, with the line and column of every key and value."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from booklet.problems import FaultsFound, Problem

Place = tuple[int, int]
Route = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """One YAML file read: its values, and where each of them stands.

    Every scalar is text, however it looks: `0808 2080 888`, `no` and `2026-11-22` arrive as
    they were typed, and the model decides what is a number. An empty value is `None`.
    """

    file: Path
    values: Any
    keys: dict[Route, Place] = field(repr=False)
    places: dict[Route, Place] = field(repr=False)

    def route(self, steps: tuple[str | int, ...]) -> Route:
        """The longest route into the values that follows `steps`, passing over strange ones.

        A validator names steps that are not in the file: the tag of a union, a missing key.
        """
        here, route = self.values, []
        for step in steps:
            if isinstance(here, dict) and step in here:
                here = here[step]
            elif isinstance(here, list) and isinstance(step, int) and step < len(here):
                here = here[step]
            else:
                continue
            route.append(step)
        return tuple(route)

    def at(self, route: Route) -> Any:
        """The value at the end of a route."""
        here = self.values
        for step in route:
            here = here[step]
        return here

    def problem(
        self, message: str, steps: tuple[str | int, ...] = (), *, key: bool = False
    ) -> Problem:
        """A fault at the value these steps lead to, or at its key."""
        route = self.route(steps)
        line, column = (self.keys if key else self.places).get(route, (1, 1))
        return Problem(self.file, line, column, message)


def read_yaml(path: Path, shown_as: Path | None = None) -> Source:
    """Read one YAML file; `FaultsFound` where it cannot be read.

    `shown_as` is the name that faults are reported under.
    """
    name = shown_as or path
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise FaultsFound(
            [Problem(name, line, 1, "this file is not UTF-8 text; save it again as UTF-8")]
        ) from error
    except OSError as error:
        raise FaultsFound(
            [Problem(name, 0, 0, f"this file cannot be read: {error.strerror}")]
        ) from error
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise FaultsFound([_syntax_fault(name, error)]) from error
    keys: dict[Route, Place] = {}
    places: dict[Route, Place] = {}
    faults: list[Problem] = []
    values = _plain(node, (), keys, places, name, faults)
    if faults:
        raise FaultsFound(faults)
    return Source(name, values, keys, places)


def _plain(
    node: yaml.Node | None,
    route: Route,
    keys: dict[Route, Place],
    places: dict[Route, Place],
    file: Path,
    faults: list[Problem],
) -> Any:
    """The plain value of a node; where it and its keys stand is noted on the way."""
    if node is None:
        return None
    places[route] = _place(node)
    if isinstance(node, yaml.MappingNode):
        values: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key, line, column = str(key_node.value), *_place(key_node)
            if key in values:
                message = f"`{key}` stands twice here; keep one of them"
                faults.append(Problem(file, line, column, message))
            keys[(*route, key)] = (line, column)
            values[key] = _plain(value_node, (*route, key), keys, places, file, faults)
        return values
    if isinstance(node, yaml.SequenceNode):
        return [
            _plain(item, (*route, index), keys, places, file, faults)
            for index, item in enumerate(node.value)
        ]
    plain = isinstance(node, yaml.ScalarNode) and node.style is None
    return None if plain and node.value in ("", "~", "null") else node.value


def _place(node: yaml.Node) -> Place:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _syntax_fault(file: Path, error: yaml.YAMLError) -> Problem:
    """A YAML syntax error in the words of somebody who writes leaflets."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    detail = str(getattr(error, "problem", None) or error)
    return Problem(file, line, column, f"{_reworded(detail)} (YAML says: {detail})")


def _reworded(detail: str) -> str:
    return next((words for sign, words in _SYNTAX if sign in detail), _SYNTAX[-1][1])


_SYNTAX = (
    ("mapping values are not allowed", 'a colon inside text needs quotes: write "text: more"'),
    ("found character '\\t'", "a tab stands here; indent with spaces"),
    ("cannot start any token", "a tab or a reserved sign starts this text; put it in quotes"),
    ("could not find expected ':'", "a key without its colon; write `key: value`"),
    ("found unexpected end of stream", "a quotation mark is opened and never closed; close it"),
    ("found undefined alias", "text that starts with * needs quotes around the whole of it"),
    ("expected ',' or ']'", "text in [brackets] that has ? or : needs quotes around it"),
    ("expected <block end>", "the indentation is uneven; line this up with the lines above"),
    ("", "this is not YAML; look at quotes, colons and indentation on this line"),
)


def walk(values: Any, route: Route = ()) -> Iterator[tuple[Route, Any]]:
    """Every value below, with its route, parents first.

    >>> [route for route, _ in walk({"a": ["x", {"b": "y"}]})]
    [(), ('a',), ('a', 0), ('a', 1), ('a', 1, 'b')]
    """
    yield route, values
    if isinstance(values, dict):
        for key, value in values.items():
            yield from walk(value, (*route, key))
    elif isinstance(values, list):
        for index, value in enumerate(values):
            yield from walk(value, (*route, index))
