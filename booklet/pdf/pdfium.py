"""What stands on the pages of a PDF, as values.

PDFium reads what it would paint: text in form XObjects and in pictures, fonts, colours, marks.
It is for one thread at a time.
"""

import ctypes
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from math import hypot
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from booklet.pdf.covering import plain_texts
from booklet.pdf.geometry import Box, around
from booklet.pdf.opening import Damaged
from booklet.pdf.page_model import Face, Glyph, MarkedText, Mode, PageContent, Shape, TextRun
from booklet.pdf.page_objects import Item, address, fill, items, own_words, read_face
from booklet.pdf.pages import Frame
from booklet.pdf.paint import RenderedPage, measure
from booklet.pdf.pictures import rendered
from booklet.pdf.spelled import spelled_out

PIXELS_TO_EM = 24.0
"""Pixels to the smallest print allowed when contrast is measured: its stems cover whole pixels."""

NO_INK = 0.05
"""A box lower than this, in points, is a space: PDFium gives spaces a hundredth of a point."""

SLANT = 0.05
"""Sine of the angle from which letters lean; drawn obliques lean 0.17 to 0.26."""

RIGHT_TO_LEFT_MARK = 0x200F
MARKS = {0x061C, 0x200E, RIGHT_TO_LEFT_MARK}
"""Marks of direction: they part words for programs, and say nothing themselves."""

_SHAPES = (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING)

FLAT = 0.01  # points; a text pressed flatter has this size, which can be divided by


def read_pages(data: bytes, frames: Sequence[Frame], smallest: float) -> tuple[PageContent, ...]:
    """Everything painted on the pages of a PDF, each in its frame.

    `smallest` is the print that must be measured well, points. `Damaged` where PDFium cannot
    open the file or counts other pages.
    """
    by_maps = cache(lambda: _by_maps(data, frames))
    with _opened(data, frames) as pages:
        return tuple(_read_page(page, frame, smallest, by_maps) for page, frame in pages)


def _by_maps(data: bytes, frames: Sequence[Frame]) -> Mapping[int, Sequence[str]]:
    """What the maps of fonts say of each text of each page; nothing where that cannot be had.

    PDFium does not tell it of text that has words of its own, so those are left out of a copy.
    """
    from booklet.pdf.writing import without_own_words  # loads qpdf, which few files need

    try:
        with _opened(without_own_words(data), frames) as pages:
            return {frame.number: tuple(_texts(page, frame)) for page, frame in pages}
    except Damaged:
        return {}


def _texts(page: pypdfium2.PdfPage, frame: Frame) -> Iterator[str]:
    glyphs = _glyphs(page, frame)
    for item in items(page, frame.number):
        if item.kind == pdfium.FPDF_PAGEOBJ_TEXT:
            yield "".join(glyph.char for glyph in glyphs.get(address(item.raw.raw), ()))


def smallest_text(data: bytes, frames: Sequence[Frame]) -> tuple[float | None, ...]:
    """The smallest visible letter of each page, points; `None` where none can be measured.

    Words in pictures and the invisible words under a scan have no size.
    """
    try:
        with _opened(data, frames) as pages:
            return tuple(_smallest(page, frame) for page, frame in pages)
    except Damaged:
        return (None,) * len(frames)


def marked_texts(data: bytes, frames: Sequence[Frame]) -> tuple[tuple[MarkedText, ...], ...]:
    """The texts of each page that stand in numbered content, in the order PDFium gives them.

    `Damaged` where PDFium cannot open the file or counts other pages.
    """
    with _opened(data, frames) as pages:
        return tuple(tuple(_marked(page, frame)) for page, frame in pages)


def _marked(page: pypdfium2.PdfPage, frame: Frame) -> Iterator[MarkedText]:
    for item in items(page, frame.number, page.get_textpage()):
        if item.kind == pdfium.FPDF_PAGEOBJ_TEXT and item.mark:
            box = frame.box(item.box)
            yield MarkedText(item.mark.mcid, item.raw.extract(), box, _size(item, frame))


