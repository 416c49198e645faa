"""What a screen reader would say of a tagged PDF, in order.

Roles come before the words, ends are said of what can be long, the way NVDA and VoiceOver do.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from booklet.check.inspected_pdf import InspectedPdf, inspect_pdf
from booklet.check.lines import INLINE
from booklet.check.phrase import Voice, is_phrase, joined_words, language_name, link_words, spoken
from booklet.messages import counted
from booklet.pdf.page_model import Mark
from booklet.pdf.tree import Element

Kind = Literal["words", "item", "start", "end"]

LONGEST_BULLET = 4  # Characters of a label that is a bullet or a number; a longer one is a term


@dataclass(frozen=True, slots=True)
class Said:
    """One thing said."""

    role: str  # How it is announced, or nothing
    words: str  # What follows
    depth: int  # How many groups it is in
    page: int  # Where it is printed
    kind: Kind = "words"  # Words, an item of a list, or the start or the end of a group

    def __str__(self) -> str:
        link = " " if self.kind == "item" else ": "
        parts = [part for part in (self.role, self.words) if part]
        return "  " * self.depth + link.join(parts)


def said_of(file: Path, pages: bool) -> tuple[tuple[str, ...], bool]:
    """What is said of a file as lines, with its `pages` told too, and whether it has a structure.

    `CannotRead` says why nothing can be said.
    """
    pdf = inspect_pdf(file, file.name, None)
    lines = transcript(speak(pdf), pdf.document.labels if pages else ())
    return tuple(lines), pdf.tree is not None


def speak(pdf: InspectedPdf) -> tuple[Said, ...]:
    """All that is said of a file, from its title on; an untagged file has only its title said."""
    told, title = pdf.document.language, pdf.document.title or "no title"
    language = language_name(told) if told else "a language it does not say"
    opening = Said("Document", f"{title}, in {language}", 0, 1)
    if pdf.tree is None:
        warning = "nothing: the file has no structure, software can only guess what to say"
        return (opening, Said("", warning, 0, 1))
    return (opening, *_inside(pdf.tree, Voice(pdf, 0, told)))


def transcript(said: Sequence[Said], labels: Sequence[str] = ()) -> Iterator[str]:
    """What is said as lines to print; with `labels`, the page labels, page changes are said too."""
    page = 0
    for one in said:
        if labels and one.page > page:
            page = one.page
            yield f"— Page {labels[page - 1]} —"
        yield str(one)


def _inside(element: Element, voice: Voice, role: str = "") -> Iterator[Said]:
    """The children of an element: phrases of its own words, and blocks below it."""
    phrase: list[Element | Mark] = []
    for child in element.children:
        if isinstance(child, Mark) or (isinstance(child, Element) and is_phrase(child)):
            phrase.append(child)
        elif isinstance(child, Element):
            yield from _phrase(phrase, voice, role)
            phrase = []
            yield from _block(child, voice)
    yield from _phrase(phrase, voice, role)


def _phrase(parts: Sequence[Element | Mark], voice: Voice, role: str) -> Iterator[Said]:
    said = [each for part in parts for each in spoken(part, voice)]
    if words := " ".join(joined_words(said).split()):
        pages = [each.first.page for each in said if each.first is not None]
        yield Said(role, words, voice.depth, min(pages, default=0))


def _block(element: Element, voice: Voice) -> Iterator[Said]:
    if element.language and voice.changes_to(element.language):
        yield Said(f"In {language_name(element.language)}", "", voice.depth, element.page, "start")
        voice = replace(voice, language=element.language)
    if element.actual is not None:
        yield Said("", element.actual, voice.depth, element.page)
    else:
        yield from _SPOKEN.get(element.role, _group)(element, voice)


def _group(element: Element, voice: Voice) -> Iterator[Said]:
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


def _bounded(name: str, element: Element, voice: Voice, count: str = "") -> Iterator[Said]:
    title = f"{name}{count}" + (f", {element.title}" if element.title else "")
    yield Said(title, "", voice.depth, element.page, "start")
    yield from _inside(element, voice.deeper())
    yield Said(f"End of {name.lower()}", "", voice.depth, element.page, "end")


def _item(element: Element, voice: Voice) -> Iterator[Said]:
    """An item: its label, then its body; what follows its first words is one step further in."""
    labels = [child for child in element.elements if child.role == "Lbl"]
    label = " ".join(said.words for one in labels for said in _inside(one, voice)) or "•"
    body = replace(element, children=tuple(c for c in element.children if c not in labels))
    said = list(_inside(body, voice))
    mark = label if len(label) <= LONGEST_BULLET else f"{label}:"
    if not said or said[0].role or said[0].kind != "words":
        yield Said(mark, "", voice.depth, element.page, "item")
    else:
        yield replace(said.pop(0), role=mark, kind="item")
    yield from (replace(one, depth=one.depth + 1) for one in said)


def _figure(element: Element, voice: Voice) -> Iterator[Said]:
    yield Said("Picture", element.alt or "no words in its place", voice.depth, element.page)
    yield from _caption(element, voice)


def _caption(element: Element, voice: Voice) -> Iterator[Said]:
    captions = tuple(child for child in element.elements if child.role == "Caption")
    return _inside(replace(element, children=captions), voice)


def _link(element: Element, voice: Voice) -> Iterator[Said]:
    """A link around more than a phrase, a picture for one."""
    yield Said("", link_words("", element, voice), voice.depth, element.page)
    yield from _inside(element, voice)


def _table(element: Element, voice: Voice) -> Iterator[Said]:
    rows = [child for child in element.walk() if child.role == "TR"]
    columns = max((len(row.elements) for row in rows), default=0)
    title = f"Table of {len(rows)} rows and {columns} columns"
    yield Said(title, "", voice.depth, element.page, "start")
    yield from _caption(element, voice.deeper())
    heads: dict[int, str] = {}
    for row in rows:
        yield from _row(row, heads, voice.deeper())
    yield Said("End of table", "", voice.depth, element.page, "end")


def _row(row: Element, heads: dict[int, str], voice: Voice) -> Iterator[Said]:
    """The cells of a row, each with the headings above it and beside it."""
    beside, column = "", 0
    for cell in row.elements:
        words = " ".join(str(said).strip() for said in _inside(cell, voice))
        if cell.role == "TH" and cell.attributes.get("Scope") == "/Row":
            beside = words
        elif cell.role == "TH":
            heads[column] = words
        named = ", ".join(head for head in (beside, heads.get(column, "")) if head)
        role = "Heading cell" if cell.role == "TH" else named or "Cell"
        yield Said(role, words or "blank", voice.depth, cell.page or row.page)
        column += int(cell.attributes.get("ColSpan", 1))


def _parts(part: Element, role: str, thing: str, many: str | None = None) -> str:
    return f" of {counted(sum(child.role == role for child in part.elements), thing, many)}"


_SPOKEN: dict[str, Callable[[Element, Voice], Iterator[Said]]] = {
    **dict.fromkeys(
        ("H", "H1", "H2", "H3", "H4", "H5", "H6"),
        lambda part, voice: _inside(part, voice, f"Heading level {part.role[1:] or '?'}"),
    ),
    "P": lambda part, voice: _inside(part, voice, _spaced(part.raw) if part.raw != "P" else ""),
    "L": lambda part, voice: _bounded("List", part, voice, _parts(part, "LI", "item")),
    "LI": _item,
    "LBody": _inside,
    "TOC": lambda part, voice: _bounded(
        "Contents", part, voice, _parts(part, "TOCI", "entry", "entries")
    ),
    "TOCI": _inside,
    "Figure": _figure,
    "Formula": _figure,
    "Table": _table,
    "Link": _link,
    **dict.fromkeys(("Caption", "Note"), lambda part, voice: _inside(part, voice, part.role)),
    "BlockQuote": lambda part, voice: _bounded("Quotation", part, voice),
}
