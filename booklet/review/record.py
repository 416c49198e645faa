"""The review record in a booklet's folder: one more entry at its end, and the approved words."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from booklet.content.folder import REVIEW_FILE
from booklet.content.load import Files, review_of
from booklet.content.plain_text import fingerprint
from booklet.content.review_file import Entry, ReviewFile
from booklet.content.version_code import code_of
from booklet.content.yaml_source import Source, parse_yaml
from booklet.plain_file import read_words
from booklet.problems import FaultsFound, Position, Problem, WrongUsage

_HEAD = Path(__file__).with_name("new_review.yaml")
"""What a record begins with, up to its first entry."""
SNAPSHOTS = "approved"
"""The folder below the booklet's with the words of every version that was approved."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The words of an approved version, kept so that paper leads back to them."""

    file: Path  # Where they are kept: `SNAPSHOTS` below the booklet's folder
    text: str  # The whole text, as `booklet.content.plain_text` writes it

    @property
    def code(self) -> str:
        """The code of the words that are really there."""
        return code_of(fingerprint(self.text))


def snapshot_name(version: str, known: str) -> str:
    """Where the words of a version are kept, from the booklet's folder.

    >>> snapshot_name("1.0", "00443214c7" + 54 * "0")
    'approved/1.0_0123-4567.txt'
    """
    return f"{SNAPSHOTS}/{version}_{code_of(known)}.txt"


def read_snapshot(folder: Path, entry: Entry) -> Snapshot:
    """The words an entry approved.

    `FaultsFound` where they are not there, or are no longer those that were approved.
    """
    file = folder / snapshot_name(entry.version, entry.fingerprint)
    words = f"the words approved as version {entry.version}"
    try:
        found = Snapshot(file, read_words(file))
        if fingerprint(found.text) == entry.fingerprint:
            return found
        wrong = f"these are not {words}: their fingerprint is {found.code}"
    except (OSError, UnicodeDecodeError):
        wrong = f"{words} cannot be read here"
    again = "bring the file back from a copy of this folder"
    raise FaultsFound([Problem(file, f"{wrong}; {again}")])


def snapshots(folder: Path) -> tuple[Snapshot, ...]:
    """Every text that is kept for a booklet, whether the record knows it or not."""
    files = sorted(each for each in (folder / SNAPSHOTS).glob("*.txt") if each.is_file())
    return tuple(Snapshot(each, each.read_text("utf-8", errors="replace")) for each in files)


def with_entry(
    files: Files, entry: dict[str, str | date], sealed: Callable[[tuple[Entry, ...]], str]
) -> tuple[bytes, tuple[Entry, ...]]:
    """The text of `review.yaml` with one more entry, and its entries then.

    What a person wrote there is left alone. `sealed` gives the seal of the last of some entries.
    `FaultsFound` where the file has a form that cannot be added to; `WrongUsage` where the entry
    itself is wrong.
    """
    _, record = _added(files, entry)
    return _added(files, {**entry, "seal": sealed(record)})


def _added(files: Files, entry: dict[str, str | date]) -> tuple[bytes, tuple[Entry, ...]]:
    path, source = files.folder / REVIEW_FILE, files.review
    before = path.read_text(encoding="utf-8-sig") if source else ""
    text = _before_entry(before, source) + _entry(entry, source)
    old = source.values if source else {}
    entries = [*(old.get("record") or ()), {key: str(value) for key, value in entry.items()}]
    try:
        after = parse_yaml(path, text)
    except FaultsFound:
        after = None
    # Read back, it must be what it was and the entry: nobody's lines are moved or swallowed.
    if after is None or after.values != {**old, "record": entries}:
        message = (
            "an entry cannot be added to this file; put `record:` last, each entry on lines of its "
            "own that begin with `- what:`"
        )
        raise FaultsFound([Problem(path, message)])
    return text.encode(), _checked(files, after, before).record


def _before_entry(text: str, source: Source | None) -> str:
    if source is None:
        return _HEAD.read_text(encoding="utf-8")
    text = text if text.endswith("\n") else f"{text}\n"
    if source.values.get("record"):
        return text
    # A record without entries may be written as `record: []`, which no entry can follow.
    return re.sub(r"^record:.*\n", "", text, flags=re.MULTILINE).rstrip("\n") + "\n\nrecord:\n"


def _entry(entry: dict[str, str | date], source: Source | None) -> str:
    """An entry as YAML: days bare, words in double quotes, whose escapes are those of JSON."""
    # The dashes stand below those of the entries that are there.
    _, column = source.places.get(("record", 0), (0, 5)) if source else (0, 5)
    lines = [
        f"{key}: {value if isinstance(value, date) else json.dumps(value, ensure_ascii=False)}"
        for key, value in entry.items()
    ]
    return " " * (column - 3) + "- " + f"\n{' ' * (column - 1)}".join(lines) + "\n"


def _checked(files: Files, after: Source, before: str) -> ReviewFile:
    """The record with the lines that are new; `WrongUsage` for what is wrong with them."""
    try:
        return review_of(files, after)
    except FaultsFound as error:
        there = len(before.splitlines())
        places = [(each, each.at) for each in error.problems]
        old = [each for each, at in places if isinstance(at, Position) and at.line <= there]
        if old:
            raise FaultsFound(old) from error
        words = "; ".join(problem.message for problem in error.problems)
        raise WrongUsage(f"{words}. Nothing was changed") from error
