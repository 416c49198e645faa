"""The pages of a PDF: where they lie, how they are turned, and what would be missing on paper."""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from math import hypot
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import ContentStream, DictionaryObject, StreamObject

from booklet.pdf.geometry import Box, Matrix, around, scaled, turned
from booklet.pdf.objects import array, dictionary, entry, number_of, one_or_more, values
from booklet.pdf.opening import DEEPEST, LONGEST_SIDE, Damaged

A4 = Box(0, 0, 595.276, 841.89)  # what a page without a media box is taken for

HIDDEN, PRINT = 2, 4  # bits 2 and 3 of an annotation's flags (ISO 32000-1, 12.5.3)

USES = {
    "/Font": re.compile(rb"/([^\s/<>()\[\]{}%#]+)\s+[-+.\d]+\s+Tf\b"),
    "/XObject": re.compile(rb"/([^\s/<>()\[\]{}%#]+)\s+Do\b"),
}
"""How a page asks for fonts, pictures and forms by name (ISO 32000-1, 8.8 and 9.3)."""

_QUOTE = re.compile(rb"\(|(?<!\S)BI(?=\s)")  # where words in brackets or an inline picture begin
_IN_BRACKETS = re.compile(rb"\\.|[()]", re.DOTALL)
_PICTURE = re.compile(rb"\sID\s")
_PICTURE_ENDS = re.compile(rb"\sEI(?!\S)")


@dataclass(frozen=True, slots=True)
class Frame:
    """Where one page lies; its boxes are in its own units (ISO 32000-1, 14.11.2)."""

    number: int  # which page it is, from 1
    crop: Box  # what a viewer shows: the crop box inside the media box
    trim: Box  # the finished page: the trim box inside the crop box
    bleed: Box  # how far ink may go: the bleed box, or the crop box where the file has none
    turn: int  # its rotation, clockwise: 0, 90, 180 or 270 degrees
    unit: float  # the length of one of its units in points (`UserUnit`)
    type3: float = 1.0
    """How many times its font size a letter of a Type 3 font is, for such fonts bring a scale of
    their own (ISO 32000-1, 9.6.5); the least of the page, for PDFium tells no two of them apart."""

    @property
    def upright(self) -> tuple[float, float]:
        """Width and height in points as the page is read, turned and trimmed."""
        width, height = self.trim.width * self.unit, self.trim.height * self.unit
        return (height, width) if self.turn % 180 else (width, height)

    @property
    def matrix(self) -> Matrix:
        """From the page's units to points upright, the lower left corner of its trim at 0, 0."""
        return scaled(turned(self.trim, self.turn), self.unit)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point in the page's units, as printed: points from the lower left of its crop box."""
        return (x - self.crop.left) * self.unit, (y - self.crop.bottom) * self.unit

    def box(self, box: Box) -> Box:
        """A box in the page's units, as printed: points from the lower left of its crop box."""
        x, y, unit = self.crop.left, self.crop.bottom, self.unit
        left, bottom, right, top = box
        return Box((left - x) * unit, (bottom - y) * unit, (right - x) * unit, (top - y) * unit)


def frames(reader: PdfReader) -> tuple[Frame, ...]:
    """Where each page lies, with what it inherits (ISO 32000-1, 7.7.3.4).

    `ValueError` where a number is none; `Damaged` where a page is larger than any sheet.
    """
    found = tuple(_frame(page, number) for number, page in enumerate(reader.pages, 1))
    for frame in found:
        if max(frame.crop.width, frame.crop.height) * frame.unit > LONGEST_SIDE:
            raise Damaged(f"page {frame.number} is larger than A0")
    return found


def _frame(page: PageObject, number: int) -> Frame:
    media = Box.of(entry(page, "/MediaBox")) or A4
    crop = media.within(Box.of(entry(page, "/CropBox")))
    trim = crop.within(Box.of(entry(page, "/TrimBox")))
    bleed = around([crop.within(Box.of(entry(page, "/BleedBox"))), trim])
    turn, unit = entry(page, "/Rotate"), float(entry(page, "/UserUnit") or 1)
    return Frame(
        number,
        crop,
        trim,
        bleed,
        turn=int(turn) % 360 // 90 * 90 if isinstance(turn, int | float) else 0,
        unit=unit if unit > 0 else 1.0,
        type3=min(_type3_scales(page), default=1.0),
    )


