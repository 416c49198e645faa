"""The objects PDFium paints on a page, and what it says of each through its C functions."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from struct import Struct
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from pypdf.generic import create_string_object

from booklet.pdf import quick_calls as quick
from booklet.pdf.faces import face, outline
from booklet.pdf.geometry import IDENTITY, Box, Matrix, around, times
from booklet.pdf.opening import Damaged
from booklet.pdf.page_model import Face, Mark, Mode
from booklet.pdf.paint import Fill

_MODES = (Mode.FILL, Mode.STROKE, Mode.FILL_STROKE, Mode.INVISIBLE) * 2
"""By number (ISO 32000-1, table 106); the last four clip besides, which hides nothing."""

MOST_CLIPS, MOST_POINTS = 16, 1000  # Paths, and points of each, that are looked at: files may lie

FORMS_GONE_INTO = 15  # Forms within forms that are looked into

_ARTIFACT = "Artifact\0".encode("utf-16-le")

# Where PDFium writes what it is asked for: made once, for there are thousands of objects.
_NAME, _USED = (ctypes.c_ushort * 64)(), ctypes.c_ulong()
_EDGES, _MATRIX, _CHANNELS = (ctypes.c_float * 4)(), (ctypes.c_float * 6)(), (ctypes.c_uint * 4)()
_MATRIX_AT = ctypes.byref(_MATRIX)
_EDGES_AT = [ctypes.byref(_EDGES, 4 * at) for at in range(4)]
_CHANNELS_AT = [ctypes.byref(_CHANNELS, 4 * at) for at in range(4)]
_edges, _matrix = Struct("4f").unpack_from, Struct("6f").unpack_from
_channels = Struct("4I").unpack_from


@dataclass(frozen=True)
class Item:
    """One painted object that is no form, and what surrounds it."""

    raw: Any  # PDFium's handle, good as long as the page is open
    outer: Matrix  # from the form it stands in to the page
    mark: Mark | None  # the innermost numbered content around it
    artifact: bool  # whether it, or a form around it, is marked as no part of the content
    blended: bool = False  # whether a form around it is mixed with what lies under it

    @cached_property
    def kind(self) -> int:
        """PDFium's number for text, path, picture or shading."""
        return int(quick.object_type(self.raw))

    @cached_property
    def address(self) -> int:
        """What tells it from the others of its page."""
        return address(self.raw)

    @cached_property
    def matrix(self) -> Matrix:
        """From its own units to those of the page."""
        if not quick.object_matrix(self.raw, _MATRIX_AT):
            raise Damaged("something painted has no place")
        own: Any = _matrix(_MATRIX)
        return own if self.outer == IDENTITY else times(own, self.outer)

    @cached_property
    def bounds(self) -> Box:
        """What it covers, in units of the form it stands in."""
        if not quick.object_bounds(self.raw, *_EDGES_AT):
            raise Damaged("something painted has no place")
        return Box(*_edges(_EDGES))

    @cached_property
    def box(self) -> Box:
        """What it covers, in units of the page."""
        return self.bounds if self.outer == IDENTITY else self.bounds.moved(self.outer)

    @property
    def seen(self) -> Box:
        """What shows of it inside the boxes around its clipping paths, in units of the page."""
        box = self.bounds
        for path in clips(self.raw):
            if 1 < len(path) < MOST_POINTS:
                box = box.within(around(path))
        return box.moved(self.outer)

    @cached_property
    def way(self) -> int:
        """The number of the way a text is painted (ISO 32000-1, table 106)."""
        return int(quick.render_mode(self.raw))

    @property
    def mode(self) -> Mode:
        """How a text is painted."""
        return _MODES[self.way]

    @cached_property
    def colour(self) -> Fill | None:
        """The colour a text is painted with, `None` for a pattern."""
        get = quick.stroke_colour if self.mode is Mode.STROKE else quick.fill_colour
        if not get(self.raw, *_CHANNELS_AT):
            return None
        red, green, blue, alpha = _channels(_CHANNELS)
        return red, green, blue, alpha

    @cached_property
    def font(self) -> Any:
        """PDFium's handle of the font of a text, good as long as the page is open."""
        return quick.font_of(self.raw)

    @cached_property
    def is_type3(self) -> bool:
        """Whether a text is in a Type 3 font, the one kind without a name (ISO 32000-1, 9.6.5)."""
        return int(quick.font_name(self.font, None, 0)) <= 1  # its end is one byte

    @property
    def font_size(self) -> float:
        """The size that the font of a text is set to, in its own units."""
        if not quick.font_size(self.raw, _EDGES_AT[0]):
            raise Damaged("a text has no size")
        return float(_EDGES[0])


