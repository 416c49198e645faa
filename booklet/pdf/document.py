"""What a finished PDF says of itself: language, title, claims, bookmarks, labels, links."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, Destination, DictionaryObject, NullObject, StreamObject

from booklet.content.language import language_of
from booklet.pdf.geometry import Box
from booklet.pdf.objects import array, dictionary, entry, number_of, text
from booklet.pdf.opening import CannotOpen, guarded, open_pdf
from booklet.pdf.pages import Frame


@dataclass(frozen=True, slots=True)
class Bookmark:
    """One line of the outline."""

    title: str  # its words
    level: int  # how deep it stands, from 1
    page: int  # the page it leads to, 0 where it leads nowhere


@dataclass(frozen=True, slots=True)
class Link:
    """One link annotation; with neither `to` nor `target` it is dead."""

    page: int  # the page it stands on
    box: Box  # where it takes a click, as printed
    contents: str  # what it says of itself (`Contents`), or nothing
    to: str  # its address outside the file, or nothing
    target: int  # the page of this file that it leads to, or 0
    number: int  # the object number by which the structure tree knows it


@dataclass(frozen=True, slots=True)
class Document:
    """The file as a whole; a text it does not say is empty."""

    language: str  # its language as a tag (`Lang`)
    title: str  # its title by XMP, or by the document information where XMP has none
    shows_title: bool  # whether a window shows the title, not the file's name (`DisplayDocTitle`)
    marked: bool  # whether it says that it is tagged (`Marked`)
    claims: tuple[str, ...]  # the standards its metadata says it meets: `PDF/UA-1`, `PDF/A-2a`
    output_intents: int  # how many conditions of print it names
    labels: tuple[str, ...]  # what each page is called
    bookmarks: tuple[Bookmark, ...]  # its outline, flat, in reading order
    links: tuple[Link, ...]  # all links, page by page
    tab_orders: tuple[str, ...]  # how the Tab key walks each page (`Tabs`)
    extras: tuple[str, ...]  # scripts, forms, attachments and moving pictures it carries, in words
    encrypted: bool  # whether it is encrypted, though it could be opened


_CLAIMS = (
    ("PDF/UA-{}", re.compile(r"pdfuaid:part(?:>|=\")\s*(\d)")),
    ("PDF/A-{}", re.compile(r"pdfaid:part(?:>|=\")\s*(\d)")),
)
_PDFA_LEVEL = re.compile(r"pdfaid:conformance(?:>|=\")\s*([A-Za-z])")
_TITLE = re.compile(r"<dc:title>.*?<rdf:li[^>]*>(.*?)</rdf:li>", re.DOTALL)


def read_document(reader: PdfReader, pages: Sequence[Frame]) -> Document:
    """What the catalog, the metadata, the outline and the annotations say."""
    root = reader.root_object
    xmp = _xmp(root)
    return Document(
        language=text(root, "/Lang") or "",
        title=_title(reader, xmp),
        shows_title=bool(entry(dictionary(root, "/ViewerPreferences"), "/DisplayDocTitle")),
        marked=bool(entry(dictionary(root, "/MarkInfo"), "/Marked")),
        claims=tuple(claims_in(xmp)),
        output_intents=len(array(root, "/OutputIntents")),
        labels=tuple(reader.page_labels),
        bookmarks=tuple(_bookmarks(reader, reader.outline, 1)),
        links=tuple(_links(reader, pages)),
        tab_orders=tuple(str(page.get("/Tabs", "")) for page in reader.pages),
        extras=tuple(_extras(reader, root)),
        encrypted=reader.is_encrypted,
    )


def runs_leftwards(tag: str) -> bool:
    """Whether a language is read from right to left; not so where nobody knows it.

    >>> [runs_leftwards(each) for each in ("ur-PK", "az-Arab", "en-GB", "", "not a language")]
    [True, True, False, False, False]
    """
    language = language_of(tag)
    return language is not None and language.direction == "rtl"


def _xmp(root: DictionaryObject) -> str:
    stream = entry(root, "/Metadata")
    return stream.get_data().decode("utf-8", "replace") if isinstance(stream, StreamObject) else ""


def claims_in(xmp: str) -> Iterator[str]:
    """The standards that a packet of XMP says its file meets: `PDF/UA-1`, `PDF/A-2a`."""
    for name, pattern in _CLAIMS:
        found = pattern.search(xmp)
        if found:
            level = _PDFA_LEVEL.search(xmp) if name.startswith("PDF/A-") else None
            yield name.format(found[1]) + (level[1].lower() if level else "")


def _title(reader: PdfReader, xmp: str) -> str:
    information = reader.metadata.title if reader.metadata else None
    return title_in(xmp) or str(information or "").strip()


def title_in(xmp: str) -> str:
    """The title that a packet of XMP gives its file, or nothing."""
    found = _TITLE.search(xmp)
    return found[1].strip() if found else ""


def _bookmarks(reader: PdfReader, outline: Any, level: int) -> Iterator[Bookmark]:
    for line in outline:
        if isinstance(line, list):
            yield from _bookmarks(reader, line, level + 1)
        elif isinstance(line, Destination):
            yield Bookmark(str(line.title or ""), level, _page_of(reader, line))


def _page_of(reader: PdfReader, destination: Destination) -> int:
    number = reader.get_destination_page_number(destination)
    return 0 if number is None or number < 0 else number + 1


def _links(reader: PdfReader, pages: Sequence[Frame]) -> Iterator[Link]:
    names = reader.named_destinations
    numbers = {number_of(page): index for index, page in enumerate(reader.pages, 1)}
    for frame, page in zip(pages, reader.pages, strict=True):
        for link in array(page, "/Annots"):
            if entry(link, "/Subtype") == "/Link":
                box = frame.box(Box.between(*map(float, array(link, "/Rect"))))
                to, target = _target(link, names, numbers)
                contents = text(link, "/Contents") or ""
                yield Link(frame.number, box, contents, to, target, number_of(link))


def _target(value: DictionaryObject, names: Any, numbers: dict[int, int]) -> tuple[str, int]:
    action = dictionary(value, "/A")
    if action.get("/S") == "/URI":
        return str(action.get("/URI", "")), 0
    if action.get("/S") not in {None, "/GoTo"}:
        return str(action.get("/F", "")), 0
    goal = entry(value, "/Dest") if "/Dest" in value else entry(action, "/D")
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
    names = dictionary(root, "/Names")
    action = entry(dictionary(root, "/OpenAction"), "/S")
    if "/JavaScript" in names or "/AA" in root or action == "/JavaScript":
        yield "a script"
    if "/EmbeddedFiles" in names or entry(root, "/AF"):
        yield "an attachment"
    form = dictionary(root, "/AcroForm")
    if entry(form, "/Fields") or "/XFA" in form:
        yield "a form to fill in"
    kinds = {
        str(entry(annotation, "/Subtype"))
        for page in reader.pages
        for annotation in array(page, "/Annots")
    }
    yield from sorted(_UNWANTED[kind] for kind in kinds & _UNWANTED.keys())


@dataclass(frozen=True, slots=True)
class Inside:
    """What other files left in a PDF that they were joined to or enclosed in."""

    packets: tuple[bytes, ...]  # the XMP of pages that have some of their own
    files: tuple[tuple[str, bytes], ...]  # embedded PDFs (ISO 32000-1, 7.11.4) with their names


def read_inside(data: bytes) -> Inside:
    """What is in a PDF of others; nothing where it cannot be read, or is no PDF."""
    try:
        with guarded():
            reader = open_pdf(data)
            found = [entry(page, "/Metadata") for page in reader.pages]
            packets = tuple(each.get_data() for each in found if isinstance(each, StreamObject))
            held = reader.attachments.items() if b"/EmbeddedFile" in data else ()
            files = ((name, copy) for name, copies in held for copy in copies)
            return Inside(packets, tuple(each for each in files if each[1].startswith(b"%PDF-")))
    except CannotOpen:
        return Inside((), ())


_UNWANTED = {
    "/Movie": "a film",
    "/Screen": "a film",
    "/RichMedia": "a film",
    "/Sound": "a sound",
    "/FileAttachment": "an attachment to a page",
    "/3D": "a model in three dimensions",
}
