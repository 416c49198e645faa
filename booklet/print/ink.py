"""Ink: where on a page something can be seen, measured on its picture."""

from contextlib import closing

import pypdfium2

from booklet.print.geometry import Box
from booklet.print.source_file import SourceFile, SourcePage

FAINT = 230
"""Greys lighter than this, of 255, are paper: the shade of a scan, not letters."""

MOST_PIXELS = 2400
"""Along the longer side; a poster is measured more coarsely."""

Ink = Box | None
"""What is printed on a page, from its own lower left corner in points; `None` for nothing."""

Inks = tuple[Ink, ...] | None
"""The ink of every page, or `None` where nobody knows."""


def ink_of(source: SourceFile) -> Inks:
    """The ink of every page inside its trim, to a third of a millimetre, too large if anything.

    `None` where PDFium cannot draw the file, or counts other pages than pypdf. Annotations are
    left out, as they are on the sheets. PDFium is for one thread at a time.
    """
    try:
        with closing(pypdfium2.PdfDocument(source.data)) as opened:
            if len(opened) != len(source.pages):
                return None
            return tuple(_ink(opened[page.number - 1], page) for page in source.pages)
    except pypdfium2.PdfiumError:
        return None


def _ink(drawn: pypdfium2.PdfPage, page: SourcePage) -> Ink:
    trim, (width, height) = page.trim, page.upright
    for cut in (drawn.set_mediabox, drawn.set_cropbox):
        cut(trim.left, trim.bottom, trim.right, trim.top)
    scale = min(1.0, MOST_PIXELS / max(width, height)) * page.unit
    drawing = drawn.render(scale=scale, grayscale=True, draw_annots=False, may_draw_forms=False)
    picture = drawing.to_pil()
    seen = picture.point(lambda grey: 255 * (grey < FAINT)).getbbox()
    if seen is None:
        return None
    left, top, right, bottom = seen
    across, up = width / picture.width, height / picture.height
    return Box(left * across, height - bottom * up, right * across, height - top * up)
