"""The structure tree of a finished PDF, as values, with the words of every element."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from pypdf import PdfReader
from pypdf.generic import (
    ArrayObject,
    ContentStream,
    DictionaryObject,
    IndirectObject,
    NullObject,
    NumberObject,
)

from booklet.check.page_model import Damaged, Mark

_NAMES = """
    Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private
    P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot
    Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP
    Figure Formula Form
"""
STANDARD = frozenset(_NAMES.split())
"""The structure types of ISO 32000-1, 14.8.4."""

DEEPEST = 200
"""Nesting past this is taken for a damaged file."""


@dataclass(frozen=True, slots=True)
class LinkTo:
    """A link annotation met in the tree: its object number and what its `Contents` says."""

    number: int
    contents: str


@dataclass(frozen=True)
class Element:
    """One structure element. `role` is the standard type it is mapped to, `raw` its own.

    `children` holds elements, pieces of marked content and link annotations, in reading order.
    `attributes` has the entries of all owners (Layout, List, Table, PrintField) in one.
    """

    role: str
    raw: str
    alt: str | None
    actual: str | None
    expansion: str | None
    language: str | None
    title: str | None
    attributes: Mapping[str, Any]
    children: "tuple[Element | Mark | LinkTo, ...]"

    @property
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

    @property
    def page(self) -> int:
        """The page it starts on, 0 where it has nothing on any page."""
        return min((mark.page for mark in self.marks), default=0)


@dataclass(frozen=True, slots=True)
class _Context:
    """What every element is read with."""

    roles: Mapping[str, str]
    pages: Mapping[int, int]
    forms: Callable[[int], Mapping[int, int]]


def read_tree(reader: PdfReader) -> Element | None:
    """The root of the structure tree; `None` for an untagged file.

    `Damaged` where the tree is nested past reason.
    """
    root = _get(_get(reader.trailer, "/Root"), "/StructTreeRoot")
    if not isinstance(root, DictionaryObject) or "/K" not in root:
        return None
    mapped = _get(root, "/RoleMap")
    entries = mapped.items() if isinstance(mapped, DictionaryObject) else ()
    roles = {str(key)[1:]: str(value)[1:] for key, value in entries}
    pages = {_number(page): index for index, page in enumerate(reader.pages, 1)}
    context = _Context(roles, pages, cache(lambda page: _forms(reader, page)))
    children = tuple(_children(root, context, 0, 0))
    return Element("Root", "Root", None, None, None, None, None, {}, children)


def _children(
    parent: DictionaryObject, context: _Context, page: int, depth: int
) -> Iterator[Element | Mark | LinkTo]:
    if depth > DEEPEST:
        raise Damaged("the structure tree is nested past reason")
    raw = parent.raw_get("/K") if "/K" in parent else ArrayObject()
    kids = raw.get_object() if isinstance(raw, IndirectObject) else raw
    for kid in kids if isinstance(kids, ArrayObject) else [raw]:
        child = _child(kid, context, page, depth)
        if child is not None:
            yield child


def _child(kid: Any, context: _Context, page: int, depth: int) -> Element | Mark | LinkTo | None:
    value = kid.get_object()
    if isinstance(value, NumberObject):
        return Mark(page, 0, int(value))
    if not isinstance(value, DictionaryObject):
        return None
    here = context.pages.get(_reference(value, "/Pg"), page)
    kind = value.get("/Type")
    if kind == "/MCR":
        stream = _reference(value, "/Stm")
        form = context.forms(here).get(stream, 0) if stream and here else 0
        return Mark(here, form, int(str(value["/MCID"])))
    if kind == "/OBJR":
        target = _get(value, "/Obj")
        contents = _text(target, "/Contents") if isinstance(target, DictionaryObject) else None
        return LinkTo(_reference(value, "/Obj"), contents or "")
    return _element(value, context, here, depth)


def _element(value: DictionaryObject, context: _Context, page: int, depth: int) -> Element:
    raw = str(value.get("/S", "/"))[1:]
    return Element(
        role=_standard(raw, context.roles),
        raw=raw,
        alt=_text(value, "/Alt"),
        actual=_text(value, "/ActualText"),
        expansion=_text(value, "/E"),
        language=_text(value, "/Lang"),
        title=_text(value, "/T"),
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


def _attributes(value: DictionaryObject) -> Mapping[str, Any]:
    owners = _get(value, "/A")
    entries: dict[str, Any] = {}
    for owner in owners if isinstance(owners, ArrayObject) else [owners]:
        owner = owner.get_object() if owner is not None else None
        if isinstance(owner, DictionaryObject):
            entries |= {str(key)[1:]: owner[key] for key in owner if key != "/O"}
    return entries


def _forms(reader: PdfReader, page: int) -> dict[int, int]:
    """Which form of a page, counted as painted, an object number is."""
    return {number: count for count, number in reversed([*enumerate(_painted(reader, page), 1)])}


def _painted(reader: PdfReader, page: int) -> Iterator[int]:
    """The object numbers of the forms of a page, in the order they are painted."""

    def inside(owner: Any, content: ContentStream | None) -> Iterator[int]:
        forms = _form_objects(owner)
        for operands, operator in content.operations if content is not None else ():
            form = forms.get(str(operands[0])) if operator == b"Do" else None
            if form is not None:
                yield _number(form)
                yield from inside(form, ContentStream(form, reader))

    whole = reader.pages[page - 1]
    yield from inside(whole, whole.get_contents())


def _form_objects(owner: Any) -> dict[str, Any]:
    objects = _get(_get(owner, "/Resources") or {}, "/XObject") or {}
    streams = {str(name): objects[name] for name in objects}
    return {name: form for name, form in streams.items() if form.get("/Subtype") == "/Form"}


def _get(value: Any, key: str) -> Any:
    """An entry; one that is null, or of what has no entries, is absent (ISO 32000-1, 7.3.7)."""
    found = value.get(key) if isinstance(value, DictionaryObject) else None
    found = found.get_object() if found is not None else None
    return None if isinstance(found, NullObject) else found


def _text(value: DictionaryObject, key: str) -> str | None:
    found = _get(value, key)
    return str(found) if isinstance(found, str) else None


def _number(value: Any) -> int:
    reference = getattr(value, "indirect_reference", None)
    return int(reference.idnum) if reference is not None else 0


def _reference(value: DictionaryObject, key: str) -> int:
    raw = value.raw_get(key) if key in value else None
    return int(raw.idnum) if isinstance(raw, IndirectObject) else 0
