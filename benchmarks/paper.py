"""Speed and size of our saddle stitch against other ways to make it, on the same file.

    pip install pdfimpose imposer
    .venv/bin/python -m benchmarks.paper booklet.pdf

Neither tool is needed to use or to test the booklet builder. Every way gets the bytes of the
PDF and gives back bytes; the best of several runs counts, in processor time. Ours also draws
every page to see whether print comes near an edge; the others do not look. `writing` is the part
of ours that qpdf does, beside the same done by pypdf, with pages as forms and merged. At the end,
damaged copies of the file: how many of them pypdf and qpdf open with all their pages. Without a
file, a booklet of 40 pages with a picture on each is made.
"""

import random
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

import pikepdf
from pypdf import PageObject, PdfReader, PdfWriter, Transformation
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
)

from benchmarks.measuring import best, here, interleaved
from benchmarks.row import Row, seconds
from booklet.pdf.opening import CannotOpen, guarded, open_pdf
from booklet.print.drawing import drawn
from booklet.print.onesided import runs
from booklet.print.placing import PrintJob, place_all
from booklet.print.schemes import Scheme, scheme_named
from booklet.print.sheets import make_sheets
from booklet.print.source_file import read_pdf
from booklet.print.stock import Paper

DAMAGED = 300


def ours(pdf: bytes, scheme: Scheme) -> bytes:
    """The print sheets of this project."""
    return make_sheets(pdf, scheme)[0].pdf


def writing(pdf: bytes, scheme: Scheme) -> bytes:
    """The sheets opened, placed and written by qpdf, without a look at the pages."""
    source = read_pdf(pdf)
    sides = scheme.sides(len(source.pages))
    job = PrintJob(source, scheme, Paper(), place_all(source, scheme, False), sides)
    return drawn(job, runs(scheme, sides, None, Paper())[0])


def pypdf_forms(pdf: bytes, scheme: Scheme) -> bytes:
    """pypdf, each page a Form XObject."""
    reader, writer = PdfReader(BytesIO(pdf)), PdfWriter()
    width, height = scheme.slot
    forms: dict[int, IndirectObject] = {}
    for side in scheme.sides(len(reader.pages)):
        sheet = writer.add_blank_page(width * scheme.slots, height)
        used, content = DictionaryObject(), ""
        for slot, page in enumerate(side):
            if page is not None:
                if page not in forms:
                    forms[page] = _pypdf_form(reader.pages[page - 1], writer)
                used[NameObject(f"/P{page}")] = forms[page]
                content += f"q 1 0 0 1 {slot * width} 0 cm /P{page} Do Q\n"
        drawing = DecodedStreamObject()
        drawing.set_data(content.encode())
        sheet[NameObject("/Contents")] = writer._add_object(drawing)
        sheet[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): used})
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def _pypdf_form(page: PageObject, writer: PdfWriter) -> IndirectObject:
    form = DecodedStreamObject()
    contents = page.get_contents()
    form.set_data(contents.get_data() if contents is not None else b"")
    packed = form.flate_encode(9)
    packed[NameObject("/Subtype")] = NameObject("/Form")
    packed[NameObject("/BBox")] = ArrayObject(FloatObject(edge) for edge in page.trimbox)
    packed[NameObject("/Resources")] = page["/Resources"].clone(writer)
    return writer._add_object(packed)


def pypdf_merged(pdf: bytes, scheme: Scheme) -> bytes:
    """pypdf, by the method it has for this."""
    reader, writer = PdfReader(BytesIO(pdf)), PdfWriter()
    width, height = scheme.slot
    for side in scheme.sides(len(reader.pages)):
        sheet = writer.add_blank_page(width * scheme.slots, height)
        for slot, page in enumerate(side):
            if page is not None:
                move = Transformation().translate(slot * width, 0)
                sheet.merge_transformed_page(reader.pages[page - 1], move)
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def pdfimpose(pdf: bytes) -> bytes:
    """pdfimpose, on PyMuPDF: one vertical fold."""
    from pdfimpose.schema import saddle

    target = BytesIO()
    saddle.impose([BytesIO(pdf)], target, folds="h")
    return target.getvalue()


def imposer(pdf: bytes) -> bytes:
    """imposer, in Rust: two pages a side."""
    import imposer as tool

    setup = tool.BookletConfig().with_binding_type(tool.BindingType.saddle_stitch())
    return bytes(tool.generate_booklet(pdf, setup.with_pages_per_sheet(2)))