def _type3_scales(page: DictionaryObject) -> Iterator[float]:
    """The scales of the Type 3 fonts of a page, and of all the forms it may paint."""
    left, seen = [page], set()
    while left:
        resources = dictionary(left.pop(), "/Resources")
        for font in values(dictionary(resources, "/Font")):
            if entry(font, "/Subtype") == "/Type3":
                _, _, c, d, _, _ = array(font, "/FontMatrix") or (0.001, 0, 0, 0.001, 0, 0)
                yield hypot(c, d) * 1000
        for form in values(dictionary(resources, "/XObject")):
            # Forms may share resources that name all of them: each is looked into once.
            if entry(form, "/Subtype") == "/Form" and number_of(form) not in seen:
                seen.add(number_of(form))
                left.append(form)


def has_printed_annotations(page: PageObject) -> bool:
    """Whether a viewer would print stamps, comments or filled fields of this page.

    Viewers draw comments and filled fields themselves where the PDF does not say how they look
    (ISO 32000-1, 12.5.5 and 12.7.2, `NeedAppearances`). Links are none of them.
    """
    found = array(page, "/Annots")
    return any(isinstance(each, DictionaryObject) and _printed(each) for each in found)


def _printed(item: DictionaryObject) -> bool:
    flags, kind = entry(item, "/F"), entry(item, "/Subtype")
    if kind in ("/Link", "/Popup") or not isinstance(flags, int):
        return False
    if flags & HIDDEN or not flags & PRINT:
        return False
    return kind != "/Widget" or "/AP" in item or _filled(item)


def _filled(field: DictionaryObject) -> bool:
    """Whether a form field has something in it, of its own or of the field it is a part of."""
    for _ in range(DEEPEST):  # a damaged PDF may let fields inherit in a ring
        value = entry(field, "/V")
        if value is not None:
            return isinstance(value, str | bytes | list) and bool(value) and value != "/Off"
        field = dictionary(field, "/Parent")
    return False


def lacks_resources(page: PageObject) -> bool:
    """Whether the page asks for a font, a picture or a form that its resources do not have."""
    content = ContentStream(page.get("/Contents"), None)
    data = without_quotes(content.get_data())
    resources = dictionary(page, "/Resources")
    return any(
        f"/{name.decode('latin-1')}" not in dictionary(resources, kind)
        for kind, asks in USES.items()
        for name in asks.findall(data)
    )


def without_quotes(data: bytes) -> bytes:
    """Content without words in brackets and inline pictures, which may look like operators.

    Each byte is looked at a few times at most, whatever stands there.

    >>> without_quotes(b"/F1 9 Tf (a (b) /X Do) Tj BI /W 1 ID /Y Do EI /Z Do")
    b'/F1 9 Tf  ()  Tj  ()  /Z Do'
    """
    kept, here = [], 0
    while found := _QUOTE.search(data, here):
        brackets = found[0] == b"("
        end = _end_of_words(data, found.end()) if brackets else _end_of_picture(data, found.end())
        kept += [data[here : found.start()], b" () " if end else found[0]]
        if end is None and brackets:  # it never ends, nor does any that begins further on
            return b"".join((*kept, data[found.end() :]))
        here = end or found.end()
        if end is None:  # no inline picture ends any more, so the rest has none
            rest = re.compile(rb"(?<!\S)BI(?=\s)").sub(b"bi", data[here:])
            return b"".join((*kept, without_quotes(rest)))
    return b"".join((*kept, data[here:]))


def _end_of_words(data: bytes, start: int) -> int | None:
    """Where words in brackets end, behind the bracket; they may hold others."""
    depth = 1
    for found in _IN_BRACKETS.finditer(data, start):
        depth += {b"(": 1, b")": -1}.get(found[0], 0)
        if depth == 0:
            return found.end()
    return None


def _end_of_picture(data: bytes, start: int) -> int | None:
    begins = _PICTURE.search(data, start)
    ends = _PICTURE_ENDS.search(data, begins.end() - 1) if begins else None
    return ends.end() if ends else None


def is_cut_short(page: PageObject) -> bool:
    """Whether packed content ends before its end; readers take what there is, and are silent."""
    return any(_ends_early(each) for each in one_or_more(page, "/Contents"))


def _ends_early(stream: Any) -> bool:
    packed = isinstance(stream, StreamObject) and one_or_more(stream, "/Filter")
    if not packed or packed[0] != "/FlateDecode":
        return False
    unpacked = zlib.decompressobj()
    try:
        unpacked.decompress(stream._data)
    except zlib.error:
        return True
    return not unpacked.eof
