"""A finished PDF's pages as values: with `objects`, the only home of pypdfium2.

PDFium reads what it would paint: text in form XObjects and in pictures, fonts, colours, marks.
"""

import ctypes
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from math import floor, hypot
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from PIL.Image import Image

from booklet.check import objects
from booklet.check.page_model import Box, Damaged, Face, Glyph, Mark, Mode, Page, Run, Shape, around
from booklet.check.paint import Canvas, measure
from booklet.check.spelled import spelled_out

PIXELS_TO_EM = 24.0
"""Pixels to the smallest print allowed when contrast is measured: its stems cover whole pixels."""

CLOSER = 4
"""How many times more pixels where the page shows less contrast than its colours would give."""

NO_INK = 0.05
"""A box lower than this, in points, is a space: PDFium gives spaces a hundredth of a point."""

SLANT = 0.05
"""Sine of the angle from which letters lean; drawn obliques lean 0.17 to 0.26."""

_SHAPES = (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING)
_MODES = (Mode.FILL, Mode.STROKE, Mode.FILL_STROKE, Mode.INVISIBLE) * 2
"""By number (ISO 32000-1, table 106); the last four clip besides, which hides nothing."""


@dataclass(frozen=True, slots=True)
class Item:
    """One painted object and what surrounds it: the matrix and the marks of the forms it is in."""

    raw: Any
    kind: int
    outer: objects.Matrix
    mark: tuple[int, int] | None
    artifact: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a page lies: its number, its lower left corner, and points to one of its units."""

    number: int
    left: float
    bottom: float
    unit: float

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A box in the page's own units, as printed."""
        return Box(
            (left - self.left) * self.unit,
            (bottom - self.bottom) * self.unit,
            (right - self.left) * self.unit,
            (top - self.bottom) * self.unit,
        )


def read_pages(data: bytes, units: Sequence[float], smallest: float) -> tuple[Page, ...]:
    """Everything painted on the pages of a PDF; `units` has each page's UserUnit (points).

    `smallest` is the print that must be measured well, points. `Damaged` where the file cannot
    be opened or has another number of pages. PDFium is for one thread at a time.
    """
    try:
        with pypdfium2.PdfDocument(data) as opened:
            if len(opened) != len(units):
                raise Damaged("its pages cannot be counted")
            return tuple(
                _read_page(opened[i], i + 1, unit, smallest) for i, unit in enumerate(units)
            )
    except pypdfium2.PdfiumError as error:
        raise Damaged(str(error)) from error


def _read_page(page: pypdfium2.PdfPage, number: int, unit: float, smallest: float) -> Page:
    turned = page.get_rotation()
    page.set_rotation(0)
    left, bottom, right, top = page.get_bbox()
    frame = Frame(number, left, bottom, unit)
    items = tuple(_items(page))
    texts = [item for item in items if item.kind == pdfium.FPDF_PAGEOBJ_TEXT]
    glyphs, canvas = _glyphs(page, frame), _canvas(page, texts, frame, PIXELS_TO_EM / smallest)
    faces: dict[int, Face] = {}
    painted = tuple(
        _run(frame, item, glyphs.get(objects.address(item.raw), ()), canvas, faces)
        for item in texts
    )
    runs = spelled_out(painted, [objects.own_words(item.raw) for item in texts])
    shapes = tuple(_shape(frame, item) for item in items if item.kind in _SHAPES)
    return Page(number, (right - left) * unit, (top - bottom) * unit, turned, unit, runs, shapes)


def _items(page: pypdfium2.PdfPage) -> Iterator[Item]:
    forms = count(1)

    def children(get: Callable[[int], Any], many: int, parent: Item, form: int) -> Iterator[Item]:
        for index in range(many):
            item = _item(get(index), parent, form)
            if item.kind == pdfium.FPDF_PAGEOBJ_FORM:
                inner = pdfium.FPDFFormObj_CountObjects(item.raw)
                take = _taker(item.raw)
                yield from children(take, inner, item, next(forms))
            else:
                yield item

    top = Item(None, pdfium.FPDF_PAGEOBJ_FORM, objects.IDENTITY, None, False)
    many = pdfium.FPDFPage_CountObjects(page)
    yield from children(lambda index: pdfium.FPDFPage_GetObject(page, index), many, top, 0)


def _taker(form: Any) -> Callable[[int], Any]:
    return lambda index: pdfium.FPDFFormObj_GetObject(form, index)


def _item(raw: Any, parent: Item, form: int) -> Item:
    kind, mcid = pdfium.FPDFPageObj_GetType(raw), pdfium.FPDFPageObj_GetMarkedContentID(raw)
    is_form = kind == pdfium.FPDF_PAGEOBJ_FORM
    outer = objects.product(objects.matrix(raw), parent.outer) if is_form else parent.outer
    mark = (form, mcid) if mcid >= 0 else parent.mark
    return Item(raw, kind, outer, mark, parent.artifact or "Artifact" in objects.marks(raw))


def _glyphs(page: pypdfium2.PdfPage, frame: Frame) -> Mapping[int, Sequence[Glyph]]:
    """The characters of every text object, by the object's address."""
    text = page.get_textpage()
    found: dict[int, list[Glyph]] = defaultdict(list)
    owner, high = 0, 0
    for index in range(pdfium.FPDFText_CountChars(text)):
        raw = pdfium.FPDFText_GetTextObject(text, index)
        code = pdfium.FPDFText_GetUnicode(text, index)
        if raw:
            owner = objects.address(raw)
        if code == 2 and pdfium.FPDFText_IsHyphen(text, index):
            code = 0x2D
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00
        if owner and (raw or code == 0x20):
            found[owner].append(_glyph(text, index, code, bool(raw), frame))
    return found


