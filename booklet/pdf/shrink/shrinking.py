"""A finished PDF made smaller: without losing anything, or by its photographs alone.

Tags, text, links and bookmarks stay as they are.
"""

import zlib

from pikepdf import Array, Name, Stream

from booklet.pdf.join.reading import opened, sound
from booklet.pdf.join.sharing import share_equal
from booklet.pdf.shrink.placed import placed_pictures
from booklet.pdf.shrink.recoding import recoded
from booklet.pdf.writing import saved_with_plain_ends

TIGHTEST = 9  # zlib's level

NOBODY_SEES = ("/Thumb", "/PieceInfo")
"""Of a page: a picture for the sidebar, what a program noted for itself (ISO 32000-1, 14.5)."""

UNDONE = {"/FlateDecode", "/LZWDecode", "/ASCII85Decode", "/ASCIIHexDecode", "/RunLengthDecode"}
"""What a stream may be packed by and be packed anew."""


def packed_tighter(data: bytes) -> bytes:
    """The PDF with nothing packed loosely or stored twice; itself where that is no smaller.

    Left out are resources that no page uses, pictures for sidebars and what programs noted for
    themselves. `CannotOpen` where the file is damaged.
    """
    with sound():
        pdf = opened(data)
        pdf.remove_unreferenced_resources()
        for page in pdf.pages:
            for key in {*NOBODY_SEES} & {*page.obj.keys()}:
                del page.obj[key]
        for thing in pdf.objects:
            if isinstance(thing, Stream):
                _pack(thing)
        share_equal(pdf.pages)
        return min(data, saved_with_plain_ends(pdf), key=len)


def with_smaller_pictures(data: bytes, dots: int) -> bytes:
    """The PDF with photographs at no more than so many dots an inch, as large as they are printed.

    What has fewer stays, and so do pictures of one bit, of palettes and of colours for print
    shops. `CannotOpen` where the file is damaged.
    """
    with sound():
        pdf, changed = opened(data), False
        for picture in placed_pictures(pdf):
            if found := recoded(picture, dots):
                stream, changed = picture.stream, True
                stream.write(found.data, filter=Name(found.filter))
                stream.Width, stream.Height = found.width, found.height
        return min(data, saved_with_plain_ends(pdf), key=len) if changed else data


def _pack(stream: Stream) -> None:
    """Pack a stream as tightly as zlib can, where that is smaller and nothing gets lost by it."""
    filters = stream.get("/Filter", Array())
    names = {str(each) for each in (filters if isinstance(filters, Array) else [filters])}
    # Metadata is to be read without unpacking (ISO 19005-2, 6.6.2).
    if stream.get("/Type") == Name.Metadata or "/F" in stream or not names <= UNDONE:
        return
    tight = zlib.compress(stream.read_bytes(), TIGHTEST)
    if len(tight) < len(stream.read_raw_bytes()):
        stream.write(tight, filter=Name.FlateDecode)
