"""A PDF of any origin, opened: its pages with all they inherit, or the reason why not."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from pypdf.constants import UserAccessPermissions
from pypdf.generic import ArrayObject, DictionaryObject, NullObject, PdfObject

from booklet.paper.damage import complaints_heard, damage_told, fault
from booklet.paper.geometry import Box
from booklet.paper.lazy_reader import LazyReader
from booklet.paper.schemes import Edge

MOST_PAGES = 2000
"""More pages than this are no booklet; a damaged page tree can claim millions."""


@dataclass(frozen=True, slots=True)
class SourcePage:
    """One page of the PDF as it is read, `number` counted from 1.

    The boxes are in the page's own units. `trim` is the finished page: the trim box inside
    the crop box (ISO 32000-1, 14.11.2). `bleed` is how far ink may go: the bleed box where
    the file has one, else the trim box. `turn` is the page's rotation, clockwise in degrees;
    `unit` the length of one of its units in points.
    """

    number: int
    trim: Box
    bleed: Box
    turn: int
    unit: float
    contents: PdfObject | None
    resources: DictionaryObject
    group: PdfObject | None
    lost: int

    @property
    def upright(self) -> tuple[float, float]:
        """Width and height in points as the page is read, turned and trimmed."""
        width, height = self.trim.width * self.unit, self.trim.height * self.unit
        return (height, width) if self.turn % 180 else (width, height)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A PDF that can be read: its pages, its title, and what had to be mended to read it.

    `edge` is where its booklet is bound: at the right where it says that it is read from right
    to left (ISO 32000-1, 12.2, `Direction`).
    """

    reader: PdfReader
    data: bytes
    name: Path
    title: str
    edge: Edge
    pages: tuple[SourcePage, ...]
    complaints: tuple[str, ...]


def read_pdf(pdf: bytes | Path, name: Path | None = None) -> SourceFile:
    """Open a PDF and take in all its pages.

    Raises `FaultsFound` where the file is missing, no PDF, damaged beyond reading, locked by a
    password, not allowed to be printed, or empty; `MissingOnMachine` where its encryption needs
    a package that is not there.
    """
    shown = name or (pdf if isinstance(pdf, Path) else Path("booklet.pdf"))
    with damage_told(shown), complaints_heard() as complaints:
        data = _bytes_of(pdf, shown)
        reader = LazyReader(BytesIO(data))
        _unlock(reader, shown)
        title = str((reader.metadata and reader.metadata.title) or shown.stem)
        pages = _pages(reader, shown)
        edge = _edge(reader)
    return SourceFile(reader, data, shown, title, edge, pages, tuple(dict.fromkeys(complaints)))


def _bytes_of(pdf: bytes | Path, shown: Path) -> bytes:
    try:
        data = pdf if isinstance(pdf, bytes) else pdf.read_bytes()
    except OSError as error:
        raise fault(shown, f"this file cannot be read: {error.strerror}") from error
    if b"%PDF-" not in data[:1024]:
        raise fault(shown, "this is not a PDF; save or print the document as a PDF first")
    return data


def _unlock(reader: PdfReader, file: Path) -> None:
    """Open an encrypted PDF that needs no password to be read."""
    if not reader.is_encrypted:
        return
    if not reader.decrypt(""):
        raise fault(file, "this PDF is locked by a password; save a copy without, and take that")
    allowed = reader.user_access_permissions
    if allowed is not None and not allowed & UserAccessPermissions.PRINT:
        raise fault(file, "its owner does not allow this PDF to be printed; ask them for a copy")


def _edge(reader: PdfReader) -> Edge:
    told = looked_up(reader.root_object, "/ViewerPreferences")
    right_to_left = isinstance(told, DictionaryObject) and told.get("/Direction") == "/R2L"
    return "right" if right_to_left else "left"


def _pages(reader: PdfReader, file: Path) -> tuple[SourcePage, ...]:
    found = reader.pages
    if not found:
        raise fault(file, "this PDF has no pages; build or save it again")
    if len(found) > MOST_PAGES:
        raise fault(file, f"{len(found)} pages are more than {MOST_PAGES}; split the document")
    return tuple(_page(page, number) for number, page in enumerate(found, start=1))


def _page(page: DictionaryObject, number: int) -> SourcePage:
    """A page, to which pypdf has added what it inherits (ISO 32000-1, 7.7.3.4)."""
    media = Box.of(looked_up(page, "/MediaBox")) or Box(0, 0, 595.276, 841.89)
    crop = media.within(Box.of(looked_up(page, "/CropBox")))
    trim = crop.within(Box.of(page.get("/TrimBox")))
    bleed = Box.of(page.get("/BleedBox"))
    turn, unit = looked_up(page, "/Rotate"), looked_up(page, "/UserUnit")
    resources = looked_up(page, "/Resources")
    return SourcePage(
        number,
        trim,
        crop.within(bleed).around(trim) if bleed else trim,
        int(turn) % 360 // 90 * 90 if isinstance(turn, int | float) else 0,
        float(unit) if isinstance(unit, int | float) and unit > 0 else 1.0,
        page.get("/Contents"),
        resources if isinstance(resources, DictionaryObject) else DictionaryObject(),
        page.get("/Group"),
        _printing_annotations(page),
    )


def looked_up(dictionary: DictionaryObject, key: str) -> Any:
    """A value of a dictionary, followed to the object itself; `None` where there is none."""
    value = dictionary.get(key)
    value = value.get_object() if value is not None else None
    return None if isinstance(value, NullObject) else value


def _printing_annotations(page: DictionaryObject) -> int:
    """How many notes, stamps and filled fields a viewer would print on this page.

    Links are none of them. Bit 3 of the flags says "print" (ISO 32000-1, 12.5.3).
    """
    listed = looked_up(page, "/Annots")
    found = [item.get_object() for item in listed] if isinstance(listed, ArrayObject) else []
    return sum(
        isinstance(item, DictionaryObject)
        and item.get("/Subtype") not in ("/Link", "/Popup")
        and bool(int(item.get("/F", 0)) & 4)
        and "/AP" in item
        for item in found
    )
