"""A piece of text as the parts it is made of, and as HTML."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from booklet.content.addresses import broken_at_slashes, printed_address
from booklet.content.language import Language
from booklet.content.unbreakable import abbreviation, kept_whole, said_in, turned

Kind = Literal["words", "term", "abbreviation", "phrase", "section", "phone", "web"]
"""A term of the glossary; an abbreviation; a phrase in another language; a link to a section, to a
telephone number, to a page on the web; or words that are none of these."""
_LINKS = ("section", "phone", "web")


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a text that is one thing.

    `words` are its own words, and empty where it is made of `children`. `target` is where a link
    leads (`#section`, `tel:…`, `https://…`), or the full words of an abbreviation. `language` is
    the tag of a phrase in another one.
    """

    kind: Kind
    words: str = ""
    target: str = ""
    language: str = ""
    children: tuple["Span", ...] = ()

    @property
    def address(self) -> str:
        """The address that print adds behind the words of a link to the web."""
        # A link without words of its own has the address for its words already.
        return printed_address(self.target) if self.kind == "web" and self.children else ""

    @property
    def plain(self) -> str:
        """The words as they are printed."""
        words = self.words + "".join(child.plain for child in self.children)
        return f"{words} ({self.address})" if self.address else words


def words_of(spans: Iterable[Span], without: Collection[Kind] = ()) -> str:
    """The words as they are read; a space for each span of a kind that is left out."""
    return "".join(
        " " if span.kind in without else span.words + words_of(span.children, without)
        for span in spans
    )


def all_spans(spans: Iterable[Span]) -> Iterator[Span]:
    """Each span, and those it is made of."""
    for span in spans:
        yield span
        yield from all_spans(span.children)


def by_language(spans: Iterable[Span], tag: str) -> Iterator[tuple[str, str]]:
    """Each piece of the words with the tag of its language; `tag` is that of the text."""
    for span in spans:
        own = span.language or tag
        yield own, span.words + span.address
        yield from by_language(span.children, own)


@dataclass(frozen=True, slots=True)
class Inline:
    """A piece of text.

    `source` is the text as it was written, `language` the one it is written in; `page_reference`
    is the label behind a link to a section, where `{page}` stands for its page number.
    """

    source: str
    spans: tuple[Span, ...]
    language: Language
    page_reference: str = ""

    @property
    def plain(self) -> str:
        """The words as they are printed."""
        return "".join(span.plain for span in self.spans)

    @property
    def links(self) -> tuple[tuple[str, str], ...]:
        """Where each link leads, and its words."""
        found = (span for span in all_spans(self.spans) if span.kind in _LINKS)
        return tuple((span.target, words_of((span,))) for span in found)

    @property
    def terms(self) -> tuple[str, ...]:
        """The words marked as a term."""
        return tuple(words_of((span,)) for span in all_spans(self.spans) if span.kind == "term")

    @property
    def html(self) -> Markup:
        """The text as safe HTML."""
        return Markup("").join(map(self._printed, self.spans))

    def __html__(self) -> str:
        return str(self.html)

    def __str__(self) -> str:
        return self.plain

    def _printed(self, span: Span) -> Markup:
        words = Markup("").join(map(self._printed, span.children))
        # Words of its own are an address or a number: they keep their own direction.
        turn = turned(span.words, self.language) if span.words else ""
        match span.kind:
            case "words":
                return kept_whole(span.words, self.language)
            case "term":
                return Markup("<strong>{}</strong>").format(words)
            case "abbreviation":
                return abbreviation(span.words, span.target, self.language)
            case "phrase":
                return said_in(words, Language(span.language), self.language)
            case "section":
                link = Markup('<a class="xref" data-before="{}" data-after="{}" href="{}">{}</a>')
                return link.format(*around("page", self.page_reference), span.target, words)
            case "phone":
                link = Markup('<a class="keep"{} href="{}">{}</a>')
                return link.format(turn, span.target, words or span.words)
            case "web":
                link = Markup('<a{} href="{}">{}</a>')
                link = link.format(turn, span.target, words or broken_at_slashes(span.words))
                # The address stands behind words of another kind, in brackets.
                turn = turned(span.address, self.language)
                inner = Markup("<bdi{}>{}</bdi>") if turn else Markup("{1}")
                address = inner.format(turn, broken_at_slashes(span.address))
                behind = Markup(' <span class="address">({})</span>').format(address)
                return link + behind if span.address else link


def bare(words: str, language: Language) -> Inline:
    """Words as a text that is nothing else."""
    return Inline(words, (Span("words", words),), language)


def around(name: str, label: str) -> tuple[str, str]:
    """The words of a label before and after the one name in braces that style sheets fill in.

    >>> around("page", "(page {page})")
    ('(page ', ')')
    """
    before, _, after = label.partition("{" + name + "}")
    return before, after
