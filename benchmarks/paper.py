"""Speed and size of our saddle stitch against other imposition tools, on the same file.

    pip install pdfimpose imposer
    .venv/bin/python -m benchmarks.paper booklet.pdf

Neither tool is needed to use or to test the booklet builder. Every tool gets the bytes of the
PDF and gives back bytes; the best of several runs counts, in processor time. Ours also draws
every page to see whether print comes near an edge; the others do not look. Without a file, a
booklet of 40 pages with a picture on each is made.
"""

import sys
import time
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

from booklet.print.schemes import scheme_named
from booklet.print.sheets import make_sheets
from booklet.print.source_file import read_pdf

RUNS = 15


def ours(pdf: bytes, scheme: str) -> bytes:
    """The print sheets of this project."""
    return make_sheets(pdf, scheme_named(scheme))[0].pdf


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


def best(tool: Callable[[bytes], bytes], pdf: bytes) -> tuple[float, int]:
    """The quickest run in milliseconds of processor time, and how many bytes come out."""
    times, made = [], b""
    for _ in range(RUNS):
        began = time.process_time()
        made = tool(pdf)
        times.append(time.process_time() - began)
    return 1000 * min(times), len(made)


def specimen() -> bytes:
    """A booklet of 40 A5 pages, set in our typeface, one picture a page."""
    from weasyprint import HTML

    drawing = '<svg width="90mm" height="30mm"><circle cx="60" cy="50" r="40" fill="#035"/></svg>'
    pages = "".join(
        f"<section><h1>Page {number}</h1>{drawing}<p>{f'Words {number} of a leaflet. ' * 30}</p>"
        for number in range(1, 41)
    )
    style = "@page{size:148mm 210mm} section{break-after:page} section:last-child{break-after:auto}"
    html = HTML(string=f"<html lang=en><title>Leaflet</title><style>{style}</style>{pages}")
    made: bytes = html.write_pdf(pdf_variant="pdf/ua-1")
    return made


def main() -> None:
    """Print a line for every tool, and the ratio of it to ours."""
    pdf = Path(sys.argv[1]).read_bytes() if len(sys.argv) > 1 else specimen()
    scheme = "booklet-a3" if read_pdf(pdf).pages[0].upright[0] > 500 else "booklet"
    our_time, our_size = best(partial(ours, scheme=scheme), pdf)
    print(f"{'source':10} {'':11} {len(pdf) / 1000:8.1f} kB")
    print(f"{'ours':10} {our_time:8.1f} ms {our_size / 1000:8.1f} kB")
    for name, tool in TOOLS.items():
        if not find_spec(name):
            print(f"{name:10} not installed")
            continue
        taken, size = best(tool, pdf)
        ratios = f"{taken / our_time:5.1f} × the time, {size / our_size:5.2f} × the size of ours"
        print(f"{name:10} {taken:8.1f} ms {size / 1000:8.1f} kB  {ratios}")


if __name__ == "__main__":
    main()