def _glyph(text: Any, index: int, code: int, painted: bool, frame: Frame) -> Glyph:
    left, right, bottom, top, x, y = _NUMBERS
    pdfium.FPDFText_GetCharBox(text, index, left, right, bottom, top)
    pdfium.FPDFText_GetCharOrigin(text, index, x, y)
    box = frame.box(left.value, bottom.value, right.value, top.value)
    inked = painted and box.height > NO_INK and box.width > NO_INK
    unknown = code in {0, 0xFFFD} or bool(pdfium.FPDFText_HasUnicodeMapError(text, index))
    at_x, at_y = (x.value - frame.left) * frame.unit, (y.value - frame.bottom) * frame.unit
    return Glyph(chr(code), box if inked else None, at_x, at_y, not unknown)


_NUMBERS = tuple(ctypes.c_double() for _ in range(6))


def _canvas(page: pypdfium2.PdfPage, texts: Sequence[Item], frame: Frame, scale: float) -> Canvas:
    wide, high = page.get_size()
    sheet = Box(0, 0, wide * frame.unit, high * frame.unit)

    def piece(box: Box, scale: float) -> Canvas:
        """A piece of the page, cut at whole points, with its text and without."""
        edges = (box.left, box.bottom, sheet.right - box.right, sheet.top - box.top)
        cut = tuple(max(floor(edge / frame.unit), 0) for edge in edges)
        _show(texts, True)
        full = _picture(page, scale * frame.unit, cut)
        _show(texts, False)
        bare = _picture(page, scale * frame.unit, cut)
        top = sheet.top - cut[3] * frame.unit
        return Canvas(full, bare, scale, cut[0] * frame.unit, top)

    whole = piece(sheet, scale)
    return replace(whole, closer=lambda box: piece(box, scale * CLOSER))


def _show(texts: Sequence[Item], active: bool) -> None:
    for item in texts:
        pdfium.FPDFPageObj_SetIsActive(item.raw, active)


def _picture(page: pypdfium2.PdfPage, scale: float, cut: tuple[int, ...]) -> Image:
    """A page without its edges as pixels of four bytes, which Pillow takes over without a copy."""
    bitmap = page.render(
        scale=scale,
        crop=cut,
        draw_annots=False,
        may_draw_forms=False,
        prefer_bgrx=True,
        rev_byteorder=True,
    )
    picture: Image = bitmap.to_pil()
    return picture if picture.mode == "RGBX" else picture.convert("RGBX")


def _run(
    frame: Frame, item: Item, glyphs: Sequence[Glyph], canvas: Canvas, faces: dict[int, Face]
) -> Run:
    matrix = objects.product(objects.matrix(item.raw), item.outer)
    a, b, c, d = matrix[:4]
    bounds, baseline = _bounds(frame, item), (matrix[5] - frame.bottom) * frame.unit
    if objects.own_words(item.raw) is None:
        glyphs = _within(glyphs, bounds, baseline)
    else:
        glyphs = [Glyph("", bounds, bounds.left, baseline, True)]
    along, up = hypot(a, b), hypot(c, d)
    boxes = [glyph.box for glyph in glyphs if glyph.box]
    mode = _MODES[pdfium.FPDFTextObj_GetTextRenderMode(item.raw)]
    return Run(
        page=frame.number,
        glyphs=tuple(glyphs),
        face=_face(item.raw, faces),
        size=objects.font_size(item.raw) * up * frame.unit,
        mode=mode,
        slanted=along * up > 0 and abs(a * c + b * d) / (along * up) > SLANT,
        turned=along > 0 and (abs(b) / along > SLANT or a < 0),
        mark=_mark(frame, item),
        artifact=item.artifact,
        box=around(boxes) if boxes else bounds,
        paint=measure(canvas, boxes, objects.fill(item.raw, mode)) if boxes else None,
    )


def _within(glyphs: Sequence[Glyph], bounds: Box, baseline: float) -> Sequence[Glyph]:
    """Glyphs with an even share of their object's box where PDFium puts them outside of it.

    It does so with ligatures (FPDFText_GetCharBox).
    """
    share = bounds.width / max(len(glyphs), 1)
    placed = []
    for index, glyph in enumerate(glyphs):
        if glyph.box and bounds.width > 0 < bounds.height and not glyph.box.overlaps(bounds):
            left = bounds.left + index * share
            box = Box(left, bounds.bottom, left + share, bounds.top)
            glyph = replace(glyph, box=box, x=left, y=baseline)
        placed.append(glyph)
    return placed


def _shape(frame: Frame, item: Item) -> Shape:
    picture = item.kind != pdfium.FPDF_PAGEOBJ_PATH
    return Shape(frame.number, _bounds(frame, item), picture, item.artifact, _mark(frame, item))


def _mark(frame: Frame, item: Item) -> Mark | None:
    return Mark(frame.number, *item.mark) if item.mark else None


def _face(raw: Any, faces: dict[int, Face]) -> Face:
    font = pdfium.FPDFTextObj_GetFont(raw)
    if objects.address(font) not in faces:
        faces[objects.address(font)] = objects.read_face(font)
    return faces[objects.address(font)]


def _bounds(frame: Frame, item: Item) -> Box:
    left, bottom, right, top = objects.edges(item.raw)
    a, b, c, d, e, f = item.outer
    corners = [(x, y) for x in (left, right) for y in (bottom, top)]
    across = [a * x + c * y + e for x, y in corners]
    upward = [b * x + d * y + f for x, y in corners]
    return frame.box(min(across), min(upward), max(across), max(upward))
