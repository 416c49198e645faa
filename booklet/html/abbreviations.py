"""Abbreviations on a page: their full words said once, not at every turn.

A screen reader says the full words for every one that is marked. Nobody wants to hear "computed
tomography" ten times on a page, nor twice where the text says it itself: "computed tomography
(CT)".
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pydantic import BaseModel

from booklet.content.blocks import Block, Contacts, Glossary
from booklet.content.inline import Inline, Span, all_spans
from booklet.content.model import BookletFile, Section
from booklet.content.roles import fields_of
from booklet.content.shared_contacts import Term
from booklet.review.booklet import Booklet


def once_on_cover(booklet: Booklet) -> Booklet:
    """The booklet with each abbreviation of its title and strapline marked once."""
    about, seen = booklet.about, set[str]()
    once = {
        "title": marked_once(about.title, seen),
        "strapline": marked_once(about.strapline, seen),
    }
    return replace(booklet, about=about.model_copy(update=once))


def once_in_section(booklet: Booklet, section: Section) -> tuple[Booklet, tuple[Block, ...]]:
    """The blocks of a section, and the booklet they take cards, terms and sources from.

    Each abbreviation is marked once in all of them together, in the order they are printed.
    """
    section_once = _Once(booklet)
    blocks = section_once.part(section.blocks)
    return section_once.booklet, blocks


class _Once:
    """The abbreviations met so far in a section, and the booklet as the section prints it."""

    def __init__(self, booklet: Booklet) -> None:
        self.booklet = booklet
        self.seen: set[str] = set()

    def part(self, value: Any) -> Any:
        """A part of the model with the texts in it changed, in the order they stand."""
        if isinstance(value, Inline):
            return marked_once(value, self.seen)
        if isinstance(value, tuple):
            return tuple(map(self.part, value))
        if isinstance(value, dict):
            return {key: self.part(item) for key, item in value.items()}
        if not isinstance(value, BaseModel):
            return value
        names = type(value).model_fields
        changed = value.model_copy(update={name: self.part(getattr(value, name)) for name in names})
        self.print_with(value)
        return changed

    def print_with(self, block: BaseModel) -> None:
        """Change what a block prints that does not stand in it."""
        booklet = self.booklet
        if isinstance(block, Contacts):
            cards = {name: self.part(booklet.contacts[name]) for name in block.names}
            self.booklet = replace(booklet, contacts=booklet.contacts | cards)
        elif isinstance(block, Glossary):
            self.booklet = replace(booklet, glossary=tuple(map(self.term, booklet.glossary)))
        elif printed := {
            name: self.part(getattr(booklet.about, name))
            for name, field in fields_of(BookletFile).items()
            if field.printed_by and field.printed_by == getattr(block, "kind", None)
        }:
            self.booklet = replace(booklet, about=booklet.about.model_copy(update=printed))

    def term(self, term: Term) -> Term:
        """A term; without the words its abbreviation stands for, where they have been said."""
        full = (term.spoken_as or term.term).casefold()
        said = term.short in self.seen or term.term.casefold().endswith(full)
        if term.short:
            self.seen.add(term.short)
        spoken = None if said else term.spoken_as
        return term.model_copy(update={"spoken_as": spoken, "meaning": self.part(term.meaning)})


def marked_once(text: Inline, seen: set[str]) -> Inline:
    """The text without the marks of abbreviations that were seen before, or that it says itself.

    Those it has are added to `seen`.
    """
    if all(span.kind != "abbreviation" for span in all_spans(text.spans)):
        return text
    return replace(text, spans=tuple(_once(text.spans, text.plain, 0, seen)))


def _once(spans: tuple[Span, ...], words: str, at: int, seen: set[str]) -> Iterator[Span]:
    """The spans, of which the first begins at this place in the words of the whole text."""
    for span in spans:
        end = at + len(span.plain)
        if span.kind == "abbreviation":
            full = span.target.casefold()
            before, behind = words[:at].casefold(), words[end:].casefold()
            said = before.endswith(f"{full} (") or behind.startswith(f" ({full}")
            yield Span("words", span.words) if said or span.words in seen else span
            seen.add(span.words)
        else:
            yield replace(span, children=tuple(_once(span.children, words, at, seen)))
        at = end
