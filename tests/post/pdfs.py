"""Letters made for the tests of carriers: a good one, and what spoils it. Lengths are in mm."""

from collections.abc import Callable, Sequence
from io import BytesIO

import pikepdf
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from booklet.typeface import font_files

Draw = Callable[["Pen"], None]

ADDRESS = ("Mrs Example Reader", "1 Invented Street", "Nowhere", "ZE99 9ZZ")
"""Nobody lives there: it has the form of a postcode, and is none."""

for _name, _path in font_files().items():
    if _path.suffix == ".ttf":
        pdfmetrics.registerFont(TTFont(_name.removesuffix(".ttf"), _path))
REGULAR = next(name for name in pdfmetrics.getRegisteredFontNames() if "Regular" in name)
BOLD = next(name for name in pdfmetrics.getRegisteredFontNames() if "Bold" in name)


class Pen:
    """Draws on a page, from its top left corner."""

    def __init__(self, canvas: Canvas, height: float) -> None:
        self.canvas, self.height = canvas, height

    def text(
        self, x: float, y: float, words: str, size: float = 12, font: str = REGULAR, grey: float = 0
    ) -> None:
        """Words on a baseline."""
        self.canvas.setFont(font, size)
        self.canvas.setFillGray(grey)
        self.canvas.drawString(x * mm, self.height - y * mm, words)

    def block(self, left: float, top: float, right: float, bottom: float) -> None:
        """A black area."""
        self.canvas.setFillGray(0)
        width, height = (right - left) * mm, (bottom - top) * mm
        self.canvas.rect(left * mm, self.height - bottom * mm, width, height, stroke=0, fill=1)


def address(
    lines: Sequence[str] = ADDRESS,
    x: float = 26,
    y: float = 44,
    step: float = 5,
    size: float = 10,
    font: str = REGULAR,
) -> Draw:
    """An address, its first line on a baseline."""

    def draw(pen: Pen) -> None:
        for number, line in enumerate(lines):
            pen.text(x, y + number * step, line, size, font)

    return draw


def body(pen: Pen) -> None:
    pen.text(20, 110, "Dear Mrs Example")
    pen.text(20, 120, "Words of a letter that stand where words of a letter may stand.")


def words(x: float, y: float, text: str = "Words", **how: float | str) -> Draw:
    return lambda pen: pen.text(x, y, text, **how)  # type: ignore[arg-type]


def block(left: float, top: float, right: float, bottom: float) -> Draw:
    return lambda pen: pen.block(left, top, right, bottom)


def letter(
    *pages: Sequence[Draw],
    size: tuple[float, float] = A4,
    language: str | None = "en-GB",
) -> bytes:
    """A letter of pages, each with what is drawn on it."""
    file = BytesIO()
    canvas = Canvas(file, pagesize=size, lang=language)
    for draws in pages:
        for draw in draws:
            draw(Pen(canvas, size[1]))
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def on_its_side(pdf: bytes) -> bytes:
    """The same pages, laid on their left sides in the file and turned upright by `Rotate`."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        for page in opened.pages:
            wide, high = page.mediabox[2], page.mediabox[3]
            page.contents_add(f"0 1 -1 0 {high} 0 cm".encode(), prepend=True)
            page.mediabox, page.obj.Rotate = [0, 0, high, wide], 90
        file = BytesIO()
        opened.save(file)
        return file.getvalue()


GOOD = (address(), body)
"""What stands on the first page of a good letter for GOV.UK Notify."""

DESK = (address(y=62), words(115, 30, "The clinic"), words(20, 130))
"""The same for the window of DL and of C5."""
