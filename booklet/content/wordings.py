"""Every piece of text as one reader meets it, with its place in the files and its role."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from booklet.content.fields import is_for
from booklet.content.folder import Files, mapping
from booklet.content.inline import Inline, bare, words_of
from booklet.content.language import Language
from booklet.content.letter import LetterFile
from booklet.content.model import BookletFile, CheckedContent
from booklet.content.roles import LAYOUT, ReadAs, Written, walk
from booklet.content.yaml_source import Route, Source
from booklet.editions import Audience
from booklet.problems import Problem


@dataclass(frozen=True, slots=True)
class Wording:
    """One piece of text.

    `route` is the way to it in `source`, its file; `role` is how the word check reads it;
    `section` is the id of its section, empty for what stands in none.
    """

    source: Source
    route: Route
    role: ReadAs
    section: str
    text: Inline

    @property
    def words(self) -> str:
        """The words as they are read, without the addresses that print adds."""
        return words_of(self.text.spans)

    @property
    def own_words(self) -> str:
        """The words without links to telephone numbers and without other languages."""
        return words_of(self.text.spans, without=("phone", "phrase"))

    def problem(self, message: str) -> Problem:
        """A problem at the place of this text."""
        return self.source.problem(message, self.route)


def wordings(booklet: CheckedContent, files: Files) -> tuple[Wording, ...]:
    """Every text of the booklet in the order its reader meets it, the cover first."""
    language = Language(booklet.about.language)
    found = []
    for section, source, each in _with_file(booklet, files):
        if role := each.field.role.checked:
            route = _in_file(source, each.route, booklet.audience)
            # A clinic's profile is printed as it was typed.
            text = each.value if isinstance(each.value, Inline) else bare(each.value, language)
            found.append(Wording(source, route, role, section, text))
    return tuple(found)


def letter_wordings(
    letter: LetterFile, source: Source, name: str, audience: Audience
) -> tuple[Wording, ...]:
    """Every text of a letter as one reader gets it, in its order; `name` stands for its section."""
    return tuple(
        Wording(source, _in_file(source, each.route, audience), role, name, each.value)
        for each in walk(letter, LetterFile)
        if (role := each.field.role.checked) and isinstance(each.value, Inline)
    )


def printed(booklet: CheckedContent, files: Files) -> Iterator[tuple[str, str]]:
    """Every piece of text as it is printed, names, numbers and addresses too, with its place."""
    for _, source, each in _with_file(booklet, files):
        if isinstance(each.value, Inline | str) and each.field.role != LAYOUT:
            route = _in_file(source, each.route, booklet.audience)
            yield str(each.value), source.problem("", route).place


def pictures_shown(booklet: CheckedContent, files: Files) -> Iterator[tuple[str, Source, Route]]:
    """The name of every picture that is shown, in its order, with the file and the way to it."""
    for _, source, each in _with_file(booklet, files):
        if each.field.role.picture:
            yield each.value, source, _in_file(source, each.route, booklet.audience)


def _with_file(booklet: CheckedContent, files: Files) -> Iterator[tuple[str, Source, Written]]:
    """Everything that is printed, with the id of its section and the file it stands in."""
    shared = {
        "about": files.about,
        "contacts": files.contacts,
        "glossary": files.glossary,
        "clinic": files.clinic,
    }
    for section, file, each in in_reading_order(booklet):
        yield section, shared.get(file) or files.sections[section], each


File = Literal["about", "section", "contacts", "glossary", "clinic"]


def in_reading_order(booklet: CheckedContent) -> Iterator[tuple[str, File, Written]]:
    """Everything that is printed, with the id of its section (empty outside one) and its file."""
    yield from (("", "about", each) for each in _about(booklet, None))
    for named in booklet.sections:
        for each in walk(named.section, type(named.section)):
            yield named.id, "section", each
            for file, others in _printed_by(each, booklet):
                yield from ((named.id, file, other) for other in others)
    if booklet.clinic:
        yield from (("", "clinic", each) for each in walk(booklet.clinic, type(booklet.clinic)))


def _about(booklet: CheckedContent, kind: str | None) -> Iterator[Written]:
    """What of `booklet.yaml` is printed by a kind of block, or by none."""
    return walk(booklet.about, BookletFile, only=lambda field: field.printed_by == kind)


def _printed_by(each: Written, booklet: CheckedContent) -> Iterator[tuple[File, Iterator[Written]]]:
    """What a block prints of other files, at the key that says so."""
    if each.field.name == "kind":
        yield "about", _about(booklet, each.value)
    if each.field.name == "kind" and each.value == "glossary":
        for term in booklet.glossary:
            yield "glossary", walk(term, type(term), ("terms", term.term))
    if each.field.name == "names":
        card = booklet.contacts[each.value]
        yield "contacts", walk(card, type(card), ("contacts", each.value))


def _in_file(source: Source, route: Route, audience: Audience) -> Route:
    """The way in a file to what stands at this way in the part that one reader has.

    A list in the file also has the other reader's entries, and a passage may stand there alone;
    a term is an entry of a list, and known by its name.
    """
    here, found = source.values, []
    for step in route:
        if isinstance(here, list):
            mine = [
                at for at, item in enumerate(here) if is_for(mapping(item).get("for"), audience)
            ]
            terms = (mapping(item).get("term", "").strip() for item in here)
            step = mine[step] if isinstance(step, int) else list(terms).index(step)
        elif isinstance(step, int):
            continue
        here = here[step]
        found.append(step)
    return source.route((*found, audience))
