"""All the words of a booklet as plain text: what an approval holds for.

The text has what readers see or hear: every wording for every reader in reading order, the numbers
and cards of contacts, words explained, sources, the bytes of pictures (as their SHA-256) and those
words of the program that carry advice. Fields say in their role whether they belong to it. It
leaves out what a clinic's profile adds, the program's words about the file itself, and who
approved it. Keys at their default are left out too, so that a new kind of key changes no old text.
"""

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from itertools import chain, takewhile
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from booklet.content.addresses import Phone
from booklet.content.blocks import Callout, Contacts
from booklet.content.inline import Inline
from booklet.content.labels import Labels
from booklet.content.model import CheckedContent
from booklet.content.roles import fields_of, walk
from booklet.content.used_sources import used_sources
from booklet.content.yaml_source import Route
from booklet.editions import Audience

_NUMBER = re.compile(r"\[([^\]]*)\]\(contact:([^)\s]+)\)")


def whole_text(booklets: Mapping[Audience, CheckedContent]) -> str:
    """The words of a booklet for all its readers, one line a passage, under headings.

    Two booklets have the same text exactly when they have the same words; its SHA-256 is their
    fingerprint, so that any program that sums a file can prove it. Headings begin with `#`, no
    other line does.
    """
    first = next(iter(booklets.values()))
    head = (
        f"# CheckedContent: {first.name}",
        f"version: {first.about.version}",
        f"prepared: {first.about.prepared}",
    )
    lines = [line for booklet in booklets.values() for line in _reader(booklet)]
    return "\n".join((*head, *lines)) + "\n"


def fingerprint(text: str) -> str:
    """The SHA-256 of a text in UTF-8, in hexadecimal digits."""
    return sha256(text.encode()).hexdigest()


def _reader(booklet: CheckedContent) -> Iterator[str]:
    yield from ("", f"# Reader: {booklet.audience}", "", "## Cover, back and sources")
    # A reader is shown the sources of the sections that are for this reader.
    about = booklet.about.model_copy(update={"sources": used_sources(booklet)})
    yield from _part(about, booklet)
    for named in booklet.printed_sections:
        yield from ("", f"## {named.id}: {_on_one_line(named.section.title.source)}")
        yield from _part(named.section, booklet)
    yield from ("", "## Contacts")
    # Those whose cards this reader gets, that of the back cover first.
    cards = (block.names for block in booklet.blocks if isinstance(block, Contacts))
    for name in dict.fromkeys((booklet.about.help_line, *chain.from_iterable(cards))):
        yield f"- {name}:"
        yield from _part(booklet.contacts[name], booklet, indent="  ")
    yield from ("", "## Words explained")
    for term in booklet.glossary:
        yield f"- {term.term}:"
        yield from _part(term, booklet, indent="  ")
    yield from ("", "## Words of the program", *_labels(booklet))


def _part(part: BaseModel, booklet: CheckedContent, indent: str = "") -> Iterator[str]:
    """What is written in a part and below, each value behind its key or its dash."""
    before: Route = ()
    for each in walk(part, type(part)):
        if each.field.role.fingerprinted:
            *heads, last = _heads(each.route, before, indent)
            yield from heads
            words = _words(each.value, booklet)
            if each.field.role.picture:
                words += f", SHA-256 {_picture(booklet.picture(words))}"
            yield f"{last} {words}".rstrip()
            before = each.route


def _heads(route: Route, before: Route, indent: str) -> list[str]:
    """The keys and dashes that lead to a value, without those it shares with the value before."""
    pairs = zip(route, before, strict=False)
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    lines: list[str] = []
    for depth, step in enumerate(route[shared:], start=shared):
        if isinstance(step, int):
            lines.append(f"{indent}{'  ' * depth}-")
        elif lines and lines[-1].endswith("-"):
            lines[-1] += f" {step}:"  # the first key of a part stands behind its dash
        else:
            lines.append(f"{indent}{'  ' * depth}{step}:")
    return lines


def _words(value: Any, booklet: CheckedContent) -> str:
    """A value on one line: a text as it was written, with the numbers that its links stand for."""

    def number(link: re.Match[str]) -> str:
        phone = booklet.contacts[link[2]].call or Phone("")
        return f"[{link[1] or phone.printed}]({phone.href})"

    if isinstance(value, Inline):
        return _on_one_line(_NUMBER.sub(number, value.source))
    return _on_one_line(str(value)) if value else ""


def _picture(path: Path) -> str:
    """The SHA-256 of a picture; line ends in a drawing count the same on every machine."""
    content = path.read_bytes()
    if path.suffix.lower() == ".svg":
        content = content.replace(b"\r\n", b"\n")
    return sha256(content).hexdigest()


def _on_one_line(words: str) -> str:
    return " ".join(words.split())


def _labels(booklet: CheckedContent) -> Iterator[str]:
    """The words of the program that give advice, those that this booklet prints."""
    kinds = {None, *(block.kind for block in booklet.blocks)}
    tones = {f"tone_{block.tone}" for block in booklet.blocks if isinstance(block, Callout)}
    for name, field in fields_of(Labels).items():
        # Of the words above a callout, those of the tones that are there.
        printed = name in tones if field.printed_by == "callout" else field.printed_by in kinds
        if field.role.fingerprinted and printed:
            yield f"{name}: {_on_one_line(str(getattr(booklet.labels, name)))}"
