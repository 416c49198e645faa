"""The objects PDFium paints on a page, and what it says of each through its C functions."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from pypdf.generic import create_string_object

from booklet.pdf.faces import face, outline
from booklet.pdf.geometry import IDENTITY, Box, Matrix, around, times
from booklet.pdf.page_model import Face, Mark, Mode
from booklet.pdf.paint import Fill

_MODES = (Mode.FILL, Mode.STROKE, Mode.FILL_STROKE, Mode.INVISIBLE) * 2
"""By number (ISO 32000-1, table 106); the last four clip besides, which hides nothing."""

MOST_CLIPS, MOST_POINTS = 16, 1000  # Paths, and points of each, that are looked at: files may lie


@dataclass(frozen=True, slots=True)
class Item:
    """One painted object that is no form, and what surrounds it."""

    raw: Any  # pypdfium2's object, good as long as the page is open
    outer: Matrix  # from the form it stands in to the page
    mark: Mark | None  # the innermost numbered content around it
    artifact: bool  # whether it, or a form around it, is marked as no part of the content
    blended: bool = False  # whether a form around it is mixed with what lies under it

    @property
    def kind(self) -> int:
        """PDFium's number for text, path, picture or shading."""
        return int(self.raw.type)

    @property
    def matrix(self) -> Matrix:
        """From its own units to those of the page."""
        return times(self.raw.get_matrix().get(), self.outer)

    @property
    def box(self) -> Box:
        """What it covers, in units of the page."""
        box = Box(*self.raw.get_bounds())
        return box if self.outer == IDENTITY else box.moved(self.outer)

    @property
    def seen(self) -> Box:
        """What shows of it inside the boxes around its clipping paths, in units of the page."""
        box = Box(*self.raw.get_bounds())
        for path in clips(self.raw):
            if 1 < len(path) < MOST_POINTS:
                box = box.within(around(path))
        return box.moved(self.outer)

    @property
    def mode(self) -> Mode:
        """How a text is painted."""
        return _MODES[pdfium.FPDFTextObj_GetTextRenderMode(self.raw)]

    @property
    def is_type3(self) -> bool:
        """Whether a text is in a Type 3 font, the one kind without a name (ISO 32000-1, 9.6.5)."""
        font = pdfium.FPDFTextObj_GetFont(self.raw)
        return int(pdfium.FPDFFont_GetBaseFontName(font, None, 0)) <= 1  # its end is one byte


def items(page: pypdfium2.PdfPage, number: int, text: Any = None) -> Iterator[Item]:
    """Everything painted on a page, in the order of painting, forms gone into.

    With the page's `text`, each text object can be asked for its words.
    """
    forms = count(1)
    outer = {None: (Item(None, IDENTITY, None, False), 0)}
    for raw in page.get_objects(textpage=text):
        parent, form = outer[raw.container]
        mcid = pdfium.FPDFPageObj_GetMarkedContentID(raw)
        mark = Mark(number, form, mcid) if mcid >= 0 else parent.mark
        artifact = parent.artifact or "Artifact" in _tags(raw)
        item = Item(raw, parent.outer, mark, artifact, parent.blended)
        if raw.type == pdfium.FPDF_PAGEOBJ_FORM:
            blended = parent.blended or bool(pdfium.FPDFPageObj_HasTransparency(raw))
            outer[raw] = replace(item, outer=item.matrix, blended=blended), next(forms)
        else:
            yield item


def clips(raw: Any) -> Iterator[list[Box]]:
    """The points of each path an object is clipped to, as boxes, in its own form's units."""
    clip, x, y = pdfium.FPDFPageObj_GetClipPath(raw), ctypes.c_float(), ctypes.c_float()
    for path in range(min(pdfium.FPDFClipPath_CountPaths(clip), MOST_CLIPS)):
        points = []
        for index in range(min(pdfium.FPDFClipPath_CountPathSegments(clip, path), MOST_POINTS)):
            segment = pdfium.FPDFClipPath_GetPathSegment(clip, path, index)
            if pdfium.FPDFPathSegment_GetPoint(segment, x, y):
                points.append(Box(x.value, y.value, x.value, y.value))
        yield points


def _tags(raw: Any) -> Iterator[str]:
    """The tags of the marked content an object is in."""
    used, text = ctypes.c_ulong(), (ctypes.c_ushort * 64)()
    for index in range(pdfium.FPDFPageObj_CountMarks(raw)):
        mark = pdfium.FPDFPageObj_GetMark(raw, index)
        pdfium.FPDFPageObjMark_GetName(mark, text, 128, used)
        yield bytes(text)[: max(used.value - 2, 0)].decode("utf-16-le", "replace")


def address(handle: Any) -> int:
    """What tells one of PDFium's objects from another, as long as its page is open."""
    return ctypes.addressof(handle.contents) if handle else 0


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


def read_face(font: pypdfium2.PdfFont) -> Face:
    """A font's face, by its descriptor and its embedded program."""
    angle = ctypes.c_int()
    pdfium.FPDFFont_GetItalicAngle(font, angle)
    told = outline(_program(font)) if font.is_embedded else None
    flags = max(pdfium.FPDFFont_GetFlags(font), 0)
    return face(font.get_base_name(), font.is_embedded, flags, angle.value, told)


def _program(font: pypdfium2.PdfFont) -> bytes:
    length = ctypes.c_size_t()
    pdfium.FPDFFont_GetFontData(font, None, 0, length)
    data = (ctypes.c_uint8 * length.value)()
    pdfium.FPDFFont_GetFontData(font, data, length.value, length)
    return bytes(data)
