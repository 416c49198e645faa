"""What a screen reader would say of a tagged PDF, in order.

Roles come before the words, ends are said of what can be long, the way NVDA and VoiceOver do.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from booklet.check.evidence import Evidence
from booklet.check.lines import INLINE, touch
from booklet.check.tree import Element, LinkTo
from booklet.check.values import Mark, Run

Kind = Literal["words", "item", "start", "end"]

LANGUAGES = {
    "ar": "Arabic", "bn": "Bengali", "cy": "Welsh", "de": "German", "en": "English",
    "es": "Spanish", "fr": "French", "ga": "Irish", "gd": "Scottish Gaelic", "gu": "Gujarati",
    "hi": "Hindi", "it": "Italian", "la": "Latin", "pa": "Punjabi", "pl": "Polish",
    "pt": "Portuguese", "ro": "Romanian", "so": "Somali", "ta": "Tamil", "tr": "Turkish",
    "uk": "Ukrainian", "ur": "Urdu", "zh": "Chinese",
}  # fmt: skip


LONGEST_BULLET = 4
"""Characters of a label up to which it is a bullet or a number; a longer one is a term."""


@dataclass(frozen=True, slots=True)
class Said:
    """One thing said. `role` is how it is announced, `words` what follows, `page` where it is.

    `plain` are the words as printed, without what is announced within them: links, expansions,
    languages.

    `kind` tells words and items of lists from the start and the end of a list or another group.
    """

    role: str
    words: str
    depth: int
    page: int
    kind: Kind = "words"
    plain: str = ""

    def __str__(self) -> str:
        link = " " if self.kind == "item" else ": "
        parts = [part for part in (self.role, self.words) if part]
        return "  " * self.depth + link.join(parts)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words of a phrase and the runs they begin and end with, to know where spaces belong."""

    words: str
    plain: str
    first: Run | None
    last: Run | None


@dataclass(frozen=True, slots=True)
class _Voice:
    """Where the reader is: how deep, in which language, and in which file."""

    evidence: Evidence
    depth: int
    language: str

    def deeper(self) -> "_Voice":
        return replace(self, depth=self.depth + 1)


def speak(evidence: Evidence) -> tuple[Said, ...]:
    """All that is said of a file, from its title on; an untagged file has only its title said."""
    told = evidence.document.language
    opening = Said("Document", _with_language(evidence.document.title or "no title", told), 0, 1)
    if evidence.tree is None:
        warning = "nothing: the file has no structure, software can only guess what to say"
        return (opening, Said("", warning, 0, 1))
    return (opening, *_inside(evidence.tree, _Voice(evidence, 0, told)))


def transcript(said: Sequence[Said], labels: Sequence[str] = ()) -> Iterator[str]:
    """What is said as lines to print; with `labels`, the page labels, page changes are said too."""
    page = 0
    for one in said:
        if labels and one.page > page:
            page = one.page
            yield f"— Page {labels[page - 1]} —"
        yield str(one)


def _with_language(words: str, code: str) -> str:
    return f"{words}, in {_language(code)}" if code else f"{words}, in a language it does not say"


def _language(code: str) -> str:
    """A language's name.

    >>> _language("en-GB"), _language("tlh")
    ('English', 'tlh')
    """
    return LANGUAGES.get(code.split("-")[0].lower(), code)


def _inside(element: Element, voice: _Voice, role: str = "") -> Iterator[Said]:
    """The children of an element: phrases of its own words, and blocks below it."""
    phrase: list[Element | Mark] = []
    for child in element.children:
        if isinstance(child, Mark) or (isinstance(child, Element) and _is_phrase(child)):
            phrase.append(child)
        elif isinstance(child, Element):
            yield from _phrase(phrase, voice, role)
            phrase = []
            yield from _block(child, voice)
    yield from _phrase(phrase, voice, role)


def _is_phrase(element: Element) -> bool:
    return element.role in INLINE and all(_is_phrase(child) for child in element.elements)


def _phrase(parts: Sequence[Element | Mark], voice: _Voice, role: str) -> Iterator[Said]:
    pieces = [piece for part in parts for piece in _pieces(part, voice)]
    words, plain = (" ".join(text.split()) for text in _joined(pieces))
    if words:
        pages = [piece.first.page for piece in pieces if piece.first is not None]
        yield Said(role, words, voice.depth, min(pages, default=0), plain=plain)


def _pieces(part: Element | Mark, voice: _Voice) -> Iterator[_Piece]:
    if isinstance(part, Mark):
        for run in voice.evidence.marked.get(part, ()):
            yield _Piece(run.text, run.text, run, run)
        return
    inner = replace(voice, language=part.language or voice.language)
    pieces = [
        piece
        for child in part.children
        if not isinstance(child, LinkTo)
        for piece in _pieces(child, inner)
    ]
    if not pieces and part.actual is None and part.alt is None:
        return
    words, plain = _joined(pieces)
    if part.actual is not None or part.alt is not None:
        words = plain = part.actual if part.actual is not None else part.alt or ""
    first = pieces[0].first if pieces else None
    last = pieces[-1].last if pieces else None
    yield _Piece(_dressed(words, part, voice), plain, first, last)


def _dressed(words: str, part: Element, voice: _Voice) -> str:
    """A phrase with what is announced of it: link and purpose, expansion, language.

    Spaces at its ends stay at its ends.
    """
    core = words.strip()
    before, _, after = words.partition(core) if core else ("", "", words)
    return before + _announced(core, part, voice) + after


