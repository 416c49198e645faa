"""Objects written as a PDF (ISO 32000-1, 7.5), in sections of which some stay for many files."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from booklet.pdf.join.gathering import Taken

HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
"""The second line has bytes above 127, so that nobody takes the file for text (7.5.2)."""

TOGETHER = 200  # so many objects are packed into one: a reader unpacks all of them to get at one

WIDTHS = (1, 4, 2)
"""How many bytes the parts of an entry of the table take (7.5.8.3, table 18): its kind, then the
place in the file, or the object it is packed in, then which of the objects in there it is."""


@dataclass(frozen=True, slots=True)
class Section:
    """Objects, written one behind the other."""

    data: bytes  # the objects
    entries: dict[int, bytes]  # where each is, as the table has it, by its number
    next: int  # the next number that is free


def section(objects: Sequence[Taken], begins: int, following: int) -> Section:
    """Objects as they stand in a file from a place on.

    What is no stream is packed, many together in a stream of their own; those get the numbers from
    `following` on.
    """
    written: list[bytes] = []
    entries: dict[int, bytes] = {}
    place = begins
    packed = [each for each in objects if each.data is None]
    streams = [each for each in objects if each.data is not None]
    for begin in range(0, len(packed), TOGETHER):
        several = packed[begin : begin + TOGETHER]
        streams.append(_together(several, following))
        entries |= {each.number: _entry(2, following, index) for index, each in enumerate(several)}
        following += 1
    for each in streams:
        entries[each.number] = _entry(1, place, 0)
        written.append(_stream(each))
        place += len(written[-1])
    return Section(b"".join(written), entries, following)


def whole(sections: Sequence[Section], root: int, information: int | None) -> bytes:
    """A file of sections, the first of them behind the header.

    `root` is the number of the catalog, `information` that of the document information. The same
    sections give the same identifier.
    """
    data = b"".join([HEADER, *(each.data for each in sections)])
    place, number = len(data), sections[-1].next
    entries = {number: _entry(1, place, 0)}
    for each in sections:
        entries |= each.entries
    free = _entry(0, 0, 65535)  # what stands for a number that no object has (7.5.4)
    table = b"".join([entries.get(at, free) for at in range(number + 1)])
    name = sha256(data).hexdigest()[:32].encode()
    value = (
        b"<< /Type /XRef /Size %d /W [ %d %d %d ] /Root %d 0 R /ID [ <%b> <%b> ]%b"
        b" /Filter /FlateDecode >>"
    )
    info = b"" if information is None else b" /Info %d 0 R" % information
    told = value % (number + 1, *WIDTHS, root, name, name, info)
    index = _stream(Taken(number, told, zlib.compress(table)))
    return b"%b%bstartxref\n%d\n%%%%EOF\n" % (data, index, place)


def _entry(*parts: int) -> bytes:
    sized = zip(parts, WIDTHS, strict=True)
    return b"".join([number.to_bytes(width, "big") for number, width in sized])


def _together(objects: Sequence[Taken], number: int) -> Taken:
    """Objects packed into one (7.5.7)."""
    places, place = [], 0
    for each in objects:
        places.append(b"%d %d" % (each.number, place))
        place += len(each.value) + 1
    head = b" ".join(places) + b"\n"
    value = b"<< /Type /ObjStm /N %d /First %d /Filter /FlateDecode >>" % (len(objects), len(head))
    return Taken(number, value, zlib.compress(head + b"\n".join(each.value for each in objects)))


def _stream(thing: Taken) -> bytes:
    """A stream as it stands in a file.

    Two bytes part its data from `endstream`: one alone behind a carriage return would read as one
    line break with it, and the length as one byte too many (ISO 19005-2, 6.1.7.1).
    """
    data = thing.data or b""
    value = thing.value.removesuffix(b">>")
    return b"%d 0 obj\n%b/Length %d >>\nstream\n%b\r\nendstream\nendobj\n" % (
        thing.number,
        value,
        len(data),
        data,
    )
