"""How each text of a page stands out: from the file where that is sure, else from a picture.

A picture is drawn of the part of a page that needs one. Where a text is plain and nothing but text
is painted near it, its ground is the paper, and nothing is drawn.
"""

from collections.abc import Iterator, Sequence

import pypdfium2
import pypdfium2.raw as pdfium

from booklet.pdf.covering import bare_paper, plain_texts
from booklet.pdf.geometry import Box, around
from booklet.pdf.page_model import Paint
from booklet.pdf.page_objects import Item
from booklet.pdf.pages import Frame
from booklet.pdf.paint import measure, on_one_ground
from booklet.pdf.pictures import rendered

PAPER = (255, 255, 255)

NEAR = 4.0
"""Pixels: what is painted so near to a text may shade a pixel that its letters have a part in."""


def paints_of(
    page: pypdfium2.PdfPage,
    frame: Frame,
    painted: Sequence[Item],
    inks: Sequence[Sequence[Box]],
    scale: float,
) -> Iterator[Paint | None]:
    """How each text among the objects of a page stands out, in the order of painting.

    `inks` has the boxes of its letters as printed, in points; a text without any has no paint.
    Pictures have `scale` pixels to a point.
    """
    texts = [item for item in painted if item.kind == pdfium.FPDF_PAGEOBJ_TEXT]
    is_bare = bare_paper(painted, frame, NEAR / scale)
    # A damaged file may have PDFium see a page of another size than the one that is reckoned with.
    wide, high = page.get_size()
    as_told = abs(wide - frame.crop.width) < 1 and abs(high - frame.crop.height) < 1
    areas = [around(boxes) if boxes else None for boxes in inks]
    plain = [*plain_texts(painted)]
    sure = [
        as_told and sees and area is not None and is_bare(area)
        for sees, area in zip(plain, areas, strict=True)
    ]
    unsure = [area for area, known in zip(areas, sure, strict=True) if area and not known]
    picture = rendered(page, texts, frame, scale, around(unsure)) if unsure else None
    for item, boxes, sees, known in zip(texts, inks, plain, sure, strict=True):
        if known and item.colour is not None:
            yield on_one_ground(item.colour, PAPER)
        else:
            yield measure(picture, boxes, item.colour, sees) if picture and boxes else None
