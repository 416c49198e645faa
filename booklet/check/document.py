"""What a finished PDF says of itself: language, title, claims, bookmarks, labels, links."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import ArrayObject, Destination, DictionaryObject, NullObject, StreamObject

from booklet.check.page_model import Box


@dataclass(frozen=True, slots=True)
class Bookmark:
    """One line of the outline; `page` is 0 where it leads nowhere."""

    title: str
    level: int
    page: int


@dataclass(frozen=True, slots=True)
class Link:
    """One link annotation.

    `to` is its address outside the file, `target` the page it goes to in the file; it is dead
    with neither. `number` is the object number the structure tree knows it by.
    """

    page: int
    box: Box
    contents: str
    to: str
    target: int
    number: int


@dataclass(frozen=True, slots=True)
class Document:
    """The file as a whole. `claims` are the standards its metadata says it meets."""

    language: str
    title: str
    shows_title: bool
    marked: bool
    claims: tuple[str, ...]
    output_intents: int
    labels: tuple[str, ...]
    bookmarks: tuple[Bookmark, ...]
    links: tuple[Link, ...]
    tab_orders: tuple[str, ...]
    extras: tuple[str, ...]
    encrypted: bool


_CLAIMS = (
    ("PDF/UA-{}", re.compile(r"pdfuaid:part(?:>|=\")\s*(\d)")),
    ("PDF/A-{}", re.compile(r"pdfaid:part(?:>|=\")\s*(\d)")),
)
_PDFA_LEVEL = re.compile(r"pdfaid:conformance(?:>|=\")\s*([A-Za-z])")
_TITLE = re.compile(r"<dc:title>.*?<rdf:li[^>]*>(.*?)</rdf:li>", re.DOTALL)


def read_document(reader: PdfReader) -> Document:
    """What the catalog, the metadata, the outline and the annotations say."""
    root = _get(reader.trailer, "/Root")
    xmp = _xmp(root)
    intents = _get(root, "/OutputIntents")
    return Document(
        language=_text(root, "/Lang"),
        title=_title(reader, xmp),
        shows_title=_flag(_get(root, "/ViewerPreferences"), "/DisplayDocTitle"),
        marked=_flag(_get(root, "/MarkInfo"), "/Marked"),
        claims=tuple(_claims(xmp)),
        output_intents=len(intents) if isinstance(intents, ArrayObject) else 0,
        labels=tuple(reader.page_labels),
        bookmarks=tuple(_bookmarks(reader, reader.outline, 1)),
        links=tuple(_links(reader)),
        tab_orders=tuple(str(page.get("/Tabs", "")) for page in reader.pages),
        extras=tuple(_extras(reader, root)),
        encrypted=reader.is_encrypted,
    )


def units(reader: PdfReader) -> tuple[float, ...]:
    """Points to a unit of each page: ISO 32000-1, 14.11.2, `UserUnit`."""
    return tuple(float(str(page.get("/UserUnit", 1))) for page in reader.pages)


def _xmp(root: DictionaryObject) -> str:
    stream = _get(root, "/Metadata")
    return stream.get_data().decode("utf-8", "replace") if isinstance(stream, StreamObject) else ""


def _claims(xmp: str) -> Iterator[str]:
    for name, pattern in _CLAIMS:
        found = pattern.search(xmp)
        if found:
            level = _PDFA_LEVEL.search(xmp) if name.startswith("PDF/A-") else None
            yield name.format(found[1]) + (level[1].lower() if level else "")


def _title(reader: PdfReader, xmp: str) -> str:
    found = _TITLE.search(xmp)
    information = reader.metadata.title if reader.metadata else None
    return (found[1] if found else str(information or "")).strip()


def _bookmarks(reader: PdfReader, outline: Any, level: int) -> Iterator[Bookmark]:
    for entry in outline:
        if isinstance(entry, list):
            yield from _bookmarks(reader, entry, level + 1)
        elif isinstance(entry, Destination):
            yield Bookmark(str(entry.title or ""), level, _page_of(reader, entry))


def _page_of(reader: PdfReader, destination: Destination) -> int:
    number = reader.get_destination_page_number(destination)
    return 0 if number is None or number < 0 else number + 1


def _links(reader: PdfReader) -> Iterator[Link]:
    names = reader.named_destinations
    numbers = {_number(page): index for index, page in enumerate(reader.pages, 1)}
    for index, page in enumerate(reader.pages, 1):
        for annotation in _list(page, "/Annots"):
            value = annotation.get_object()
            if isinstance(value, DictionaryObject) and value.get("/Subtype") == "/Link":
                box = _box(page, [float(edge) for edge in _get(value, "/Rect")])
                to, target = _target(value, names, numbers)
                contents = _text(value, "/Contents")
                yield Link(index, box, contents, to, target, _number(value))


def _box(page: PageObject, edges: list[float]) -> Box:
    """A rectangle of a page as printed: from its lower left corner, in points."""
    left, bottom = float(page.cropbox.left), float(page.cropbox.bottom)
    unit = float(str(page.get("/UserUnit", 1)))
    across, upward = sorted(edges[0::2]), sorted(edges[1::2])
    return Box(
        (across[0] - left) * unit,
        (upward[0] - bottom) * unit,
        (across[1] - left) * unit,
        (upward[1] - bottom) * unit,
    )


def _target(value: DictionaryObject, names: Any, numbers: dict[int, int]) -> tuple[str, int]:
    action = _dictionary(value, "/A")
    if action.get("/S") == "/URI":
        return str(action.get("/URI", "")), 0
    if action.get("/S") not in {None, "/GoTo"}:
        return str(action.get("/F", "")), 0
    goal = _get(value, "/Dest") if "/Dest" in value else _get(action, "/D")
    if isinstance(goal, str):
        named = names.get(str(goal)) or names.get(str(goal).lstrip("/"))
        page = named.get("/Page") if named is not None else None
    else:
        page = list.__getitem__(goal, 0) if isinstance(goal, ArrayObject) and goal else None
    if page is None or isinstance(page, NullObject):
        return "", 0
    return "", numbers.get(getattr(page, "idnum", 0), 0)


def _extras(reader: PdfReader, root: DictionaryObject) -> Iterator[str]:
    """What a booklet must not carry: scripts, forms, attachments, moving pictures."""
    names = _dictionary(root, "/Names")
    action = _get(root, "/OpenAction")
    if "/JavaScript" in names or "/AA" in root:
        yield "a script"
    elif isinstance(action, DictionaryObject) and action.get("/S") == "/JavaScript":
        yield "a script"
    if "/EmbeddedFiles" in names or _get(root, "/AF"):
        yield "an attachment"
    form = _get(root, "/AcroForm")
    if form is not None and (_get(form, "/Fields") or "/XFA" in form):
        yield "a form to fill in"
    kinds = {
        str(_get(annotation.get_object(), "/Subtype"))
        for page in reader.pages
        for annotation in _list(page, "/Annots")
    }
    yield from sorted(_UNWANTED[kind] for kind in kinds & _UNWANTED.keys())


_UNWANTED = {
    "/Movie": "a film",
    "/Screen": "a film",
    "/RichMedia": "a film",
    "/Sound": "a sound",
    "/FileAttachment": "an attachment to a page",
    "/3D": "a model in three dimensions",
}


def _flag(value: Any, key: str) -> bool:
    return value is not None and bool(_get(value, key))


def _get(value: Any, key: str) -> Any:
    """An entry; one that is null, or of what has no entries, is absent (ISO 32000-1, 7.3.7)."""
    found: Any = value.get(key) if isinstance(value, DictionaryObject) else None
    found = found.get_object() if hasattr(found, "get_object") else found
    return None if isinstance(found, NullObject) else found


def _text(value: Any, key: str) -> str:
    found = _get(value, key)
    return str(found) if isinstance(found, str) else ""


def _list(value: Any, key: str) -> ArrayObject:
    found = _get(value, key)
    return found if isinstance(found, ArrayObject) else ArrayObject()


def _dictionary(value: Any, key: str) -> DictionaryObject:
    found = _get(value, key)
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def _number(value: Any) -> int:
    reference = getattr(value, "indirect_reference", None)
    return int(reference.idnum) if reference is not None else 0
