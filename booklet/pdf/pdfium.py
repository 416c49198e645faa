"""What stands on the pages of a PDF, as values.

PDFium reads what it would paint: text in form XObjects and in pictures, fonts, colours, marks.
It is for one thread at a time.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from math import hypot

import pypdfium2
import pypdfium2.raw as pdfium

from booklet.pdf.geometry import Box, around
from booklet.pdf.glyphs import glyphs_of
from booklet.pdf.opening import Damaged
from booklet.pdf.page_model import (
    Face,
    Glyph,
    MarkedText,
    Mode,
    PageContent,
    Paint,
    Shape,
    TextRun,
)
from booklet.pdf.page_objects import Item, address, items, own_words, read_face, words_of
from booklet.pdf.pages import Frame
from booklet.pdf.showing import paints_of
from booklet.pdf.spelled import spelled_out

PIXELS_TO_EM = 24.0
"""Pixels to the smallest print allowed when contrast is measured: its stems cover whole pixels."""

SLANT = 0.05
"""Sine of the angle from which letters lean; drawn obliques lean 0.17 to 0.26."""

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
    glyphs = glyphs_of(page, frame)
    for item in items(page, frame.number):
        if item.kind == pdfium.FPDF_PAGEOBJ_TEXT:
            yield "".join(glyph.char for glyph in glyphs.get(item.address, ()))


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
    text = page.get_textpage()
    for item in items(page, frame.number):
        if item.kind == pdfium.FPDF_PAGEOBJ_TEXT and item.mark:
            words = words_of(item, text)
            yield MarkedText(item.mark.mcid, words, frame.box(item.box), _size(item, frame))


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
    text = page.get_textpage()
    sizes = (
        _size(item, frame)
        for item in items(page, frame.number)
        if item.kind == pdfium.FPDF_PAGEOBJ_TEXT and item.mode is not Mode.INVISIBLE
        if not words_of(item, text).isspace()
    )
    return min((round(size, 2) for size in sizes if size > FLAT), default=None)


def _size(item: Item, frame: Frame) -> float:
    """The height of the em of a text as printed, points."""
    size = abs(item.font_size) * hypot(*item.matrix[2:4]) * frame.unit
    return size * frame.type3 if item.is_type3 else size


def _read_page(
    page: pypdfium2.PdfPage,
    frame: Frame,
    smallest: float,
    by_maps: Callable[[], Mapping[int, Sequence[str]]],
) -> PageContent:
    found = tuple(items(page, frame.number))
    texts = [item for item in found if item.kind == pdfium.FPDF_PAGEOBJ_TEXT]
    glyphs = glyphs_of(page, frame)
    said = [own_words(item.raw) for item in texts]
    placed = [
        _placed(frame, item, words, glyphs.get(item.address, ()))
        for item, words in zip(texts, said, strict=True)
    ]
    inks = [[glyph.box for glyph in each if glyph.box] for each in placed]
    paints = paints_of(page, frame, found, inks, PIXELS_TO_EM / smallest)
    faces: dict[int, Face] = {}
    painted = [
        _run(frame, item, each, boxes, _face(item, faces), paint)
        for item, each, boxes, paint in zip(texts, placed, inks, paints, strict=True)
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


def _placed(
    frame: Frame, item: Item, words: str | None, glyphs: Sequence[Glyph]
) -> Sequence[Glyph]:
    """The glyphs of a text; one for all where it has `words`, which say nothing of single ones."""
    bounds, (_, baseline) = frame.box(item.box), frame.point(*item.matrix[4:])
    if words is None:
        return _within(glyphs, bounds, baseline)
    return [Glyph("", bounds, bounds.left, baseline, True)]


def _run(
    frame: Frame,
    item: Item,
    glyphs: Sequence[Glyph],
    boxes: Sequence[Box],
    face: Face,
    paint: Paint | None,
) -> TextRun:
    a, b, c, d, _, _ = item.matrix
    along, up = hypot(a, b), hypot(c, d)
    return TextRun(
        page=frame.number,
        glyphs=tuple(glyphs),
        face=face,
        size=max(_size(item, frame), FLAT),
        mode=item.mode,
        slanted=along * up > 0 and abs(a * c + b * d) / (along * up) > SLANT,
        turned=along > 0 and (abs(b) / along > SLANT or a < 0),
        mark=item.mark,
        artifact=item.artifact,
        box=around(boxes) if boxes else frame.box(item.box),
        paint=paint,
    )


def _within(glyphs: Sequence[Glyph], bounds: Box, baseline: float) -> Sequence[Glyph]:
    """Glyphs with an even share of their object's box where PDFium puts them outside of it.

    It does so with ligatures (FPDFText_GetCharBox).
    """
    if all(glyph.box.overlaps(bounds) for glyph in glyphs if glyph.box):
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


def _face(item: Item, faces: dict[int, Face]) -> Face:
    place = address(item.font)
    if place not in faces:
        faces[place] = read_face(pypdfium2.PdfFont(item.font))
    return faces[place]


def _shape(frame: Frame, item: Item) -> Shape:
    picture = item.kind != pdfium.FPDF_PAGEOBJ_PATH
    box = item.seen if picture else item.box
    return Shape(frame.number, frame.box(box), picture, item.artifact, item.mark)
