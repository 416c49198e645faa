"""Speed and size of a letter and a booklet made one PDF, against others who join PDFs.

    .venv/bin/python -m benchmarks.attach letter.pdf booklet.pdf

Every way gets the bytes of both PDFs and gives back bytes; the best of several runs counts, in
processor time. The size is told as a share of the sum of both. `elements` is how many elements of
the structure trees are left: the others lose those of the booklet. Without files, a letter and a
booklet are made: 2 and 40 pages, tagged.
"""

import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pymupdf
from pypdf import PdfReader, PdfWriter

from benchmarks.paper import specimen
from booklet.pdf.join.joining import join
from booklet.pdf.join.part import Part
from booklet.pdf.tree import read_tree

RUNS = 15


def ours(letter: bytes, booklet: bytes) -> bytes:
    """All of it: tree, destinations, bookmarks, labels, claims, equal things once."""
    return join([Part(letter, "letter.pdf"), Part(booklet, "booklet.pdf")]).data


def qpdf(letter: bytes, booklet: bytes) -> bytes:
    """Pages, destinations and bookmarks, as pikepdf carries them."""
    target = BytesIO()
    with pikepdf.open(BytesIO(letter)) as joined, pikepdf.open(BytesIO(booklet)) as other:
        joined.add_pages_from(other)
        joined.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return target.getvalue()


def pypdf(letter: bytes, booklet: bytes) -> bytes:
    """The pages, by pypdf's own method."""
    writer, target = PdfWriter(), BytesIO()
    for part in (letter, booklet):
        writer.append(BytesIO(part))
    writer.write(target)
    return target.getvalue()


def mupdf(letter: bytes, booklet: bytes) -> bytes:
    """The pages, by MuPDF."""
    with pymupdf.open(stream=letter) as joined, pymupdf.open(stream=booklet) as other:
        joined.insert_pdf(other)
        return bytes(joined.tobytes(garbage=3, deflate=True, use_objstms=1))


def best(tool: Callable[[bytes, bytes], bytes], *parts: bytes) -> tuple[float, bytes]:
    """The quickest run in milliseconds of processor time, and what comes out."""
    times, made = [], b""
    for _ in range(RUNS):
        began = time.process_time()
        made = tool(*parts)
        times.append(time.process_time() - began)
    return 1000 * min(times), made


def elements(pdf: bytes) -> int:
    """How many elements the structure tree has."""
    tree = read_tree(PdfReader(BytesIO(pdf)))
    return sum(1 for _ in tree.walk()) - 1 if tree else 0


def main() -> None:
    """Print a line for every tool, and the ratio of it to ours."""
    given = [Path(argument).read_bytes() for argument in sys.argv[1:]]
    parts = given or [specimen(2), specimen(40)]
    size = sum(map(len, parts))
    print(f"{'parts':6} {'':11} {size / 1000:8.1f} kB, elements {[*map(elements, parts)]}")
    our_time, _ = best(ours, *parts)
    for tool in (ours, qpdf, pypdf, mupdf):
        taken, made = best(tool, *parts)
        print(
            f"{tool.__name__:6} {taken:8.1f} ms {len(made) / 1000:8.1f} kB"
            f"  {len(made) / size:5.3f} × the parts, {taken / our_time:5.2f} × the time of ours,"
            f" elements {elements(made)}"
        )


if __name__ == "__main__":
    main()