@contextmanager
def _opened(
    data: bytes, frames: Sequence[Frame]
) -> Iterator[Iterator[tuple[pypdfium2.PdfPage, Frame]]]:
    """Each page with its frame, not turned."""
    try:
        with pypdfium2.PdfDocument(data) as opened:
            if len(opened) != len(frames):
                raise Damaged("its pages cannot be counted")
            yield ((_upright(opened[frame.number - 1]), frame) for frame in frames)
    except pypdfium2.PdfiumError as error:
        raise Damaged(str(error)) from error


def _upright(page: pypdfium2.PdfPage) -> pypdfium2.PdfPage:
    page.set_rotation(0)
    return page


def _smallest(page: pypdfium2.PdfPage, frame: Frame) -> float | None:
    """A text that says nothing has a size too: many a Type 3 font does not tell its letters."""
    sizes = (
        _size(item, frame)
        for item in items(page, frame.number, page.get_textpage())
        if item.kind == pdfium.FPDF_PAGEOBJ_TEXT and item.mode is not Mode.INVISIBLE
        if not item.raw.extract().isspace()
    )
    return min((round(size, 2) for size in sizes if size > FLAT), default=None)


def _size(item: Item, frame: Frame) -> float:
    """The height of the em of a text as printed, points."""
    size: float = abs(item.raw.get_font_size()) * hypot(*item.matrix[2:4]) * frame.unit
    return size * frame.type3 if item.is_type3 else size


def _read_page(
    page: pypdfium2.PdfPage,
    frame: Frame,
    smallest: float,
    by_maps: Callable[[], Mapping[int, Sequence[str]]],
) -> PageContent:
    found = tuple(items(page, frame.number))
    texts = [item for item in found if item.kind == pdfium.FPDF_PAGEOBJ_TEXT]
    glyphs = _glyphs(page, frame)
    picture = rendered(page, texts, frame, PIXELS_TO_EM / smallest)
    faces: dict[int, Face] = {}
    said = [own_words(item.raw) for item in texts]
    painted = [
        _run(frame, item, words, glyphs.get(address(item.raw.raw), ()), picture, faces, plain)
        for item, words, plain in zip(texts, said, plain_texts(found), strict=True)
    ]
    if any(words is not None for words in said):
        told = by_maps().get(frame.number, ())
        if len(told) == len(painted):
            painted = [
                run if words is None else replace(run, by_map=own)
                for run, words, own in zip(painted, said, told, strict=True)
            ]
    shapes = (_shape(frame, item) for item in found if item.kind in _SHAPES)
    sheet = frame.box(frame.crop)
    return PageContent(
        frame.number,
        sheet.width,
        sheet.height,
        frame.turn,
        frame.unit,
        spelled_out(painted, said),
        tuple(shapes),
    )


def _glyphs(page: pypdfium2.PdfPage, frame: Frame) -> Mapping[int, Sequence[Glyph]]:
    """The characters of every text object, by the object's address."""
    opened = page.get_textpage()
    text = opened.raw
    found: dict[int, list[Glyph]] = defaultdict(list)
    owner, high = 0, 0
    marks: set[tuple[float, float]] = set()
    for index in range(pdfium.FPDFText_CountChars(text)):
        raw = pdfium.FPDFText_GetTextObject(text, index)
        code = pdfium.FPDFText_GetUnicode(text, index)
        if raw:
            owner = address(raw)
        if code == 2 and pdfium.FPDFText_IsHyphen(text, index):
            code = 0x2D
        if 0xD800 <= code < 0xDC00:  # the first half of a character beyond 16 bits
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00
        if code in MARKS:
            if code == RIGHT_TO_LEFT_MARK:
                pdfium.FPDFText_GetCharOrigin(text, index, *_ORIGIN)
                marks.add(_rounded(frame.point(*(number.value for number in _NUMBERS[4:]))))
            continue
        if owner and (raw or code == 0x20):  # a space without an object is one PDFium put in
            found[owner].append(_glyph(text, index, code, bool(raw), frame))
    return {
        each: [glyph for glyph in glyphs if glyph.char != " " or _place(glyph) not in marks]
        for each, glyphs in found.items()
    }


