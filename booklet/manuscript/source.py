"""YAML text as plain values, with the line and column of every key and value."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from booklet.problems import FaultsFound, Problem

Place = tuple[int, int]
Route = tuple[str | int, ...]

#: Levels of lists and keys in one file; content needs about ten.
DEEPEST = 30


@dataclass(frozen=True, slots=True)
class Source:
    """One YAML file read: its values, and where each of them stands.

    Every scalar is text, however it looks: `0808 2080 888`, `no` and `2026-11-22` arrive as
    they were typed, and the model decides what is a number. An empty value is `None`.
    `readable` is false for a file whose faults are told already and that has no values.
    """

    file: Path
    values: Any
    keys: dict[Route, Place] = field(repr=False)
    places: dict[Route, Place] = field(repr=False)
    readable: bool = True

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


def read_yaml(path: Path) -> Source:
    """Read one YAML file; `FaultsFound` where it cannot be read."""
    return parse_yaml(path, _text_of(path))


def parse_yaml(path: Path, text: str) -> Source:
    """The YAML text of a file, or what is to become its text; `FaultsFound` where it is none."""
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
    except yaml.reader.ReaderError as error:
        raise FaultsFound([_character_fault(path, text, error)]) from error
    except yaml.YAMLError as error:
        raise FaultsFound([_syntax_fault(path, text, error)]) from error
    reader = _Reader(text, {}, {}, loader.refused)
    values = reader.plain(node, ())
    if reader.refused:
        raise FaultsFound(
            Problem(path, line, column, message) for (line, column), message in reader.refused
        )
    return Source(path, values, reader.keys, reader.places)


def unreadable(path: Path) -> Source:
    """A file whose faults are told already: it has no values, and nothing follows from it."""
    return Source(path, {}, {}, {}, readable=False)


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise FaultsFound(
            [Problem(path, line, 1, "this file is not UTF-8 text; save it again as UTF-8")]
        ) from error
    except OSError as error:
        raise FaultsFound(
            [Problem(path, 0, 0, f"this file cannot be read: {error.strerror}")]
        ) from error


class _Loader(yaml.SafeLoader):
    """Composes nodes, and refuses what quietly changes words: tags, anchors and aliases."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.refused: list[tuple[Place, str]] = []
        self.depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]
        for sign, name in (("!", getattr(event, "tag", None)), ("&", event.anchor)):
            if name and not isinstance(event, yaml.AliasEvent):
                self.refuse(event, sign)
        if isinstance(event, yaml.AliasEvent):
            marks: tuple[Any, Any] = event.start_mark, event.end_mark
            self.get_event()  # type: ignore[no-untyped-call]
            self.refuse(event, "*")
            return yaml.ScalarNode("", "", *marks, style="'")
        if self.depth > DEEPEST:
            raise yaml.composer.ComposerError(None, None, _TOO_DEEP, event.start_mark)
        self.depth += 1
        event.anchor = None
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node

    def refuse(self, event: Any, sign: str) -> None:
        """Note that text may not begin with this sign."""
        message = f"text that starts with {sign} needs quotes around the whole of it"
        self.refused.append((_place(event), message))


