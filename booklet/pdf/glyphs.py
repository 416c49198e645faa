"""The characters of a page, as PDFium finds them in what is painted."""

import ctypes
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import partial
from struct import Struct
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from booklet.pdf.geometry import Box
from booklet.pdf.page_model import Glyph
from booklet.pdf.pages import Frame
from booklet.pdf.quick_calls import (
    char_box,
    char_origin,
    has_no_unicode,
    loose_char_box,
    text_object,
    unicode_of,
)

NO_INK = 0.05
"""A box lower than this, in points, is a space: PDFium gives spaces a hundredth of a point."""

RIGHT_TO_LEFT_MARK = 0x200F
MARKS = {0x061C, 0x200E, RIGHT_TO_LEFT_MARK}
"""Marks of direction: they part words for programs, and say nothing themselves."""

_NUMBERS = (ctypes.c_double * 6)()
_PLACES = [ctypes.byref(_NUMBERS, ctypes.sizeof(ctypes.c_double) * at) for at in range(6)]
_EDGES, _ORIGIN = _PLACES[:4], _PLACES[4:]
_numbers = Struct("6d").unpack_from  # left, right, bottom, top, and the origin
_LOOSE = pdfium.FS_RECTF()
_LOOSE_AT = ctypes.byref(_LOOSE)

# Named tuples made of their parts in order, without the function in Python that names them.
_char, _box = partial(tuple.__new__, Glyph), partial(tuple.__new__, Box)

Glyphs = Mapping[int, Sequence[Glyph]]
"""The characters of every text object, by the object's address."""


def glyphs_of(page: pypdfium2.PdfPage, frame: Frame) -> Glyphs:
    """The characters of a page, in its frame."""
    opened = page.get_textpage()  # it is closed with its last name
    text = opened.raw
    found: dict[int, list[Glyph]] = defaultdict(list)
    owner, high = 0, 0
    marks: set[tuple[float, float]] = set()
    for index in range(pdfium.FPDFText_CountChars(text)):
        raw = text_object(text, index)
        code = unicode_of(text, index)
        if raw:
            owner = raw
        if code == 2 and pdfium.FPDFText_IsHyphen(text, index):
            code = 0x2D
        if 0xD800 <= code < 0xDC00:  # the first half of a character beyond 16 bits
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00
        if code in MARKS:
            if code == RIGHT_TO_LEFT_MARK:
                char_origin(text, index, *_ORIGIN)
                marks.add(_rounded(frame.point(*_NUMBERS[4:])))
            continue
        if owner and (raw or code == 0x20):  # a space without an object is one PDFium put in
            found[owner].append(_glyph(text, index, code, bool(raw), frame))
    if not marks:
        return found
    return {
        each: [glyph for glyph in glyphs if glyph.char != " " or _place(glyph) not in marks]
        for each, glyphs in found.items()
    }


def _rounded(place: tuple[float, float]) -> tuple[float, float]:
    return round(place[0], 1), round(place[1], 1)


def _place(glyph: Glyph) -> tuple[float, float]:
    return _rounded((glyph.x, glyph.y))


def _glyph(text: Any, index: int, code: int, painted: bool, frame: Frame) -> Glyph:
    """One character. There are thousands on a page: what `Frame.box` would do is done here."""
    char_box(text, index, *_EDGES)
    char_origin(text, index, *_ORIGIN)
    left, right, bottom, top, x, y = _numbers(_NUMBERS)
    unit, (across, up, _, _) = frame.unit, frame.crop
    left, right = (left - across) * unit, (right - across) * unit
    bottom, top = (bottom - up) * unit, (top - up) * unit
    x, y = (x - across) * unit, (y - up) * unit
    known = code not in (0, 0xFFFD) and not has_no_unicode(text, index)
    if painted and top - bottom > NO_INK and right - left > NO_INK:
        return _char((chr(code), _box((left, bottom, right, top)), x, y, known, 0.0))
    if not painted:
        return _char((chr(code), None, x, y, known, 0.0))
    loose_char_box(text, index, _LOOSE_AT)
    advance = (_LOOSE.right - across) * unit - (_LOOSE.left - across) * unit
    return _char((chr(code), None, x, y, known, advance))
