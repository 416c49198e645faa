"""The objects PDFium paints on a page, and what it says of each through its C functions."""

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from math import hypot
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from pypdf.generic import create_string_object

from booklet.pdf.faces import face, outline
from booklet.pdf.geometry import IDENTITY, Box, Matrix, times
from booklet.pdf.page_model import Face, Mark, Mode
from booklet.pdf.paint import Fill

_MODES = (Mode.FILL, Mode.STROKE, Mode.FILL_STROKE, Mode.INVISIBLE) * 2
"""By number (ISO 32000-1, table 106); the last four clip besides, which hides nothing."""


@dataclass(frozen=True, slots=True)
class Item:
    """One painted object that is no form, and what surrounds it."""

    raw: Any
    """PDFium's handle, good as long as the page is open."""
    kind: int
    """PDFium's number for text, path, picture or shading."""
    outer: Matrix
    """From the form it stands in to the page."""
    mark: Mark | None
    """The innermost numbered content around it."""
    artifact: bool
    """Whether it, or a form around it, is marked as no part of the content."""

    @property
    def matrix(self) -> Matrix:
        """From its own units to those of the page."""
        return times(_matrix(self.raw), self.outer)

    @property
    def box(self) -> Box:
        """What it covers, in units of the page."""
        edges = [ctypes.c_float() for _ in range(4)]
        pdfium.FPDFPageObj_GetBounds(self.raw, *edges)
        return Box(*(edge.value for edge in edges)).moved(self.outer)

    @property
    def size(self) -> float:
        """The height of the em of a text, in units of the page."""
        size = ctypes.c_float()
        pdfium.FPDFTextObj_GetFontSize(self.raw, size)
        return abs(size.value) * hypot(*self.matrix[2:4])

    @property
    def mode(self) -> Mode:
        """How a text is painted."""
        return _MODES[pdfium.FPDFTextObj_GetTextRenderMode(self.raw)]


def items(page: pypdfium2.PdfPage, number: int) -> Iterator[Item]:
    """Everything painted on a page, in the order of painting, forms gone into."""
    forms = count(1)

    def inside(get: Callable[[int], Any], many: int, parent: Item, form: int) -> Iterator[Item]:
        for index in range(many):
            item = _item(get(index), parent, number, form)
            if item.kind == pdfium.FPDF_PAGEOBJ_FORM:
                inner = pdfium.FPDFFormObj_CountObjects(item.raw)
                take = _taker(pdfium.FPDFFormObj_GetObject, item.raw)
                yield from inside(take, inner, item, next(forms))
            else:
                yield item

    top = Item(None, pdfium.FPDF_PAGEOBJ_FORM, IDENTITY, None, False)
    many = pdfium.FPDFPage_CountObjects(page)
    yield from inside(_taker(pdfium.FPDFPage_GetObject, page), many, top, 0)


def _taker(get: Callable[[Any, int], Any], owner: Any) -> Callable[[int], Any]:
    return lambda index: get(owner, index)


def _item(raw: Any, parent: Item, page: int, form: int) -> Item:
    kind, mcid = pdfium.FPDFPageObj_GetType(raw), pdfium.FPDFPageObj_GetMarkedContentID(raw)
    is_form = kind == pdfium.FPDF_PAGEOBJ_FORM
    outer = times(_matrix(raw), parent.outer) if is_form else parent.outer
    mark = Mark(page, form, mcid) if mcid >= 0 else parent.mark
    return Item(raw, kind, outer, mark, parent.artifact or "Artifact" in _tags(raw))


def _matrix(raw: Any) -> Matrix:
    found = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(raw, found)
    return found.a, found.b, found.c, found.d, found.e, found.f


def _tags(raw: Any) -> Iterator[str]:
    """The tags of the marked content an object is in."""
    used = ctypes.c_ulong()
    for index in range(pdfium.FPDFPageObj_CountMarks(raw)):
        mark = pdfium.FPDFPageObj_GetMark(raw, index)
        text = (ctypes.c_ushort * 64)()
        pdfium.FPDFPageObjMark_GetName(mark, text, 128, used)
        yield bytes(text)[: max(used.value - 2, 0)].decode("utf-16-le", "replace")


def address(raw: Any) -> int:
    """What tells one object from another, as long as its page is open."""
    return ctypes.cast(raw, ctypes.c_void_p).value or 0


def own_words(raw: Any) -> str | None:
    """The words the marked content around an object says for it (`ActualText`)."""
    get, key, used = pdfium.FPDFPageObjMark_GetParamBlobValue, b"ActualText", ctypes.c_ulong()
    for index in reversed(range(pdfium.FPDFPageObj_CountMarks(raw))):
        mark = pdfium.FPDFPageObj_GetMark(raw, index)
        if get(mark, key, None, 0, used) and used.value:
            data = (ctypes.c_ubyte * used.value)()
            get(mark, key, data, used.value, used)
            return str(create_string_object(bytes(data)))
    return None


def fill(raw: Any, mode: Mode) -> Fill | None:
    """The colour letters are painted with, `None` for a pattern."""
    stroked = mode is Mode.STROKE
    get = pdfium.FPDFPageObj_GetStrokeColor if stroked else pdfium.FPDFPageObj_GetFillColor
    parts = [ctypes.c_uint() for _ in range(4)]
    if not get(raw, *parts):
        return None
    red, green, blue, alpha = (part.value for part in parts)
    return red, green, blue, alpha


def is_type3(raw: Any) -> bool:
    """Whether a text is in a Type 3 font, the one kind that has no name (ISO 32000-1, 9.6.5)."""
    return int(pdfium.FPDFFont_GetBaseFontName(pdfium.FPDFTextObj_GetFont(raw), None, 0)) < 2


def read_face(font: Any) -> Face:
    """A font's face, by its descriptor and its embedded program."""
    name, angle = ctypes.create_string_buffer(256), ctypes.c_int()
    pdfium.FPDFFont_GetBaseFontName(font, name, 256)
    pdfium.FPDFFont_GetItalicAngle(font, angle)
    embedded = pdfium.FPDFFont_GetIsEmbedded(font) == 1
    told = outline(_program(font)) if embedded else None
    flags = max(pdfium.FPDFFont_GetFlags(font), 0)
    title = name.value.decode("utf-8", "replace")
    return face(title, embedded, flags, angle.value, told)


def _program(font: Any) -> bytes:
    length = ctypes.c_size_t()
    pdfium.FPDFFont_GetFontData(font, None, 0, length)
    data = (ctypes.c_uint8 * length.value)()
    pdfium.FPDFFont_GetFontData(font, data, length.value, length)
    return bytes(data)