@dataclass(frozen=True, slots=True)
class _Reader:
    """Turns nodes into plain values, and notes on the way where they and their keys stand."""

    text: str
    keys: dict[Route, Place]
    places: dict[Route, Place]
    refused: list[tuple[Place, str]]

    def plain(self, node: yaml.Node | None, route: Route) -> Any:
        if node is None:
            return None
        self.places[route] = _place(node)
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, route)
        if isinstance(node, yaml.SequenceNode):
            return [self.plain(item, (*route, index)) for index, item in enumerate(node.value)]
        if not isinstance(node, yaml.ScalarNode) or node.style is not None:
            return node.value
        self.cut_off(node)
        return None if node.value in ("", "~", "null") else node.value

    def mapping(self, node: yaml.MappingNode, route: Route) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode) or not key_node.value:
                message = "a key is one word and a colon; put text that has a colon in quotes"
                self.refused.append((_place(key_node), message))
                continue
            key = key_node.value
            if key in values:
                message = f"`{key}` stands twice here; keep one of them"
                self.refused.append((_place(key_node), message))
            self.keys[(*route, key)] = _place(key_node)
            values[key] = self.plain(value_node, (*route, key))
        return values

    def cut_off(self, node: yaml.Node) -> None:
        """Note text without quotes that a `#` ends, unless a comment is plainly meant."""
        end = self.text.find("\n", node.end_mark.index)
        behind = self.text[node.end_mark.index : end if end >= 0 else None]
        if node.value and re.match(r"[ \t]+#", behind) and not re.match(r" {2,}# ", behind):
            line, column = node.end_mark.line + 1, node.end_mark.column + 1
            message = (
                "text without quotes ends at ` #`; put quotes around the whole of it (a comment "
                "stands behind two spaces: `  # like this`)"
            )
            self.refused.append(((line, column), message))


def _place(node: Any) -> Place:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _character_fault(file: Path, text: str, error: yaml.reader.ReaderError) -> Problem:
    before = text[: error.position]
    column = error.position - (before.rfind("\n") + 1) + 1
    message = f"a character stands here that cannot be printed (U+{ord(text[error.position]):04X})"
    return Problem(file, before.count("\n") + 1, column, f"{message}; delete it")


def _syntax_fault(file: Path, text: str, error: yaml.YAMLError) -> Problem:
    """A YAML syntax error in the words of somebody who writes leaflets."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    detail = str(getattr(error, "problem", None) or error)
    lines = text.splitlines()
    here = lines[line - 1] if line <= len(lines) else ""
    words = _from_line(detail, here[: column - 1], here) or _reworded(detail)
    return Problem(file, line, column, f"{words} (YAML says: {detail})")


def _from_line(detail: str, before: str, line: str) -> str | None:
    """What the line itself shows to be wrong, where the same error has several causes."""
    if "mapping values" in detail and re.search("[“”]", line):
        return 'curly quotes “ ” do not hold text together here; write straight ones: "text: more"'
    if "mapping values" in detail and re.fullmatch(r"[\s-]*[\w-]+", before):
        return (
            "this line stands too far to the right, or goes on with text that needs quotes; "
            "line its key up with the keys above"
        )
    if "expected <block end>" in detail and before.endswith("]"):
        return "text that starts with [ needs quotes around the whole of it"
    if "expected <block end>" in detail and before.endswith("'"):
        return 'the apostrophe ends this text; put "double quotes" around it'
    if "expected <block end>" in detail and before.rstrip().endswith('"'):
        return (
            "words stand behind the closing quotation mark; put 'single quotes' around the whole, "
            "or none"
        )
    return None


def _reworded(detail: str) -> str:
    return next((words for sign, words in _SYNTAX if sign in detail), _SYNTAX[-1][1])


_TOO_DEEP = "too many levels"
_SYNTAX = (
    (_TOO_DEEP, "the brackets or dashes go too deep; close them, or put the text in quotes"),
    ("mapping values are not allowed", 'a colon inside text needs quotes: write "text: more"'),
    ("found character '\\t'", "a tab stands here; indent with spaces"),
    ("cannot start any token", "a tab or a reserved sign starts this text; put it in quotes"),
    ("could not find expected ':'", "a key without its colon; write `key: value`"),
    ("found unexpected end of stream", "a quotation mark is opened and never closed; close it"),
    (
        "expected alphabetic or numeric",
        "text that starts with * or & needs quotes around the whole of it",
    ),
    ("expected ',' or ']'", "text in [brackets] that has ? or : needs quotes around it"),
    ("expected <block end>", "the indentation is uneven; line this up with the lines above"),
    ("found another document", "`---` begins another document; take it out"),
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
