"""YAML text as plain values, with the line and column of every key and value."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

if yaml.__with_libyaml__:
    from yaml.cyaml import CParser  # type: ignore[attr-defined]

from booklet.content.invisible import ODD_SPACE, ODD_SPACES, hidden
from booklet.content.limits import too_large
from booklet.content.yaml_errors import Place, explained
from booklet.plain_file import read_words
from booklet.problems import FaultsFound, Position, Problem

Route = tuple[str | int, ...]

DEEPEST = 30  # Levels of lists and keys in one file; content needs about ten


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

    def problem(
        self, message: str, steps: tuple[str | int, ...] = (), *, key: bool = False
    ) -> Problem:
        """A fault at the value these steps lead to, or at its key."""
        route = self.route(steps)
        line, column = (self.keys if key else self.places).get(route, (1, 1))
        return Problem(self.file, message, Position(line, column))


def read_yaml(path: Path) -> Source:
    """Read one YAML file; `FaultsFound` where it cannot be read."""
    try:
        if large := too_large(path):
            raise FaultsFound([Problem(path, large)])
        text = read_words(path, "utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start]
        at = Position(before.count(b"\n") + 1, error.start - before.rfind(b"\n"))
        message = (
            "this file is not UTF-8 text; save it again as UTF-8 (VS Code: “Save with Encoding”; "
            "Notepad: “Save as”)"
        )
        raise FaultsFound([Problem(path, message, at)]) from error
    except OSError as error:
        raise FaultsFound([Problem(path, f"this file cannot be read: {error.strerror}")]) from error
    return parse_yaml(path, text)


def parse_yaml(path: Path, text: str) -> Source:
    """The YAML text of a file, or what is to become its text; `FaultsFound` where it is none."""
    try:
        loader, node = _composed(text)
    except yaml.reader.ReaderError as error:
        raise FaultsFound([_character_fault(path, text, error)]) from error
    except yaml.YAMLError as error:
        raise FaultsFound([_syntax_fault(path, text, error)]) from error
    reader = _Reader(text, {}, {}, loader.refused)
    values = reader.plain(node, ())
    for index, message in hidden(text):
        before = text[:index]
        reader.refused.append(((before.count("\n") + 1, index - before.rfind("\n")), message))
    if reader.refused:
        raise FaultsFound(
            Problem(path, message, Position(*place)) for place, message in reader.refused
        )
    return Source(path, values, reader.keys, reader.places)


def _composed(text: str) -> "tuple[_Refusing, yaml.Node | None]":
    """The nodes of a text, by libyaml where it can read it; what is wrong is said by PyYAML.

    libyaml takes some tabs that PyYAML refuses, and a text means the same on every machine.
    """
    if yaml.__with_libyaml__ and "\t" not in text:
        quick = _QuickLoader(text)
        try:
            return quick, quick.get_single_node()
        except yaml.YAMLError:
            pass
    loader = _Loader(text)
    return loader, loader.get_single_node()


def unreadable(path: Path) -> Source:
    """A file whose faults are told already: it has no values, and nothing follows from it."""
    return Source(path, {}, {}, {}, readable=False)


A_PICTURE = "a picture is a block of its own: `- kind: figure`, with `picture:` and `alt:`"
"""What is said of a picture that is typed into a text, as in Markdown."""
_SIGN = "text that starts with {} needs quotes around the whole of it"
_REPEATED = (
    "text that starts with {0} needs quotes around the whole of it (anchors and aliases of YAML, "
    "like `{0}{1}`, are not supported; write the words out in each place)"
)


class _Refusing(yaml.composer.Composer):
    """Composes nodes, and refuses what quietly changes words: tags, anchors and aliases."""

    def __init__(self) -> None:
        yaml.composer.Composer.__init__(self)
        self.refused: list[tuple[Place, str]] = []
        self.depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event: Any = self.peek_event()  # type: ignore[attr-defined]
        if isinstance(event, yaml.AliasEvent):
            marks: tuple[Any, Any] = event.start_mark, event.end_mark
            self.get_event()  # type: ignore[attr-defined]
            self.refuse(event, _REPEATED.format("*", event.anchor))
            return yaml.ScalarNode("", "", *marks, style="'")
        if tag := getattr(event, "tag", None):
            self.refuse(event, A_PICTURE if tag.startswith("![") else _SIGN.format("!"))
        if event.anchor:
            self.refuse(event, _REPEATED.format("&", event.anchor))
        if self.depth > DEEPEST:
            raise yaml.composer.ComposerError(None, None, "too many levels", event.start_mark)
        self.depth += 1
        event.anchor = None
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node

    def refuse(self, event: Any, message: str) -> None:
        """Note what is wrong where something begins."""
        self.refused.append((_at(event.start_mark), message))


class _Loader(_Refusing, yaml.SafeLoader):
    """Reads in Python, and knows best what is wrong where something is."""

    def __init__(self, text: str) -> None:
        yaml.SafeLoader.__init__(self, text)
        _Refusing.__init__(self)


if yaml.__with_libyaml__:

    class _QuickLoader(_Refusing, CParser, yaml.resolver.Resolver):
        """Reads by libyaml, in a fifth of the time."""

        def __init__(self, text: str) -> None:
            CParser.__init__(self, text)
            yaml.resolver.Resolver.__init__(self)
            _Refusing.__init__(self)

        def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
            node = super().compose_node(parent, index)
            if isinstance(node, yaml.CollectionNode) and node.flow_style:
                _must_have_quotes(node)
            return node


def _must_have_quotes(node: yaml.CollectionNode) -> None:
    """`YAMLError` for a question mark without quotes in brackets, which PyYAML refuses."""
    inside = [
        each for pair in node.value for each in (pair if isinstance(pair, tuple) else (pair,))
    ]
    if any(
        isinstance(each, yaml.ScalarNode) and not each.style and "?" in each.value
        for each in inside
    ):
        raise yaml.YAMLError


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
        self.places[route] = _at(node.start_mark)
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, route)
        if isinstance(node, yaml.SequenceNode):
            return [self.plain(item, (*route, index)) for index, item in enumerate(node.value)]
        if not isinstance(node, yaml.ScalarNode) or node.style:
            return node.value
        self.cut_off(node)
        self.swallowed(node)
        return None if node.value in ("", "~", "null") else node.value

    def mapping(self, node: yaml.MappingNode, route: Route) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode) or not key_node.value:
                message = "a key is one word and a colon; put text that has a colon in quotes"
                self.refused.append((_at(key_node.start_mark), message))
                continue
            key = key_node.value
            if odd := re.search(f"[{ODD_SPACES}]", key):
                line, column = _at(key_node.start_mark)
                self.refused.append(((line, column + odd.start()), ODD_SPACE))
            if key in values:
                begins = route and isinstance(route[-1], int) and key == next(iter(values))
                dash = f"begin the next entry with a dash, `- {key}: …`, or " if begins else ""
                message = f"`{key}` stands twice here; {dash}keep one of them"
                self.refused.append((_at(key_node.start_mark), message))
                if begins:  # the keys that follow belong to the entry whose dash is missing
                    return values
            self.keys[(*route, key)] = _at(key_node.start_mark)
            values[key] = self.plain(value_node, (*route, key))
        return values

    def swallowed(self, node: yaml.Node) -> None:
        """Note an entry of a list that is read as part of the text above it."""
        first = node.start_mark.index
        for found in re.finditer(r"\n *(?=- )", self.text[first : node.end_mark.index]):
            line = node.start_mark.line + 1 + self.text.count("\n", first, first + found.end())
            message = (
                "this dash is read as part of the text above it; line it up with the dash above, "
                "or put the whole text in quotes"
            )
            self.refused.append(((line, len(found.group())), message))

    def cut_off(self, node: yaml.Node) -> None:
        """Note text without quotes that a `#` ends, unless a comment is plainly meant."""
        end = self.text.find("\n", node.end_mark.index)
        behind = self.text[node.end_mark.index : end if end >= 0 else None]
        if node.value and re.match(r"[ \t]+#", behind) and not re.match(r" {2,}# ", behind):
            message = (
                "text without quotes ends at ` #`; put quotes around the whole of it (a comment "
                "stands behind two spaces: `  # like this`)"
            )
            self.refused.append((_at(node.end_mark), message))


def _at(mark: Any) -> Place:
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _character_fault(file: Path, text: str, error: yaml.reader.ReaderError) -> Problem:
    before, sign = text[: error.position], ord(text[error.position])
    message = f"a character stands here that cannot be printed (U+{sign:04X}); delete it"
    at = Position(before.count("\n") + 1, error.position - before.rfind("\n"))
    return Problem(file, message, at)


def _syntax_fault(file: Path, text: str, error: yaml.YAMLError) -> Problem:
    detail = str(getattr(error, "problem", None) or error)
    stopped = getattr(error, "problem_mark", None)
    started = getattr(error, "context_mark", None)
    place, words = explained(text, detail, _at(stopped or started), _at(started or stopped))
    return Problem(file, f"{words} (YAML says: {detail})", Position(*place))
