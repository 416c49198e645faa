"""The words of a phrase as they are said: links, short forms and other languages announced."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from booklet.check.inspected_pdf import InspectedPdf
from booklet.check.lines import INLINE, touch
from booklet.check.page_model import Mark, Run
from booklet.check.tree import Element, LinkTo

LANGUAGES = {
    "ar": "Arabic", "bn": "Bengali", "cy": "Welsh", "de": "German", "en": "English",
    "es": "Spanish", "fr": "French", "ga": "Irish", "gd": "Scottish Gaelic", "gu": "Gujarati",
    "hi": "Hindi", "it": "Italian", "la": "Latin", "pa": "Punjabi", "pl": "Polish",
    "pt": "Portuguese", "ro": "Romanian", "so": "Somali", "ta": "Tamil", "tr": "Turkish",
    "uk": "Ukrainian", "ur": "Urdu", "zh": "Chinese",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a phrase and the runs they begin and end with, to know where spaces belong."""

    words: str
    plain: str
    first: Run | None
    last: Run | None


@dataclass(frozen=True, slots=True)
class Voice:
    """Where the reader is: how deep, in which language, and in which file."""

    evidence: InspectedPdf
    depth: int
    language: str

    def deeper(self) -> "Voice":
        """The same voice, one step further in."""
        return replace(self, depth=self.depth + 1)


def language_name(code: str) -> str:
    """A language's name.

    >>> language_name("en-GB"), language_name("tlh")
    ('English', 'tlh')
    """
    return LANGUAGES.get(code.split("-")[0].lower(), code)


def is_phrase(element: Element) -> bool:
    """Whether an element and all within it stand in a line of text."""
    return element.role in INLINE and all(is_phrase(child) for child in element.elements)


def pieces_of(part: Element | Mark, voice: Voice) -> Iterator[Piece]:
    """The words of a part of a phrase, each with what is announced of it."""
    if isinstance(part, Mark):
        for run in voice.evidence.marked.get(part, ()):
            yield Piece(run.text, run.text, run, run)
        return
    inner = replace(voice, language=part.language or voice.language)
    pieces = [
        piece
        for child in part.children
        if not isinstance(child, LinkTo)
        for piece in pieces_of(child, inner)
    ]
    if not pieces and part.actual is None and part.alt is None:
        if part.role == "Link":
            yield Piece(_announced("", part, voice), "", None, None)
        return
    words, plain = joined_pieces(pieces)
    if part.actual is not None or part.alt is not None:
        words = plain = part.actual if part.actual is not None else part.alt or ""
    first = pieces[0].first if pieces else None
    last = pieces[-1].last if pieces else None
    yield Piece(_dressed(words, part, voice), plain, first, last)


def _dressed(words: str, part: Element, voice: Voice) -> str:
    """A phrase with what is announced of it: link and purpose, expansion, language.

    Spaces at its ends stay at its ends.
    """
    core = words.strip()
    before, _, after = words.partition(core) if core else ("", "", words)
    return before + _announced(core, part, voice) + after


def _announced(words: str, part: Element, voice: Voice) -> str:
    if part.expansion:
        words = f"{words} [{part.expansion}]"
    if part.language and language_name(part.language) != language_name(voice.language):
        words = f"[{language_name(part.language)}: {words}]"
    return link_words(words, part, voice) if part.role == "Link" else words


def link_words(words: str, part: Element, voice: Voice) -> str:
    """A link's words with its purpose before them."""
    targets = [link for link in part.children if isinstance(link, LinkTo)]
    purpose = _purpose(targets[0], voice) if targets else ""
    if not words:
        return f"[link: {purpose}, no words]" if purpose else "[link: no words]"
    return f"[link: {purpose}] {words}" if purpose and purpose != words else f"[link] {words}"


def _purpose(target: LinkTo, voice: Voice) -> str:
    """What a link says of itself, else where it leads."""
    if target.contents.strip():
        return target.contents.strip()
    links = voice.evidence.document.links
    found = next((link for link in links if link.number == target.number), None)
    if found is None:
        return ""
    return found.to or (f"page {found.target}" if found.target else "")


def joined_pieces(pieces: Sequence[Piece]) -> tuple[str, str]:
    """Pieces in one, as said and as printed; spaces where the page shows them."""
    words, plain, last = "", "", None
    for piece in pieces:
        parted = last is not None and piece.first is not None and not touch(last, piece.first)
        space = " " if parted else ""
        words, plain = words + space + piece.words, plain + space + piece.plain
        last = piece.last or last
    return _spoken_spaces(words), _spoken_spaces(plain)


def _spoken_spaces(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u00ad", "")
