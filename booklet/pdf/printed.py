"""The pages of a PDF as one looks at them on paper: a small picture, and the words of a part.

Lengths are points from the lower left corner of the page as it is shown, turned and cropped.
PDFium is for one thread at a time.
"""

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

import pypdfium2
import pypdfium2.raw as pdfium
from PIL.Image import Image

from booklet.pdf.geometry import Box, turned
from booklet.pdf.opening import Damaged
from booklet.pdf.page_model import Face
from booklet.pdf.page_objects import address, items, read_face

PIXELS_TO_POINT = 1.0
"""How sharp the pictures are: ink leaves a pixel that is not white, however little it covers."""


@dataclass(frozen=True, slots=True)
class PrintedLetter:
    """One character of a page."""

    char: str  # what it is
    box: Box  # its ink
    baseline: float  # how high it stands
    face: Face  # its font


class PrintedPage:
    """One page, good as long as its document is open."""

    def __init__(self, number: int, page: pypdfium2.PdfPage, known: dict[str, Face]) -> None:
        self.number = number  # which page it is, from 1
        self._page = page
        self._faces: dict[int, Face] = {}
        self._known = known
        """The fonts of the file by their names, which are looked at once: that takes longest."""

    @cached_property
    def size(self) -> tuple[float, float]:
        """Its width and height as shown: what a viewer cuts it to."""
        width, height = self._page.get_size()
        return width, height

    @cached_property
    def sheet(self) -> tuple[float, float]:
        """Width and height of all of it, turned but not cut: its media box."""
        box = Box.between(*self._page.get_mediabox())
        turn = self._page.get_rotation() % 180
        return (box.height, box.width) if turn else (box.width, box.height)

    def picture(self, colour: bool, times: int = 1) -> Image:
        """What is printed, stamps and filled fields included, in grey or in colour.

        It has so many `times` the usual pixels along each side.
        """
        scale = PIXELS_TO_POINT * times
        drawn = self._page.render(scale=scale, grayscale=not colour, rev_byteorder=colour)
        picture: Image = drawn.to_pil()
        return picture

    @cached_property
    def _text(self) -> pypdfium2.PdfTextPage:
        return self._page.get_textpage()

    def words(self, area: Box) -> str:
        """The text of which a part stands in an area, line by line, seen or not."""
        box = self._unturned(area)
        return str(self._text.get_text_bounded(box.left, box.bottom, box.right, box.top))

    def letters(self, area: Box) -> Iterator[PrintedLetter]:
        """The characters whose ink has a part in an area; spaces are none."""
        box, text = self._unturned(area), self._text.raw
        edges = left, right, bottom, top = tuple(ctypes.c_double() for _ in range(4))
        for index in range(pdfium.FPDFText_CountChars(text)):
            pdfium.FPDFText_GetCharBox(text, index, *edges)
            # Most letters stand elsewhere, and there are thousands, so that no box is made of them.
            if left.value > box.right or right.value < box.left:
                continue
            if bottom.value > box.top or top.value < box.bottom:
                continue
            ink = Box(left.value, bottom.value, right.value, top.value)
            char = chr(pdfium.FPDFText_GetUnicode(text, index))
            if not char.isspace():
                yield self._letter(index, char, ink)

    def _letter(self, index: int, char: str, ink: Box) -> PrintedLetter:
        x, y, text = ctypes.c_double(), ctypes.c_double(), self._text.raw
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        stands = Box(x.value, y.value, x.value, y.value).moved(self._matrix).bottom
        face = self._face(pdfium.FPDFText_GetTextObject(text, index))
        return PrintedLetter(char, ink.moved(self._matrix), stands, face)

    def missing_fonts(self) -> frozenset[str]:
        """The names of the fonts of its text that the file does not hold."""
        found = items(self._page, self.number)
        texts = (item.raw for item in found if item.kind == pdfium.FPDF_PAGEOBJ_TEXT)
        faces = map(self._face, texts)
        return frozenset(face.name or "a font" for face in faces if not face.embedded)

    def _face(self, text: ctypes.c_void_p) -> Face:
        raw = pdfium.FPDFTextObj_GetFont(text)
        key = address(raw)
        if key not in self._faces:
            font = pypdfium2.PdfFont(raw)
            name = f"{font.get_base_name()} {font.is_embedded}"
            self._known[name] = self._faces[key] = self._known.get(name) or read_face(font)
        return self._faces[key]

    @cached_property
    def _matrix(self) -> tuple[float, float, float, float, float, float]:
        crop = Box.between(*self._page.get_cropbox())
        return turned(crop, self._page.get_rotation())

    def _unturned(self, area: Box) -> Box:
        """An area of the page as shown, in the units the file has."""
        a, b, c, d, e, f = self._matrix
        back = (a, c, b, d, -(a * e + b * f), -(c * e + d * f))  # it turns and moves, no more
        return area.moved(back)


@contextmanager
def printed_pages(data: bytes) -> Iterator[Callable[[int], PrintedPage]]:
    """Gives a function for any page of a PDF by its number from 1.

    `Damaged` where PDFium cannot open the file or the page.
    """
    try:
        with pypdfium2.PdfDocument(data) as opened:
            opened.init_forms()
            known: dict[str, Face] = {}
            yield lambda number: PrintedPage(number, opened[number - 1], known)
    except pypdfium2.PdfiumError as error:
        raise Damaged(str(error)) from error
