"""The words of a phrase as they are said: links, short forms and other languages announced."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from booklet.check.inspected_pdf import InspectedPdf
from booklet.check.lines import INLINE, touch
from booklet.content.language import language_of
from booklet.pdf.page_model import Mark, TextRun
from booklet.pdf.tree import Element, LinkTo


@dataclass(frozen=True, slots=True)
class SpokenWords:
    """Words of a phrase, and what they stand on, to know where spaces belong."""

    words: str  # What is said
    first: TextRun | None  # The printed text they begin with, where they are printed
    last: TextRun | None  # The printed text they end with


@dataclass(frozen=True, slots=True)
class Voice:
    """Where the reader is."""

    pdf: InspectedPdf  # The file that is read
    depth: int  # How many groups it is in
    language: str  # The language that was last announced, as a tag

    def deeper(self) -> "Voice":
        """The same voice, one step further in."""
        return replace(self, depth=self.depth + 1)

    def changes_to(self, language: str | None) -> bool:
        """Whether a language has to be announced."""
        return bool(language) and language_name(language or "") != language_name(self.language)


def language_name(tag: str) -> str:
    """A language's name, without where it is spoken.

    >>> language_name("en-GB"), language_name("xx")
    ('English', 'xx')
    """
    language = language_of(tag.split("-")[0].lower())
    return language.name if language else tag


def is_phrase(element: Element) -> bool:
    """Whether an element and all within it stand in a line of text."""
    return element.role in INLINE and all(is_phrase(child) for child in element.elements)


def spoken(part: Element | Mark | LinkTo, voice: Voice) -> Iterator[SpokenWords]:
    """The words of a part of a phrase, each with what is announced of it."""
    if isinstance(part, Mark):
        yield from (SpokenWords(run.text, run, run) for run in voice.pdf.marked.get(part, ()))
    elif isinstance(part, Element):
        inner = replace(voice, language=part.language or voice.language)
        within = [each for child in part.children for each in spoken(child, inner)]
        own = part.actual if part.actual is not None else part.alt
        if within or own is not None or part.role == "Link":
            words = joined_words(within) if own is None else own
            first, last = (within[0].first, within[-1].last) if within else (None, None)
            yield SpokenWords(_announced(words, part, voice), first, last)


def _announced(words: str, part: Element, voice: Voice) -> str:
    """A phrase with what is announced of it: link and purpose, expansion, language.

    Spaces at its ends stay at its ends.
    """
    core = words.strip()
    before, _, after = words.partition(core) if core else ("", "", words)
    if part.expansion:
        core = f"{core} [{part.expansion}]"
    if voice.changes_to(part.language):
        core = f"[{language_name(part.language or '')}: {core}]"
    return before + (link_words(core, part, voice) if part.role == "Link" else core) + after


def link_words(words: str, part: Element, voice: Voice) -> str:
    """A link's words with its purpose before them."""
    targets = [link for link in part.children if isinstance(link, LinkTo)]
    purpose = _purpose(targets[0], voice) if targets else ""
    if not words:
        return f"[link: {purpose}, no words]" if purpose else "[link: no words]"
    return f"[link: {purpose}] {words}" if purpose and purpose != words else f"[link] {words}"


def _purpose(target: LinkTo, voice: Voice) -> str:
    """What a link says of itself, else where it leads."""
    found = (link for link in voice.pdf.document.links if link.number == target.number)
    leads = (link.to or (f"page {link.target}" if link.target else "") for link in found)
    return target.contents.strip() or next(leads, "")


def joined_words(parts: Sequence[SpokenWords]) -> str:
    """Words in one; spaces where the page shows them."""
    words, last = "", None
    for part in parts:
        parted = last is not None and part.first is not None and not touch(last, part.first)
        words += " " * parted + part.words
        last = part.last or last
    return words.replace("\u00a0", " ").replace("\u00ad", "")