TOOLS: dict[str, Callable[[bytes], bytes]] = {"pdfimpose": pdfimpose, "imposer": imposer}


def opened_by_pypdf(data: bytes) -> int:
    try:
        with guarded():
            return len(open_pdf(data).pages)
    except CannotOpen:
        return 0


def opened_by_qpdf(data: bytes) -> int:
    try:
        return len(pikepdf.open(BytesIO(data)).pages)
    except pikepdf.PdfError:
        return 0


def damaged(pdf: bytes) -> list[bytes]:
    """Copies with some bytes wrong, every second one cut short; the same at every run."""
    dice, copies = random.Random(9), []
    for number in range(DAMAGED):
        copy = bytearray(pdf)
        for _ in range(dice.randint(1, 40)):
            copy[dice.randrange(len(copy))] = dice.randrange(256)
        copies.append(
            bytes(copy[: dice.randint(len(copy) // 2, len(copy))] if number % 2 else copy)
        )
    return copies


def specimen(pages: int = 40) -> bytes:
    """A booklet of A5 pages, set in our typeface, one picture a page."""
    from weasyprint import HTML

    drawing = '<svg width="90mm" height="30mm"><circle cx="60" cy="50" r="40" fill="#035"/></svg>'
    pages = "".join(
        f"<section><h1>Page {number}</h1>{drawing}<p>{f'Words {number} of a leaflet. ' * 30}</p>"
        for number in range(1, pages + 1)
    )
    style = "@page{size:148mm 210mm} section{break-after:page} section:last-child{break-after:auto}"
    html = HTML(string=f"<html lang=en><title>Leaflet</title><style>{style}</style>{pages}")
    made: bytes = html.write_pdf(pdf_variant="pdf/ua-1")
    return made


def rows(rounds: int, quick: bool) -> Iterator[Row]:
    """Processor seconds of the sheets of a booklet of 40 pages, to fold and staple."""
    pdf, scheme = specimen(), scheme_named("booklet")
    tools = {each.__name__: partial(each, scheme=scheme) for each in (ours, *SAME)}
    tools |= {name: tool for name, tool in TOOLS.items() if find_spec(name)}
    ways = {name: here(partial(tool, pdf)) for name, tool in tools.items()}
    took = {name: each.processor for name, each in interleaved(ways, rounds).items()}
    for name in (*(each.__name__ for each in SAME[1:]), *TOOLS):
        if name not in took:
            yield Row("sheets of a booklet", seconds(took["ours"]), f"{name} is not installed")
            continue
        yield Row(
            "sheets of a booklet",
            seconds(took["ours"]),
            f"{name} {seconds(took[name])}",
            took["ours"] / took[name],
            remark=f"of ours {seconds(took['writing'])} is writing, the rest is a look at edges",
        )


def main() -> None:
    """Print a line for every tool, and the ratio of it to ours."""
    pdf = Path(sys.argv[1]).read_bytes() if len(sys.argv) > 1 else specimen()
    pages = read_pdf(pdf).pages
    scheme = scheme_named("booklet-a3" if pages[0].upright[0] > 500 else "booklet")
    our_time, mine = best(partial(ours, scheme=scheme), pdf)
    our_size = len(mine)
    print(f"{'source':12} {'':11} {len(pdf) / 1000:8.1f} kB, {len(pages)} pages")
    print(f"{'ours':12} {our_time:8.1f} ms {our_size / 1000:8.1f} kB")
    same = {each.__name__: partial(each, scheme=scheme) for each in SAME}
    for name, tool in {**same, **TOOLS}.items():
        if name in TOOLS and not find_spec(name):
            print(f"{name:12} not installed")
            continue
        taken, made = best(tool, pdf)
        size = len(made)
        ratios = f"{taken / our_time:5.1f} × the time, {size / our_size:5.2f} × the size of ours"
        print(f"{name:12} {taken:8.1f} ms {size / 1000:8.1f} kB  {ratios}")
    copies = damaged(pdf)
    for name, opened in (("pypdf", opened_by_pypdf), ("qpdf", opened_by_qpdf)):
        began = time.process_time()
        whole = sum(opened(copy) == len(pages) for copy in copies)
        print(
            f"{name:12} opens {whole} of {len(copies)} damaged copies with all their pages,"
            f" in {time.process_time() - began:.1f} s"
        )


SAME = (writing, pypdf_forms, pypdf_merged)


if __name__ == "__main__":
    main()
