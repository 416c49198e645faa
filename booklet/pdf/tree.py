"""The structure tree of a finished PDF, as values, with the words of every element."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import count
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream, DictionaryObject, NumberObject

from booklet.pdf.objects import dictionary, entry, number_at, number_of, one_or_more, text
from booklet.pdf.opening import DEEPEST, DEEPEST_FORMS, MOST_ELEMENTS, MOST_FORMS, Damaged
from booklet.pdf.page_model import Mark

_NAMES = """
    Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private
    P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot
    Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP
    Figure Formula Form
"""
STANDARD = frozenset(_NAMES.split())  # the structure types of ISO 32000-1, 14.8.4


@dataclass(frozen=True, slots=True)
class LinkTo:
    """A link annotation met in the tree."""

    number: int  # its object number, by which `Document.links` know it
    contents: str  # what its `Contents` says


@dataclass(frozen=True)
class Element:
    """One structure element (ISO 32000-1, 14.7.2 and 14.9)."""

    role: str  # the standard type it is mapped to; its own where the role map leads nowhere
    raw: str  # its own type
    alt: str | None  # what stands for it where it cannot be seen (`Alt`)
    actual: str | None  # what is read in place of its content (`ActualText`)
    expansion: str | None  # a short form in full (`E`)
    language: str | None  # its language, where it is not that of what it stands in (`Lang`)
    title: str | None  # what it is called (`T`)
    attributes: Mapping[str, Any]  # those of all owners (Layout, List, Table, PrintField) in one
    children: "tuple[Element | Mark | LinkTo, ...]"  # what stands in it, in reading order

    @cached_property
    def elements(self) -> "tuple[Element, ...]":
        """The children that are elements."""
        return tuple(child for child in self.children if isinstance(child, Element))

    def walk(self) -> "Iterator[Element]":
        """The element and all below it, in reading order."""
        yield self
        for child in self.elements:
            yield from child.walk()

    @cached_property
    def marks(self) -> tuple[Mark, ...]:
        """All its marked content, in reading order."""
        parts: list[Mark] = []
        for child in self.children:
            if isinstance(child, Mark):
                parts.append(child)
            elif isinstance(child, Element):
                parts.extend(child.marks)
        return tuple(parts)

    @cached_property
    def page(self) -> int:
        """The page it starts on, 0 where it has nothing on any page."""
        return min((mark.page for mark in self.marks), default=0)


@dataclass(frozen=True, slots=True)
class _Context:
    """What every element is read with."""

    roles: Mapping[str, str]  # the role map: a type of the file's own, and what it stands for
    pages: Mapping[int, int]  # pages by their object numbers
    forms: Callable[[int], Mapping[int, int]]  # of a page: forms as painted by object number
    visited: Iterator[int]  # counts the elements


def read_tree(reader: PdfReader) -> Element | None:
    """The root of the structure tree; `None` for an untagged file.

    `Damaged` where the tree is nested past reason, or has more elements than any document.
    """
    root = dictionary(dictionary(reader.trailer, "/Root"), "/StructTreeRoot")
    if "/K" not in root:
        return None
    roles = {str(key)[1:]: str(value)[1:] for key, value in dictionary(root, "/RoleMap").items()}
    pages = {number_of(page): index for index, page in enumerate(reader.pages, 1)}
    context = _Context(roles, pages, cache(lambda page: _forms(reader, page)), count(1))
    children = tuple(_children(root, context, 0, 0))
    return Element("Root", "Root", None, None, None, None, None, {}, children)


def _children(
    parent: DictionaryObject, context: _Context, page: int, depth: int
) -> Iterator[Element | Mark | LinkTo]:
    if depth > DEEPEST:
        raise Damaged("the structure tree is nested past reason")
    for kid in one_or_more(parent, "/K"):
        child = _child(kid, context, page, depth)
        if child is not None:
            yield child


def _child(value: Any, context: _Context, page: int, depth: int) -> Element | Mark | LinkTo | None:
    if isinstance(value, NumberObject):
        return Mark(page, 0, int(value))
    if not isinstance(value, DictionaryObject):
        return None
    here = context.pages.get(number_at(value, "/Pg"), page)
    kind = value.get("/Type")
    if kind == "/MCR":
        stream = number_at(value, "/Stm")
        form = context.forms(here).get(stream, 0) if stream and here else 0
        return Mark(here, form, int(str(value["/MCID"])))
    if kind == "/OBJR":
        return LinkTo(number_at(value, "/Obj"), text(entry(value, "/Obj"), "/Contents") or "")
    return _element(value, context, here, depth)


def _element(value: DictionaryObject, context: _Context, page: int, depth: int) -> Element:
    if next(context.visited) > MOST_ELEMENTS:
        raise Damaged(f"its structure has more than {MOST_ELEMENTS:,} elements")
    raw = str(value.get("/S", "/"))[1:]
    return Element(
        role=_standard(raw, context.roles),
        raw=raw,
        alt=text(value, "/Alt"),
        actual=text(value, "/ActualText"),
        expansion=text(value, "/E"),
        language=text(value, "/Lang"),
        title=text(value, "/T"),
        attributes=_attributes(value),
        children=tuple(_children(value, context, page, depth + 1)),
    )


def _standard(raw: str, roles: Mapping[str, str]) -> str:
    """The standard type at the end of the role map; the raw one where it leads nowhere."""
    seen, role = {raw}, raw
    while role not in STANDARD and role in roles and roles[role] not in seen:
        role = roles[role]
        seen.add(role)
    return role


_SPANS = ("ColSpan", "RowSpan")


def _attributes(value: DictionaryObject) -> Mapping[str, Any]:
    entries: dict[str, Any] = {}
    for owner in one_or_more(value, "/A"):
        if isinstance(owner, DictionaryObject):
            entries |= {str(key)[1:]: owner[key] for key in owner if key != "/O"}
    return {key: said for key, said in entries.items() if key not in _SPANS or _is_span(said)}


def _is_span(said: Any) -> bool:
    """Whether it says how many columns or rows a cell is in (ISO 32000-1, 14.8.5.7)."""
    return isinstance(said, int) and 0 < said <= MOST_ELEMENTS


def _forms(reader: PdfReader, page: int) -> dict[int, int]:
    """Which form of a page, counted as painted, an object number is: where it comes first."""
    painted = enumerate(_painted(reader.pages[page - 1], reader, count(1), 0), 1)
    return {number: place for place, number in reversed([*painted])}


def _painted(
    owner: DictionaryObject, reader: PdfReader, seen: Iterator[int], depth: int
) -> Iterator[int]:
    """The object numbers of the forms of a page or a form, in the order they are painted."""
    painted = entry(owner, "/Contents")  # a stream with nothing but a length is false
    content = ContentStream(owner if painted is None else painted, reader)
    named = dictionary(dictionary(owner, "/Resources"), "/XObject")
    for operands, operator in content.operations:
        form = entry(named, str(operands[0])) if operator == b"Do" else None
        if form is not None and form.get("/Subtype") == "/Form":
            if depth > DEEPEST_FORMS or next(seen) > MOST_FORMS:
                raise Damaged("its forms paint one another without an end")
            yield number_of(form)
            yield from _painted(form, reader, seen, depth + 1)
