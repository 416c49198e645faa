"""What of a new booklet is still as `new` wrote it, so that somebody has to write it."""

import re
from collections.abc import Iterator
from pathlib import Path

from booklet.check.rule import rule
from booklet.check.words.reader_text import ReaderText
from booklet.content.wordings import pictures_shown
from booklet.content.yaml_source import Route, Source
from booklet.problems import Problem
from booklet.resources import starter_folder

_LEFT = re.compile(r"\bwrite[ -]here\b", re.IGNORECASE)
"""How texts of `new` begin that are to be written, and how its web addresses end."""


@rule("none", "house rule", "warning", english=False)
def left_to_write(reader: ReaderText) -> Iterator[Problem]:
    """Files with texts of a new booklet that nobody has written yet.

    `new` fills a booklet with texts that say what to write. What is forgotten is printed.
    Not: text: Write here what it is.
    Better: text: A test of your blood.
    """
    # A warning while a booklet is written; what it finds cannot be approved.
    seen: set[Path] = set()
    for source, route, words in _to_write(reader):
        if source.file not in seen and _LEFT.search(words):
            seen.add(source.file)
            yield source.problem(
                "this text still says “write here”, and perhaps others in this file; "
                "put your words there",
                route,
            )


def _to_write(reader: ReaderText) -> Iterator[tuple[Source, Route, str]]:
    """Every text that a new booklet asks for, also those that no reader meets as words."""
    yield from ((each.source, each.route, each.words) for each in reader.wordings)
    about, contacts = reader.files.about, reader.files.contacts
    for key, entry in reader.booklet.about.sources.items():
        yield about, ("sources", key, "address"), str(entry.address)
    for key, contact in reader.booklet.contacts.items():
        yield contacts, ("contacts", key, "checked"), contact.checked


@rule("none", "house rule", "warning", english=False)
def picture_of_new(reader: ReaderText) -> Iterator[Problem]:
    """The picture that stands in a new booklet until there is one of its own.

    It shows nothing of what the booklet is about, and on the cover it is the first that people see.
    Not: picture: example.svg, as `new` made it
    Better: picture: nurse-at-desk.svg
    """
    theirs = {path.read_bytes() for path in (starter_folder() / "booklet/pictures").iterdir()}
    for name, source, route in pictures_shown(reader.booklet, reader.files):
        if any(_bytes(folder / name) in theirs for folder in reader.booklet.pictures):
            yield source.problem(
                "this is still the picture that a new booklet begins with; put your own in its "
                "place, or take it out",
                route,
            )


def _bytes(path: Path) -> bytes:
    """What is in a file; nothing where there is none."""
    return path.read_bytes() if path.is_file() else b""


LEFT_BY_NEW = frozenset(rule.id for rule in (left_to_write, picture_of_new))
"""The rules whose warnings keep a booklet from being approved."""
