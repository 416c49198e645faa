"""The review record as a file: one more entry at its end, everything a person wrote left alone."""

import json
import re
from datetime import date
from pathlib import Path, PurePath

from booklet.content.folder import REVIEW_FILE
from booklet.content.load import Files, review_of
from booklet.content.yaml_source import Source, parse_yaml
from booklet.problems import FaultsFound, Position, Problem, WrongUsage
from booklet.writing.schema import head

_HEAD = f"""\
{head(PurePath("booklet", REVIEW_FILE))}
# Who answers for the words of this booklet, oldest first. The commands `review`, `approve` and
# `withdraw` write it. An approval holds for exactly the words that have its fingerprint.
# Who wrote the words may be named here: `written_by: NAME`.

record:
"""


def with_entry(files: Files, entry: dict[str, str | date]) -> bytes:
    """The text of `review.yaml` with one more entry.

    `FaultsFound` where the file has a form that cannot be added to; `WrongUsage` where the entry
    itself is wrong.
    """
    path = files.folder / REVIEW_FILE
    before = path.read_text(encoding="utf-8-sig") if files.review else ""
    text = _before_entry(before, files.review) + _entry(entry, _indent(files.review))
    after = _read_back(path, text)
    old = files.review.values if files.review else {}
    entries = [*(old.get("record") or ()), {key: str(value) for key, value in entry.items()}]
    if after is None or after.values != {**old, "record": entries}:
        message = (
            "an entry cannot be added to this file; put `record:` last, each entry on lines of its "
            "own that begin with `- what:`"
        )
        raise FaultsFound([Problem(path, message)])
    _must_be_right(files, after, before)
    return text.encode()


def _read_back(path: Path, text: str) -> Source | None:
    """The new text as it will be read; `None` where it is no YAML."""
    try:
        return parse_yaml(path, text)
    except FaultsFound:
        return None


def _before_entry(text: str, source: Source | None) -> str:
    if source is None:
        return _HEAD
    text = text if text.endswith("\n") else f"{text}\n"
    if source.values.get("record"):
        return text
    return re.sub(r"^record:.*\n", "", text, flags=re.MULTILINE).rstrip("\n") + "\n\nrecord:\n"


def _indent(source: Source | None) -> str:
    """The white space before the dashes of the entries that are there."""
    _, column = source.places.get(("record", 0), (0, 5)) if source else (0, 5)
    return " " * (column - 3)


def _entry(entry: dict[str, str | date], indent: str) -> str:
    lines = (f"{key}: {_scalar(value)}" for key, value in entry.items())
    return f"{indent}- " + f"\n{indent}  ".join(lines) + "\n"


def _scalar(value: str | date) -> str:
    """A value as YAML: days bare, words in double quotes, whose escapes are those of JSON."""
    return str(value) if isinstance(value, date) else json.dumps(value, ensure_ascii=False)


def _must_be_right(files: Files, after: Source, before: str) -> None:
    """`WrongUsage` for what is wrong with the lines that are new."""
    try:
        review_of(files, after)
    except FaultsFound as error:
        there = len(before.splitlines())
        old = [
            each
            for each in error.problems
            if isinstance(each.at, Position) and each.at.line <= there
        ]
        if old:
            raise FaultsFound(old) from error
        words = "; ".join(problem.message for problem in error.problems)
        raise WrongUsage(f"{words}. Nothing was changed") from error
