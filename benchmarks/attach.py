"""Speed and size of a letter and a booklet made one PDF, against others who join PDFs.

    .venv/bin/python -m benchmarks.attach letter.pdf booklet.pdf

Every way gets the bytes of both PDFs and gives back bytes; the best of several runs counts, in
processor time. The size is told as a share of the sum of both. `elements` is how many elements of
the structure trees are left: the others lose those of the booklet. Without files, a letter and a
booklet are made: 2 and 40 pages, tagged.
"""

import sys
from collections.abc import Iterator
from functools import partial
from io import BytesIO
from pathlib import Path

import pikepdf
import pymupdf
from pypdf import PdfReader, PdfWriter

from benchmarks.measuring import best, here, interleaved
from benchmarks.paper import specimen
from benchmarks.row import Row, seconds
from booklet.pdf.join.joining import join
from booklet.pdf.join.part import Part
from booklet.pdf.tree import read_tree


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


def elements(pdf: bytes) -> int:
    """How many elements the structure tree has."""
    tree = read_tree(PdfReader(BytesIO(pdf)))
    return sum(1 for _ in tree.walk()) - 1 if tree else 0


def rows(rounds: int, quick: bool) -> Iterator[Row]:
    """Processor seconds of joining a letter of 2 pages and a booklet of 40."""
    parts = specimen(2), specimen(40)
    ways = {tool.__name__: here(partial(tool, *parts)) for tool in TOOLS}
    took = {name: each.processor for name, each in interleaved(ways, 3 * rounds).items()}
    for tool in TOOLS[1:]:
        other = took[tool.__name__]
        yield Row(
            "a letter and a booklet joined",
            seconds(took["ours"]),
            f"{tool.__name__} {seconds(other)}",
            took["ours"] / other,
            remark=f"elements of structure: {elements(ours(*parts))}, {elements(tool(*parts))}",
        )


TOOLS = (ours, qpdf, pypdf, mupdf)


def main() -> None:
    """Print a line for every tool, and the ratio of it to ours."""
    given = [Path(argument).read_bytes() for argument in sys.argv[1:]]
    parts = given or [specimen(2), specimen(40)]
    size = sum(map(len, parts))
    print(f"{'parts':6} {'':11} {size / 1000:8.1f} kB, elements {[*map(elements, parts)]}")
    our_time, _ = best(ours, *parts)
    for tool in TOOLS:
        taken, made = best(tool, *parts)
        print(
            f"{tool.__name__:6} {taken:8.1f} ms {len(made) / 1000:8.1f} kB"
            f"  {len(made) / size:5.3f} × the parts, {taken / our_time:5.2f} × the time of ours,"
            f" elements {elements(made)}"
        )


if __name__ == "__main__":
    main()