def _rounded(place: tuple[float, float]) -> tuple[float, float]:
    return round(place[0], 1), round(place[1], 1)


def _place(glyph: Glyph) -> tuple[float, float]:
    return _rounded((glyph.x, glyph.y))


def _glyph(text: Any, index: int, code: int, painted: bool, frame: Frame) -> Glyph:
    pdfium.FPDFText_GetCharBox(text, index, *_BOX)
    pdfium.FPDFText_GetCharOrigin(text, index, *_ORIGIN)
    left, right, bottom, top, x, y = (number.value for number in _NUMBERS)
    box = frame.box(Box(left, bottom, right, top))
    inked = painted and box.top - box.bottom > NO_INK and box.right - box.left > NO_INK
    known = code not in (0, 0xFFFD) and not pdfium.FPDFText_HasUnicodeMapError(text, index)
    place = frame.point(x, y)
    if inked or not painted:
        return Glyph(chr(code), box if inked else None, *place, known)
    pdfium.FPDFText_GetLooseCharBox(text, index, _LOOSE)
    advance = frame.box(Box(_LOOSE.left, _LOOSE.bottom, _LOOSE.right, _LOOSE.top)).width
    return Glyph(chr(code), None, *place, known, advance)


_NUMBERS = tuple(ctypes.c_double() for _ in range(6))
_BOX, _ORIGIN = [tuple(map(ctypes.byref, part)) for part in (_NUMBERS[:4], _NUMBERS[4:])]
_LOOSE = pdfium.FS_RECTF()


def _run(
    frame: Frame,
    item: Item,
    words: str | None,
    glyphs: Sequence[Glyph],
    picture: RenderedPage,
    faces: dict[int, Face],
    plain: bool,
) -> TextRun:
    a, b, c, d, e, f = item.matrix
    bounds, (_, baseline) = frame.box(item.box), frame.point(e, f)
    if words is None:
        glyphs = _within(glyphs, bounds, baseline)
    else:  # what is painted says nothing of single letters: one stands for all
        glyphs = [Glyph("", bounds, bounds.left, baseline, True)]
    along, up = hypot(a, b), hypot(c, d)
    boxes = [glyph.box for glyph in glyphs if glyph.box]
    return TextRun(
        page=frame.number,
        glyphs=tuple(glyphs),
        face=_face(item.raw, faces),
        size=max(_size(item, frame), FLAT),
        mode=item.mode,
        slanted=along * up > 0 and abs(a * c + b * d) / (along * up) > SLANT,
        turned=along > 0 and (abs(b) / along > SLANT or a < 0),
        mark=item.mark,
        artifact=item.artifact,
        box=around(boxes) if boxes else bounds,
        paint=measure(picture, boxes, fill(item.raw, item.mode), plain) if boxes else None,
    )


def _within(glyphs: Sequence[Glyph], bounds: Box, baseline: float) -> Sequence[Glyph]:
    """Glyphs with an even share of their object's box where PDFium puts them outside of it.

    It does so with ligatures (FPDFText_GetCharBox).
    """
    boxes = [glyph.box for glyph in glyphs if glyph.box]
    if all(box.overlaps(bounds) for box in boxes):
        return glyphs
    share = bounds.width / max(len(glyphs), 1)
    placed = []
    for index, glyph in enumerate(glyphs):
        if glyph.box and bounds.width > 0 < bounds.height and not glyph.box.overlaps(bounds):
            left = bounds.left + index * share
            box = Box(left, bounds.bottom, left + share, bounds.top)
            glyph = glyph._replace(box=box, x=left, y=baseline)
        placed.append(glyph)
    return placed


def _face(raw: Any, faces: dict[int, Face]) -> Face:
    font = raw.get_font()
    place = address(font.raw)
    if place not in faces:
        faces[place] = read_face(font)
    return faces[place]


def _shape(frame: Frame, item: Item) -> Shape:
    picture = item.kind != pdfium.FPDF_PAGEOBJ_PATH
    box = item.seen if picture else item.box
    return Shape(frame.number, frame.box(box), picture, item.artifact, item.mark)
