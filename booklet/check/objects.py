"""What PDFium says of one painted object or font, through its C functions."""

import ctypes
from typing import Any

import pypdfium2.raw as pdfium
from pypdf.generic import create_string_object

from booklet.check.faces import face, outline
from booklet.check.page_model import Face, Mode
from booklet.check.paint import Fill

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


def address(raw: Any) -> int:
    """What tells one object from another, as long as its page is open."""
    return ctypes.cast(raw, ctypes.c_void_p).value or 0


def marks(raw: Any) -> list[str]:
    """The tags of the marked content an object is in."""
    names, used = [], ctypes.c_ulong()
    for index in range(pdfium.FPDFPageObj_CountMarks(raw)):
        mark = pdfium.FPDFPageObj_GetMark(raw, index)
        text = (ctypes.c_ushort * 64)()
        pdfium.FPDFPageObjMark_GetName(mark, text, 128, used)
        names.append(bytes(text)[: max(used.value - 2, 0)].decode("utf-16-le", "replace"))
    return names


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
    parts = [ctypes.c_uint() for _ in range(4)]
    get = (
        pdfium.FPDFPageObj_GetStrokeColor
        if mode is Mode.STROKE
        else pdfium.FPDFPageObj_GetFillColor
    )
    if not get(raw, *parts):
        return None
    red, green, blue, alpha = (part.value for part in parts)
    return red, green, blue, alpha


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


def font_size(raw: Any) -> float:
    """The size of a piece of text before its matrices."""
    size = ctypes.c_float()
    pdfium.FPDFTextObj_GetFontSize(raw, size)
    return abs(size.value)


def edges(raw: Any) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of an object in its own form or page."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(raw, left, bottom, right, top)
    return left.value, bottom.value, right.value, top.value


def matrix(raw: Any) -> Matrix:
    """The matrix of an object, within its form or page."""
    found = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(raw, found)
    return found.a, found.b, found.c, found.d, found.e, found.f


def product(inner: Matrix, outer: Matrix) -> Matrix:
    """The inner matrix followed by the outer one (ISO 32000-1, 8.3.4).

    >>> product((2, 0, 0, 2, 1, 0), (1, 0, 0, 1, 5, 5))
    (2, 0, 0, 2, 6, 5)
    """
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )
