"""All the words of a booklet as plain text: what an approval holds for.

The text has what readers see or hear: every wording for every reader in reading order, the numbers
and cards of contacts, words explained, sources, the bytes of pictures (as their SHA-256) and those
words of the program that carry advice. It leaves out how YAML is laid out, what is a matter of
layout, what a clinic's profile adds, the program's words about the file itself, and who approved
it. Keys at their default are left out too, so that a new kind of key changes no old text.
"""

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from pydantic import BaseModel

from booklet.content.blocks import Story, Treatment
from booklet.content.markup import Inline
from booklet.content.model import Callout, CheckedContent, Contacts, Detail, Figure, Part
from booklet.content.telephone import Phone
from booklet.editions import Audience

#: Keys that no reader meets as words: layout, the reader chosen already, notes for `check`.
_NOT_WORDS = {"large", "place", "starts", "alone", "for_", "on_purpose"}
_ALWAYS_SAID = ("other_formats_title", "other_formats", "someone_to_talk_to")
_NUMBER = re.compile(r"\[([^\]]*)\]\(contact:([^)\s]+)\)")


def whole_text(booklets: Mapping[Audience, CheckedContent]) -> str:
    """The words of a booklet for all its readers, one line a passage, under headings.

    Two booklets have the same text exactly when they have the same words; `fingerprint` is its
    SHA-256, so that any program that sums a file can prove it.
    """
    first = next(iter(booklets.values()))
    head = (
        f"# Booklet: {first.name}",
        f"version: {first.about.version}",
        f"prepared: {first.about.prepared}",
    )
    lines = [line for booklet in booklets.values() for line in _Writer(booklet).reader()]
    return "\n".join((*head, *lines)) + "\n"


def fingerprint(text: str) -> str:
    """The SHA-256 of a text in UTF-8, in hexadecimal digits."""
    return sha256(text.encode()).hexdigest()


class _Writer:
    """Writes one reader's booklet as lines; headings begin with `#`, no other line does."""

    def __init__(self, booklet: CheckedContent) -> None:
        self.booklet = booklet

    def reader(self) -> Iterator[str]:
        booklet = self.booklet
        yield from ("", f"# Reader: {booklet.audience}", "", "## Cover, back and sources")
        yield from self.part(booklet.about, "", without=("version", "prepared", "help_line"))
        in_order = sorted(booklet.sections, key=lambda named: named.section.place == "body")
        for named in in_order:
            yield from ("", f"## {named.id}: {_on_one_line(named.section.title.source)}")
            yield from self.part(named.section, "", without=("title", "sources"))
        yield from ("", "## Contacts")
        for name in _contacts(booklet):
            known = booklet.contacts[name]
            yield f"- {name}:"
            yield from self.part(known, "  ", without=("checked",))
        yield from ("", "## Words explained")
        for term in booklet.glossary:
            yield f"- {term.term}:"
            yield from self.part(term, "  ", without=("term", "also"))
        yield from ("", "## Words of the program")
        for label in _labels(booklet):
            yield f"{label}: {_on_one_line(str(getattr(booklet.labels, label)))}"

    def part(self, part: BaseModel, indent: str, without: tuple[str, ...] = ()) -> Iterator[str]:
        for name, field in type(part).model_fields.items():
            value = getattr(part, name)
            if name in _NOT_WORDS or name in without or value == field.get_default():
                continue
            if isinstance(part, Figure) and name == "picture":
                value = f"{value}, SHA-256 {self.picture(str(value))}"
            yield from self.value(f"{name}:", value, indent)

    def value(self, head: str, value: Any, indent: str) -> Iterator[str]:
        """A value behind its key or its dash; what has parts stands on the lines below."""
        if isinstance(value, BaseModel):
            lines = self.part(value, indent + "  ")
            yield indent + head + (next(lines)[len(indent) + 1 :] if head == "-" else "")
            yield from lines
        elif isinstance(value, tuple | dict):
            yield indent + head
            items = value.items() if isinstance(value, dict) else ((None, item) for item in value)
            for key, item in items:
                yield from self.value("-" if key is None else f"{key}:", item, indent + "  ")
        else:
            yield f"{indent}{head} {self.words(value)}"

    def words(self, value: Any) -> str:
        if not isinstance(value, Inline):
            return _on_one_line(str(value))
        return _on_one_line(_NUMBER.sub(self.number, value.source))

    def number(self, link: re.Match[str]) -> str:
        """A link to a contact's number, with the number itself."""
        phone = self.booklet.contacts[link[2]].call or Phone("")
        return f"[{link[1] or phone.printed}]({phone.href})"

    def picture(self, name: str) -> str:
        """The SHA-256 of a picture; line ends in a drawing count the same on every machine."""
        content = self.booklet.picture(name).read_bytes()
        if name.lower().endswith(".svg"):
            content = content.replace(b"\r\n", b"\n")
        return sha256(content).hexdigest()


def _on_one_line(words: str) -> str:
    return " ".join(words.split())


def parts(part: Any) -> Iterator[Part]:
    """A part of the model and every part inside it, in reading order."""
    if isinstance(part, Part):
        yield part
        for name in type(part).model_fields:
            yield from parts(getattr(part, name))
    elif isinstance(part, tuple):
        for item in part:
            yield from parts(item)


def _contacts(booklet: CheckedContent) -> tuple[str, ...]:
    """The contacts whose cards this reader gets, that of the back cover first."""
    cards = (
        name
        for named in booklet.sections
        for part in parts(named.section)
        if isinstance(part, Contacts)
        for name in part.names
    )
    return tuple(dict.fromkeys((booklet.about.help_line, *cards)))


def _labels(booklet: CheckedContent) -> tuple[str, ...]:
    """The words of the program that give advice, those that this booklet prints."""
    said = set(_ALWAYS_SAID)
    for part in (part for named in booklet.sections for part in parts(named.section)):
        if isinstance(part, Callout):
            said.add(f"tone_{part.tone}")
        elif isinstance(part, Treatment):
            said |= {
                name for name in type(booklet.labels).model_fields if name.startswith("treatment_")
            }
        elif isinstance(part, Story):
            said.add("read_story")
        elif isinstance(part, Detail) and part.clinic == "temperature":
            said.add("temperature")
    return tuple(name for name in type(booklet.labels).model_fields if name in said)