def _announced(words: str, part: Element, voice: _Voice) -> str:
    if part.expansion:
        words = f"{words} [{part.expansion}]"
    if part.language and part.language != voice.language:
        words = f"[{_language(part.language)}: {words}]"
    if part.role != "Link":
        return words
    targets = [link for link in part.children if isinstance(link, LinkTo)]
    purpose = targets[0].contents.strip() if targets else ""
    return f"[link: {purpose}] {words}" if purpose and purpose != words else f"[link] {words}"


def _joined(pieces: Sequence[_Piece]) -> tuple[str, str]:
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


def _block(element: Element, voice: _Voice) -> Iterator[Said]:
    if element.language and element.language != voice.language:
        yield Said(f"In {_language(element.language)}", "", voice.depth, element.page, "start")
        voice = replace(voice, language=element.language)
    if element.actual is not None:
        yield Said("", element.actual, voice.depth, element.page)
    else:
        yield from _SPOKEN.get(element.role, _group)(element, voice)


def _group(element: Element, voice: _Voice) -> Iterator[Said]:
    """A section: silent, unless it has a role of its own such as a callout."""
    if element.raw == element.role or element.role in INLINE:
        yield from _inside(element, voice)
    else:
        yield from _bounded(_spaced(element.raw), element, voice)


def _spaced(name: str) -> str:
    """A role's name as words.

    >>> _spaced("TreatmentCard")
    'Treatment card'
    """
    return re.sub(r"(?<=[a-z])[-_]?([A-Z])", r" \1", name).replace("-", " ").capitalize()


def _bounded(name: str, element: Element, voice: _Voice, count: str = "") -> Iterator[Said]:
    title = f"{name}{count}" + (f", {element.title}" if element.title else "")
    yield Said(title, "", voice.depth, element.page, "start")
    yield from _inside(element, voice.deeper())
    yield Said(f"End of {name.lower()}", "", voice.depth, element.page, "end")


def _paragraph(element: Element, voice: _Voice) -> Iterator[Said]:
    role = "" if element.raw == element.role else _spaced(element.raw)
    yield from _inside(element, voice, role)


def _heading(element: Element, voice: _Voice) -> Iterator[Said]:
    yield from _inside(element, voice, f"Heading level {element.role[1:] or '?'}")


def _named(name: str) -> Callable[[Element, _Voice], Iterator[Said]]:
    return lambda element, voice: _inside(element, voice, name)


def _list(element: Element, voice: _Voice) -> Iterator[Said]:
    items = sum(child.role == "LI" for child in element.elements)
    yield from _bounded("List", element, voice, f" of {items} {'item' if items == 1 else 'items'}")


def _item(element: Element, voice: _Voice) -> Iterator[Said]:
    """An item: its label, then its body; what follows its first words is one step further in."""
    labels = [child for child in element.elements if child.role == "Lbl"]
    label = " ".join(said.words for one in labels for said in _inside(one, voice)) or "•"
    body = replace(element, children=tuple(c for c in element.children if c not in labels))
    said = list(_inside(body, voice))
    mark = label if len(label) <= LONGEST_BULLET else f"{label}:"
    if not said or said[0].role or said[0].kind != "words":
        yield Said(mark, "", voice.depth, element.page, "item")
    elif said:
        yield replace(said.pop(0), role=mark, kind="item")
    yield from (replace(one, depth=one.depth + 1) for one in said)


def _contents(element: Element, voice: _Voice) -> Iterator[Said]:
    entries = sum(child.role == "TOCI" for child in element.elements)
    count = f" of {entries} {'entry' if entries == 1 else 'entries'}"
    yield from _bounded("Contents", element, voice, count)


def _figure(element: Element, voice: _Voice) -> Iterator[Said]:
    yield Said("Picture", element.alt or "no words in its place", voice.depth, element.page)
    blocks = tuple(child for child in element.elements if child.role == "Caption")
    yield from _inside(replace(element, children=blocks), voice)


def _table(element: Element, voice: _Voice) -> Iterator[Said]:
    rows = [child for child in element.walk() if child.role == "TR"]
    columns = max((len(row.elements) for row in rows), default=0)
    yield Said(
        f"Table of {len(rows)} rows and {columns} columns", "", voice.depth, element.page, "start"
    )
    captions = tuple(child for child in element.elements if child.role == "Caption")
    yield from _inside(replace(element, children=captions), voice.deeper())
    heads: dict[int, str] = {}
    for row in rows:
        yield from _row(row, heads, voice.deeper())
    yield Said("End of table", "", voice.depth, element.page, "end")


def _row(row: Element, heads: dict[int, str], voice: _Voice) -> Iterator[Said]:
    """The cells of a row, each with the headings above it and beside it."""
    beside, column = "", 0
    for cell in row.elements:
        words = " ".join(str(said).strip() for said in _inside(cell, voice))
        if cell.role == "TH" and cell.attributes.get("Scope") == "/Row":
            beside = words
        elif cell.role == "TH":
            heads[column] = words
        role = (
            "Heading cell"
            if cell.role == "TH"
            else ", ".join(head for head in (beside, heads.get(column, "")) if head)
        )
        yield Said(role or "Cell", words or "blank", voice.depth, cell.page or row.page)
        column += int(cell.attributes.get("ColSpan", 1))


_SPOKEN: dict[str, Callable[[Element, _Voice], Iterator[Said]]] = {
    **dict.fromkeys(("H", "H1", "H2", "H3", "H4", "H5", "H6"), _heading),
    "P": _paragraph,
    "L": _list,
    "LI": _item,
    "LBody": _inside,
    "TOC": _contents,
    "TOCI": _inside,
    "Figure": _figure,
    "Formula": _figure,
    "Table": _table,
    "Caption": _named("Caption"),
    "Note": _named("Note"),
    "BlockQuote": lambda element, voice: _bounded("Quotation", element, voice),
}
