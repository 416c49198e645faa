"""PDFs for the tests of paper: leaflets, and the odd things other programs write."""

import zlib
from collections.abc import Sequence
from io import BytesIO

import pikepdf

MM = 72 / 25.4
A5 = (148 * MM, 210 * MM)
A4 = (210 * MM, 297 * MM)

HELVETICA = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def raw_pdf(objects: Sequence[bytes], *, root: int = 1, tail: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1, the catalog being number `root`."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root %d 0 R %b >>\n" % (len(objects) + 1, root, tail)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(data), entries, data)


def packed(data: bytes, entries: bytes = b"") -> bytes:
    return stream(zlib.compress(data), b"/Filter /FlateDecode " + entries)


def words(number: int, size: float = 14, x: float = 50, y: float = 300) -> bytes:
    """The content of a page that says its number and looks like no other page."""
    lines = b"".join(
        b"%d %d %d 9 re f\n" % (x, y - 30 - 14 * i, 20 + (number * 71 + i * 53) % 190)
        for i in range(12)
    )
    return b"BT /F1 %g Tf %g %g Td (Page %d.) Tj ET\n0.3 g\n%b" % (size, x, y, number, lines)


def pages_pdf(
    contents: Sequence[bytes],
    *,
    size: tuple[float, float] = A5,
    entries: Sequence[bytes] | None = None,
    resources: bytes = b"/Resources << /Font << /F1 3 0 R >> >>",
    catalog: bytes = b"",
    more: Sequence[bytes] = (),
) -> bytes:
    """A PDF with one page for every content.

    `entries` go into the page dictionaries, over a media box of `size`; `more` objects are
    numbered from 4 on; what pages share stands in object 3, a font.
    """
    first = 4 + len(more)
    kids = b" ".join(b"%d 0 R" % (first + 2 * i) for i in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R %b >>" % catalog,
        b"<< /Type /Pages /Kids [%b] /Count %d >>" % (kids, len(contents)),
        HELVETICA,
        *more,
    ]
    for i, content in enumerate(contents):
        own = entries[i] if entries else b""
        box = b"" if b"/MediaBox" in own else b"/MediaBox [0 0 %.3f %.3f]" % size
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /Contents %d 0 R %b %b %b >>"
            % (first + 2 * i + 1, box, resources, own)
        )
        objects.append(stream(content))
    return raw_pdf(objects)


def leaflet(pages: int, size: tuple[float, float] = A5, text: float = 14) -> bytes:
    """A leaflet as another program would write it."""
    return pages_pdf([words(number, text) for number in range(1, pages + 1)], size=size)


def plain(pdf: bytes) -> bytes:
    """The same PDF with every object in the open, for tests that look for bytes in it."""
    target = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        opened.save(target, qdf=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return target.getvalue()