def items(page: pypdfium2.PdfPage, number: int) -> Iterator[Item]:
    """Everything painted on a page, in the order of painting, forms gone into.

    `Damaged` where PDFium cannot tell what something is.
    """
    yield from _inside(page.raw, Item(None, IDENTITY, None, False), number, 0, count(1), 1)


def _inside(
    owner: Any, around_it: Item, number: int, form: int, forms: Iterator[int], depth: int
) -> Iterator[Item]:
    """What is painted in a form, or straight on a page; `form` is its number there, or 0."""
    size, get = _FORM if form else _PAGE
    objects = size(owner)
    if objects < 0:
        raise Damaged("what it paints cannot be counted")
    for index in range(objects):
        raw = get(owner, index)
        if not raw:
            raise Damaged("something painted cannot be read")
        mcid = quick.content_number(raw)
        mark = Mark(number, form, mcid) if mcid >= 0 else around_it.mark
        artifact = around_it.artifact or _is_artifact(raw)
        item = Item(raw, around_it.outer, mark, artifact, around_it.blended)
        if item.kind != pdfium.FPDF_PAGEOBJ_FORM:
            yield item
            continue
        blended = item.blended or bool(quick.has_transparency(raw))
        inner = Item(raw, item.matrix, mark, artifact, blended)
        place = next(forms)
        if depth < FORMS_GONE_INTO:
            yield from _inside(raw, inner, number, place, forms, depth + 1)
        else:  # what it holds is not looked at, but it covers what lies under it
            yield item


_PAGE = pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject
_FORM = pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject


def clips(raw: Any) -> Iterator[list[Box]]:
    """The points of each path an object is clipped to, as boxes, in its own form's units."""
    clip = quick.clip_path(raw)
    paths = min(quick.paths_in_clip(clip), MOST_CLIPS)
    x, y = ctypes.c_float(), ctypes.c_float()
    for path in range(paths):
        points = []
        for index in range(min(pdfium.FPDFClipPath_CountPathSegments(clip, path), MOST_POINTS)):
            segment = pdfium.FPDFClipPath_GetPathSegment(clip, path, index)
            if pdfium.FPDFPathSegment_GetPoint(segment, x, y):
                points.append(Box(x.value, y.value, x.value, y.value))
        yield points


def _is_artifact(raw: Any) -> bool:
    """Whether an object is in marked content that says it is no part of the content."""
    for index in range(quick.marks_on(raw)):
        mark = pdfium.FPDFPageObj_GetMark(raw, index)
        named = pdfium.FPDFPageObjMark_GetName(mark, _NAME, ctypes.sizeof(_NAME), _USED)
        if named and _USED.value == len(_ARTIFACT) and bytes(_NAME).startswith(_ARTIFACT):
            return True
    return False


def address(handle: Any) -> int:
    """What tells one of PDFium's objects from another, as long as its page is open."""
    return ctypes.addressof(handle.contents) if handle else 0


def words_of(item: Item, text: pypdfium2.PdfTextPage) -> str:
    """What a text says, by the text of its page."""
    return str(pypdfium2.PdfTextObj(item.raw, textpage=text).extract())


def own_words(raw: Any) -> str | None:
    """The words the marked content around an object says for it (`ActualText`)."""
    get, key, used = pdfium.FPDFPageObjMark_GetParamBlobValue, b"ActualText", _USED
    for index in reversed(range(quick.marks_on(raw))):
        mark = pdfium.FPDFPageObj_GetMark(raw, index)
        if get(mark, key, None, 0, used) and used.value:
            data = (ctypes.c_ubyte * used.value)()
            get(mark, key, data, used.value, used)
            return str(create_string_object(bytes(data)))
    return None


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
