"""A PDF of any origin, opened: its pages with all they inherit, or the reason why not."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel import Locale, UnknownLocaleError
from pypdf import PdfReader
from pypdf.constants import UserAccessPermissions
from pypdf.generic import DictionaryObject, PdfObject

from booklet.print.annotations import printed_annotations
from booklet.print.damage import complaints_heard, damage_told, fault
from booklet.print.geometry import Box
from booklet.print.lazy_reader import LazyReader
from booklet.print.objects import looked_up
from booklet.print.schemes import Edge
from booklet.print.stock import BLEED

MOST_PAGES = 2000
"""More pages than this are no booklet; a damaged page tree can claim millions."""


@dataclass(frozen=True, slots=True)
class SourcePage:
    """One page of the PDF as it is read, `number` counted from 1.

    The boxes are in the page's own units. `trim` is the finished page: the trim box inside
    the crop box. `bleed` is how far ink may go: the bleed box, which is the crop box where the
    file has none (ISO 32000-1, 14.11.2), and no further than 3 mm, for then come its marks.
    `turn` is the page's rotation, clockwise in degrees; `unit` the length of one of its units in
    points.
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
    to left (ISO 32000-1, 12.2, `Direction`), or says nothing and is in a language that is;
    `guessed` is then that language, else empty.
    """

    reader: PdfReader
    data: bytes
    name: Path
    title: str
    subject: str
    edge: Edge
    guessed: str
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
        subject = str((reader.metadata and reader.metadata.subject) or "")
        pages = _pages(reader, shown)
        edge, guessed = _edge(reader)
    told = tuple(dict.fromkeys(complaints))
    return SourceFile(reader, data, shown, title, subject, edge, guessed, pages, told)


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


def _edge(reader: PdfReader) -> tuple[Edge, str]:
    """Where the booklet is bound, and the language from which that was guessed."""
    told = looked_up(reader.root_object, "/ViewerPreferences")
    direction = looked_up(told, "/Direction") if isinstance(told, DictionaryObject) else None
    if direction in ("/R2L", "/L2R"):
        return ("right" if direction == "/R2L" else "left"), ""
    language = str(looked_up(reader.root_object, "/Lang") or "")
    return ("right", language) if _right_to_left(language) else ("left", "")


def _right_to_left(language: str) -> bool:
    """Whether a language is read from right to left.

    >>> [_right_to_left(each) for each in ("ur-PK", "az-Arab", "en-GB", "", "not a language")]
    [True, True, False, False, False]
    """
    try:
        return Locale.parse(language, sep="-").text_direction == "rtl"
    except (UnknownLocaleError, ValueError):
        return False


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
    turn, told = looked_up(page, "/Rotate"), looked_up(page, "/UserUnit")
    unit = float(told) if isinstance(told, int | float) and told > 0 else 1.0
    resources = looked_up(page, "/Resources")
    return SourcePage(
        number,
        trim,
        _bleed(page, crop, trim, unit),
        int(turn) % 360 // 90 * 90 if isinstance(turn, int | float) else 0,
        unit,
        page.get("/Contents"),
        resources if isinstance(resources, DictionaryObject) else DictionaryObject(),
        page.get("/Group"),
        printed_annotations(page),
    )


def _bleed(page: DictionaryObject, crop: Box, trim: Box, unit: float) -> Box:
    """How far ink may go, in units of the page."""
    told = crop.within(Box.of(looked_up(page, "/BleedBox"))).around(trim)
    return told.within(trim.grown(BLEED / unit))
