"""Every piece of text as one reader meets it, with its place in the files and its role."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from booklet.content.folder import Files
from booklet.content.inline import Inline, Span, words_of
from booklet.content.language import Language
from booklet.content.model import Booklet, BookletFile
from booklet.content.roles import ReadAs, Written, fields_of, walk
from booklet.content.yaml_source import Route, Source
from booklet.editions import Audience
from booklet.problems import Problem, Severity


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

    @property
    def links(self) -> tuple[tuple[str, str], ...]:
        """Where each link leads, and its words."""
        return self.text.links

    @property
    def terms(self) -> tuple[str, ...]:
        """The words marked as a term, in bold."""
        return self.text.terms

    def problem(self, message: str, severity: Severity) -> Problem:
        """A problem at the place of this text."""
        return replace(self.source.problem(message, self.route), severity=severity)


def wordings(booklet: Booklet, files: Files) -> tuple[Wording, ...]:
    """Every text of the booklet in the order its reader meets it, the cover first."""
    language = Language(booklet.about.language)
    return tuple(
        Wording(
            source,
            _in_file(source, each.route, booklet.audience),
            each.field.role.checked,
            section,
            # A clinic's profile is printed as it was typed.
            each.value if isinstance(each.value, Inline) else _bare(each.value, language),
        )
        for section, source, each in _in_reading_order(booklet, files)
        if each.field.role.checked
    )


def _bare(words: str, language: Language) -> Inline:
    return Inline(words, (Span("words", words),), language)


def _in_reading_order(booklet: Booklet, files: Files) -> Iterator[tuple[str, Source, Written]]:
    """Everything written, with the id of its section and its file."""
    yield from (("", files.about, each) for each in _about(booklet, None))
    for named in booklet.sections:
        for each in walk(named.section, type(named.section)):
            yield named.id, files.sections[named.id], each
            for source, other in _printed_by(each, booklet, files):
                yield named.id, source, other
    if booklet.clinic and files.clinic:
        yield from (("", files.clinic, each) for each in walk(booklet.clinic, type(booklet.clinic)))


def _about(booklet: Booklet, kind: str | None) -> Iterator[Written]:
    """What of `booklet.yaml` is printed by a kind of block, or by none."""
    fields = fields_of(BookletFile)
    found = walk(booklet.about, BookletFile)
    return (each for each in found if fields[str(each.route[0])].printed_by == kind)


def _printed_by(each: Written, booklet: Booklet, files: Files) -> Iterator[tuple[Source, Written]]:
    """What a block prints of other files, at the key that says so."""
    if each.field.name == "kind":
        yield from ((files.about, other) for other in _about(booklet, each.value))
    if each.value == "glossary" and each.field.name == "kind":
        places = {
            str(raw["term"]).strip(): place
            for place, raw in enumerate(files.glossary.values["terms"])
        }
        for term in booklet.glossary:
            route = ("terms", places[term.term])
            yield from ((files.glossary, other) for other in walk(term, type(term), route))
    if each.field.name == "names":
        card = booklet.contacts[each.value]
        found = walk(card, type(card), ("contacts", each.value))
        yield from ((files.contacts, other) for other in found)


def _in_file(source: Source, route: Route, audience: Audience) -> Route:
    """The way in a file to what stands at this way in the part that one reader has.

    A list in the file also has the other reader's entries, and a passage may stand there alone.
    """
    here, found = source.values, []
    for step in route:
        if isinstance(step, int):
            if not isinstance(here, list):
                continue
            step = [place for place, item in enumerate(here) if _is_for(item, audience)][step]
        here = here[step]
        found.append(step)
    return source.route((*found, audience))


def _is_for(item: object, audience: Audience) -> bool:
    return not isinstance(item, dict) or item.get("for") in (None, audience)
