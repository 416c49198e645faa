"""Print sheets of a finished PDF: pages imposed, boxes set, and the printer told how."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
)

from booklet.paper.canvas import Canvas, canvas_of
from booklet.paper.damage import complaints_heard, damage_told, fault
from booklet.paper.forms import Copier, numbers, page_form
from booklet.paper.geometry import Box, written
from booklet.paper.imposition import Side
from booklet.paper.notes import mended, notes, refuse_too_thick
from booklet.paper.onesided import Run, Stacking, runs
from booklet.paper.placing import Placing, fitted_text, place_all
from booklet.paper.preferences import tell_the_printer
from booklet.paper.reading import SourceFile, looked_up, read_pdf
from booklet.paper.schemes import Scheme
from booklet.paper.stock import Format, Paper, format_of, points

TITLE = "Print sheets: "
FOR_PAPER_ONLY = "For paper only: not tagged, not the accessible copy"


@dataclass(frozen=True, slots=True)
class PrintFile:
    """A PDF for the printer.

    `suffix` goes between the booklet's file name and `.pdf`. `instruction` tells the person at
    the printer what to do with it; `notes` what they would not expect of the sheets. `pages`
    are those of the booklet, `sides` those of this file; `finished` is the booklet's size.
    """

    suffix: str
    title: str
    pdf: bytes
    pages: int
    sides: int
    finished: Format
    instruction: str
    notes: tuple[str, ...]

    def file_name(self, booklet: str) -> str:
        """The name of the file, from the name of the booklet's.

        >>> from booklet.paper.stock import A5
        >>> PrintFile("_PRINT-BOOKLET", "", b"", 4, 2, A5, "", ()).file_name("aml.pdf")
        'aml_PRINT-BOOKLET.pdf'
        """
        return f"{Path(booklet).stem}{self.suffix}.pdf"


def make_sheets(
    pdf: bytes | Path,
    scheme: Scheme,
    *,
    stock: Paper | None = None,
    fit: bool = False,
    floor: float | None = None,
    one_sided: Stacking | None = None,
    name: Path | None = None,
) -> tuple[PrintFile, ...]:
    """Print sheets of a PDF: one file, or fronts and backs for a printer that prints one side.

    Pages keep their own size unless `fit` is asked for; then none of the text may come out
    smaller than `floor` points. `name` is what the PDF is called in messages and titles.
    Raises `FaultsFound` for a PDF that cannot be printed so, `WrongUsage` where fronts and
    backs are asked of a scheme that has only fronts. The same PDF gives the same bytes.
    """
    paper = stock or Paper()
    source = read_pdf(pdf, name)
    if source.title.startswith(TITLE):
        raise fault(source.name, "these are print sheets already; take the booklet's own PDF")
    refuse_too_thick(source, scheme, paper)
    placings = place_all(source, scheme, fit)
    sides = scheme.order(len(source.pages))
    with damage_told(source.name), complaints_heard() as complaints:
        words = [*fitted_text(source, placings, floor), *notes(source, scheme, placings, sides)]
        plan = _Plan(source, scheme, paper, placings, sides)
        drawn = [(run, plan.pdf(run)) for run in runs(scheme, sides, one_sided)]
    words.extend(mended((*source.complaints, *complaints)))
    return tuple(plan.print_file(run, data, tuple(words)) for run, data in drawn)


@dataclass(frozen=True, slots=True)
class _Plan:
    """All that is known before the first sheet is drawn."""

    source: SourceFile
    scheme: Scheme
    paper: Paper
    placings: tuple[Placing, ...]
    sides: tuple[Side, ...]

    @property
    def title(self) -> str:
        return f"{TITLE}{self.source.title}"

    def print_file(self, run: Run, data: bytes, words: tuple[str, ...]) -> PrintFile:
        pages, sides = len(self.placings), len(run.sides)
        finished = self.scheme.finished
        if self.scheme.sheet is None:
            finished = format_of(*(side / points(1) for side in self.placings[0].size))
        return PrintFile(
            run.suffix, self.title, data, pages, sides, finished, run.instruction, words
        )

    def pdf(self, run: Run) -> bytes:
        """The sheets of one run through the printer."""
        writer = PdfWriter()
        writer.pdf_header = "%PDF-1.7"
        forms = _Forms(self.source, Copier(writer))
        for side in run.sides:
            self._draw(writer, forms, side, run.head_down)
        forms.keep_layers()
        tell_the_printer(writer, run.flip)
        writer.add_metadata({"/Title": self.title, "/Subject": FOR_PAPER_ONLY})
        target = BytesIO()
        writer.write(target)
        return target.getvalue()

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
        shift = points(self.scheme.shift(side, slot, self.paper))
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

    def keep_layers(self) -> None:
        """Layers that the PDF hides stay hidden (ISO 32000-1, 8.11.4)."""
        if layers := looked_up(self.source.reader.root_object, "/OCProperties"):
            self.copier.writer.root_object[NameObject("/OCProperties")] = self.copier.copy(layers)


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
