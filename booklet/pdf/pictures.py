"""Pages of a finished PDF as pictures, drawn by PDFium, which is for one thread at a time."""

from collections.abc import Sequence
from contextlib import closing
from functools import partial
from io import BytesIO
from math import ceil, floor
from threading import Lock

import pypdfium2
import pypdfium2.raw as pdfium
from PIL.Image import Image

from booklet.pdf.geometry import Box
from booklet.pdf.page_objects import Item
from booklet.pdf.pages import Frame
from booklet.pdf.paint import RenderedPage

CLOSER = 4
"""How many times more pixels where the page shows less contrast than its colours would give."""

FAINT = 230  # greys lighter than this, of 255, are paper: the shade of a scan, not letters

MOST_PIXELS = 2400
"""Along the longer side of a page whose ink is looked for; a poster is drawn more coarsely."""

_ONE_AT_A_TIME = Lock()


class PagePictures:
    """One PDF, held open for those who look at its pages."""

    def __init__(self, pdf: bytes) -> None:
        with _ONE_AT_A_TIME:
            self._document = pypdfium2.PdfDocument(pdf)

    def png(self, number: int, width: int) -> bytes:
        """Page `number`, counted from 1, as a PNG of this width in pixels.

        `IndexError` where there is no such page.
        """
        with _ONE_AT_A_TIME:
            if not 1 <= number <= len(self._document):
                raise IndexError(number)
            page = self._document[number - 1]
            picture = page.render(scale=width / page.get_width()).to_pil()
        file = BytesIO()
        picture.save(file, "PNG", compress_level=1)
        return file.getvalue()


Ink = Box | None
"""What is printed on a page, from its own lower left corner in points; `None` for nothing."""

Inks = tuple[Ink, ...] | None  # the ink of every page, or `None` where nobody knows


def ink_of(data: bytes, frames: Sequence[Frame]) -> Inks:
    """The ink of every page inside its trim, to a third of a millimetre, too large if anything.

    `None` where PDFium cannot draw the file, or counts other pages. Annotations are left out.
    """
    try:
        with closing(pypdfium2.PdfDocument(data)) as opened:
            if len(opened) != len(frames):
                return None
            return tuple(_ink(page, frame) for page, frame in zip(opened, frames, strict=True))
    except pypdfium2.PdfiumError:
        return None


def _ink(page: pypdfium2.PdfPage, frame: Frame) -> Ink:
    trim, (width, height) = frame.trim, frame.upright
    for cut in (page.set_mediabox, page.set_cropbox):
        cut(trim.left, trim.bottom, trim.right, trim.top)
    scale = min(1.0, MOST_PIXELS / max(width, height)) * frame.unit
    drawing = page.render(scale=scale, grayscale=True, draw_annots=False, may_draw_forms=False)
    picture = drawing.to_pil()
    seen = picture.point(lambda grey: 255 * (grey < FAINT)).getbbox()
    if seen is None:
        return None
    left, top, right, bottom = seen
    across, up = width / picture.width, height / picture.height
    return Box(left * across, height - bottom * up, right * across, height - top * up)


def rendered(
    page: pypdfium2.PdfPage, texts: Sequence[Item], frame: Frame, scale: float, area: Box
) -> RenderedPage:
    """The part of a page around an area, with its texts and without them.

    It has `scale` pixels to a point as printed, those that a picture of the whole page has there,
    but for a step of 255 along slanted edges.
    """
    sheet = frame.box(frame.crop)
    # A damaged file may have PDFium see a page of another size: it says how many pixels there are.
    wide, high = (ceil(side * scale * frame.unit) for side in page.get_size())
    left, top = floor(area.left * scale) - 1, floor((sheet.top - area.top) * scale) - 1
    right = wide - ceil(area.right * scale) - 1
    bottom = high - ceil((sheet.top - area.bottom) * scale) - 1
    left, bottom, right, top = (max(edge, 0) for edge in (left, bottom, right, top))
    if left + right >= wide or top + bottom >= high:  # it is off the page
        left = bottom = right = top = 0
    # PDFium's library rounds up what is cut off: half a pixel less is a whole number of them.
    edges = tuple(max(n - 0.5, 0) / (scale * frame.unit) for n in (left, bottom, right, top))
    draw = partial(_picture, page, texts, scale * frame.unit, edges)

    def closer(box: Box) -> RenderedPage:
        """A piece of the page, cut at whole points."""
        far = (box.left, box.bottom, sheet.right - box.right, sheet.top - box.top)
        cut = tuple(max(floor(edge / frame.unit), 0) for edge in far)
        draw = partial(_picture, page, texts, scale * CLOSER * frame.unit, cut)
        left, top = cut[0] * frame.unit, sheet.top - cut[3] * frame.unit
        return RenderedPage(draw, scale * CLOSER, left, top)

    return RenderedPage(draw, scale, 0.0, sheet.top, (left, top), closer)


def _picture(
    page: pypdfium2.PdfPage,
    texts: Sequence[Item],
    scale: float,
    cut: tuple[float, ...],
    shown: bool,
) -> Image:
    """A page without its edges as pixels of four bytes, which Pillow takes over without a copy."""
    for item in texts:
        pdfium.FPDFPageObj_SetIsActive(item.raw, shown)
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
