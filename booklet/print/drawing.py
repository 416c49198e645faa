"""Drawing: the PDF of one run of sheets, every page a form in its place."""

from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DecodedStreamObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
)

from booklet.print.canvas import Canvas, canvas_of
from booklet.print.forms import Copier, numbers, page_form
from booklet.print.geometry import Box, written
from booklet.print.imposition import Side
from booklet.print.objects import looked_up
from booklet.print.onesided import Run
from booklet.print.placing import Placing
from booklet.print.preferences import tell_the_printer
from booklet.print.schemes import Scheme
from booklet.print.source_file import SourceFile
from booklet.print.stock import Paper, points

TITLE = "Print sheets: "
FOR_PAPER_ONLY = "For paper only: not tagged, not the accessible copy"


@dataclass(frozen=True, slots=True)
class Plan:
    """All that is known before the first sheet is drawn."""

    source: SourceFile
    scheme: Scheme
    paper: Paper
    placings: tuple[Placing, ...]
    sides: tuple[Side, ...]

    @property
    def title(self) -> str:
        """What the file of sheets is called, so that nobody sends it to a reader."""
        return f"{TITLE}{self.source.title}"

    def pdf(self, run: Run) -> bytes:
        """The sheets of one run through the printer."""
        writer = PdfWriter()
        writer.pdf_header = "%PDF-1.7"
        forms = _Forms(self.source, Copier(writer))
        for side in run.sides:
            self._draw(writer, forms, side, run.head_down)
        forms.keep_layers_and_colours()
        shop = self.scheme.edge if self.scheme.sheet is None else None
        tell_the_printer(writer, run.flip, shop)
        writer.add_metadata({"/Title": self.title, "/Subject": FOR_PAPER_ONLY})
        writer._ID = self._identifiers(run)
        target = BytesIO()
        writer.write(target)
        return target.getvalue()

    def _identifiers(self, run: Run) -> ArrayObject:
        """What the file is known by (ISO 32000-1, 14.4): the same for the same sheets."""
        asked = [self.scheme.name, self.paper, run, *((p.scale, p.sideways) for p in self.placings)]
        known = sha256(self.source.data + repr(asked).encode()).digest()[:16]
        return ArrayObject([ByteStringObject(known)] * 2)

    def _draw(self, writer: PdfWriter, forms: "_Forms", number: int, head_down: bool) -> None:
        side = self.sides[number]
        first = next((self.placings[page - 1] for page in side if page), self.placings[0])
        canvas = canvas_of(self.scheme, len(side), first)
        parts, used = [canvas.marks], DictionaryObject()
        if head_down:
            parts.insert(0, f"-1 0 0 -1 {written((canvas.whole.width, canvas.whole.height))} cm\n")
        for slot, page in enumerate(side):
            if page is not None:
                used[NameObject(f"/P{page}")] = forms.of(page)
                parts.append(self._placed(page, canvas, number, slot))
        _add_side(writer, canvas, "".join(parts), used)

    def _placed(self, page: int, canvas: Canvas, side: int, slot: int) -> str:
        """The operators that paint one page, clipped to its slot."""
        box = canvas.slots[slot]
        shift = points(self.scheme.moved(side, slot, self.paper))
        matrix = self.placings[page - 1].matrix(box, shift)
        clip = canvas.bleed if canvas.bleed != canvas.whole else box
        edges = written((clip.left, clip.bottom, clip.width, clip.height))
        return f"q {edges} re W n {written(matrix)} cm /P{page} Do Q\n"


class _Forms:
    """The pages of one file of sheets, made into forms when first used."""

    def __init__(self, source: SourceFile, copier: Copier) -> None:
        self.source, self.copier = source, copier
        self._made: dict[int, IndirectObject] = {}

    def of(self, page: int) -> IndirectObject:
        if page not in self._made:
            self._made[page] = page_form(self.source.pages[page - 1], self.copier)
        return self._made[page]

    def keep_layers_and_colours(self) -> None:
        """Hidden layers stay hidden, colours what they were (ISO 32000-1, 8.11.4, 14.11.5)."""
        for key in ("/OCProperties", "/OutputIntents"):
            if told := looked_up(self.source.reader.root_object, key):
                self.copier.writer.root_object[NameObject(key)] = self.copier.copy(told)


def _add_side(writer: PdfWriter, canvas: Canvas, drawing: str, forms: DictionaryObject) -> None:
    """One side of a sheet, with its boxes (ISO 32000-1, 14.11.2)."""
    page = writer.add_blank_page(canvas.whole.width, canvas.whole.height)
    content = DecodedStreamObject()
    content.set_data(drawing.encode("ascii"))
    page[NameObject("/Contents")] = writer._add_object(content)
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): forms})
    boxes = {
        "/MediaBox": canvas.whole,
        "/CropBox": canvas.whole,
        "/BleedBox": canvas.bleed,
        "/TrimBox": canvas.trim,
    }
    for key, box in boxes.items():
        page[NameObject(key)] = _array(box)


def _array(box: Box) -> ArrayObject:
    return numbers(box.left, box.bottom, box.right, box.top)
