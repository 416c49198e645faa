"""Every piece of text as one reader meets it, with its place in the files and its role."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from pydantic import BaseModel

from booklet.content.language import Language
from booklet.content.load import Files
from booklet.content.markup import Inline
from booklet.content.model import CheckedContent, Contacts, Glossary, Record, Sources
from booklet.content.unbreakable import kept_whole
from booklet.content.yaml_source import Route, Source
from booklet.editions import Audience
from booklet.problems import Problem

_ADDRESS = re.compile(r' ?<span class="address">.*?</span>')
_FOREIGN = re.compile(r'<span lang="[^"]*"[^>]*>.*?</span>')
_LINK = re.compile(r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>')
_TAG = re.compile("<[^>]+>|\u200b")


@dataclass(frozen=True, slots=True)
class Wording:
    """One piece of text.

    `role` is the kind of block and the key it stands under (`paragraph.text`, `section.title`);
    `section` is the id of its section, empty for what stands in none.
    """

    source: Source
    route: Route
    role: str
    section: str
    text: Inline

    @property
    def words(self) -> str:
        """The words as they are read, without the addresses that print adds."""
        return _bare(_ADDRESS.sub("", self.text.html))

    @property
    def own_words(self) -> str:
        """The words without links to telephone numbers and without other languages."""
        html = _ADDRESS.sub("", _FOREIGN.sub(" ", self.text.html))
        return _bare(re.sub(r'<a [^>]*href="tel:[^"]*"[^>]*>.*?</a>', " ", html))

    @property
    def links(self) -> tuple[tuple[str, str], ...]:
        """Where each link leads, and its words."""
        return tuple((unescape(to), _bare(words)) for to, words in _LINK.findall(self.text.html))

    @property
    def terms(self) -> tuple[str, ...]:
        """The words marked as a term, in bold."""
        return tuple(
            _bare(words) for words in re.findall(r"<strong>(.*?)</strong>", self.text.html)
        )

    def problem(self, message: str) -> Problem:
        """A problem at the place of this text."""
        return self.source.problem(message, self.route)


def _bare(html: str) -> str:
    return unescape(_TAG.sub("", html))


def wordings(booklet: CheckedContent, files: Files) -> tuple[Wording, ...]:
    """Every text of the booklet in the order its reader meets it, the cover first."""
    about = _Walk(files.about, "", booklet, files)
    found = list(about.fields(booklet.about, (), _COVER))
    for named in booklet.sections:
        found += _Walk(files.sections[named.id], named.id, booklet, files).part(named.section, ())
    if booklet.clinic and files.clinic:
        found += _as_typed(files.clinic, (), booklet.clinic, Language(booklet.about.language))
    return tuple(found)


#: What a profile says in words of its own; the rest of it is names and numbers.
_SAID_BY_A_CLINIC = ("hours", "interpreters", "feedback")


def _as_typed(
    source: Source, route: Route, part: BaseModel, language: Language
) -> Iterator[Wording]:
    """The sentences of a profile, which are printed as they were typed."""
    for key in type(part).model_fields:
        value = getattr(part, key)
        if key in _SAID_BY_A_CLINIC and value:
            text = Inline(value, kept_whole(value, language), value)
            yield Wording(source, (*route, key), f"clinic.{key}", "", text)
        elif isinstance(value, BaseModel):
            yield from _as_typed(source, (*route, key), value, language)
        elif isinstance(value, tuple):
            for index, each in enumerate(value):
                yield from _as_typed(source, (*route, key, index), each, language)


_COVER = ("title", "strapline", "running_head", "description", "cover")
_RECORD = ("feedback", "rights")


@dataclass(frozen=True, slots=True)
class _Walk:
    """Walks a part of the model beside the values it was made from."""

    source: Source
    section: str
    booklet: CheckedContent
    files: Files

    def part(self, part: BaseModel, route: Route) -> Iterator[Wording]:
        yield from self.fields(part, route, tuple(type(part).model_fields))
        if isinstance(part, Contacts):
            for name in part.names:
                known = self.booklet.contacts[name]
                yield from self.within(self.files.house).part(known, ("contacts", name))
        elif isinstance(part, Glossary):
            terms = self.files.glossary.values["terms"]
            for term in self.booklet.glossary:
                index = next(i for i, raw in enumerate(terms) if raw["term"] == term.term)
                yield from self.within(self.files.glossary).part(term, ("terms", index))
        elif isinstance(part, Sources):
            yield from self.within(self.files.about).fields(self.booklet.about, (), ("sources",))
        elif isinstance(part, Record):
            yield from self.within(self.files.about).fields(self.booklet.about, (), _RECORD)

    def within(self, source: Source) -> "_Walk":
        """The same walk through another file."""
        return _Walk(source, self.section, self.booklet, self.files)

    def fields(self, part: BaseModel, route: Route, names: tuple[str, ...]) -> Iterator[Wording]:
        kind = str(getattr(part, "kind", type(part).__name__.lower()))
        for name in names:
            key = type(part).model_fields[name].alias or name
            yield from self.value(getattr(part, name), (*route, key), f"{kind}.{name}")

    def value(self, value: Any, route: Route, role: str) -> Iterator[Wording]:
        if isinstance(value, Inline):
            own = (*route, self.booklet.audience)
            yield Wording(self.source, self.source.route(own), role, self.section, value)
        elif isinstance(value, BaseModel):
            yield from self.part(value, route)
        elif isinstance(value, dict):
            for key, item in value.items():
                yield from self.value(item, (*route, key), role)
        elif isinstance(value, tuple) and value:
            raw = self.source.at(self.source.route(route))
            for item, index in zip(value, _mine(raw, self.booklet.audience), strict=True):
                yield from self.value(item, (*route, *index), role)


def _mine(raw: Any, audience: Audience) -> Iterator[Route]:
    """The way to each item of a list that this reader has; one passage is a list of one."""
    if not isinstance(raw, list):
        yield ()
        return
    for index, item in enumerate(raw):
        if not isinstance(item, dict) or item.get("for") in (None, audience):
            yield (index,)
