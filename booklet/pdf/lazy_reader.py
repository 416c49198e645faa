"""A PDF reader that parses only what it is asked for.

A tagged PDF keeps its structure tree in the object stream that holds its pages. pypdf parses
all of it for the first page: four fifths of the time that print sheets of a booklet took.
"""

from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import IndirectObject, PdfObject, StreamObject, read_object

Opened = tuple[bytes, dict[int, tuple[int, int]]]
"""The data of an object stream, and where each object in it starts and ends."""

AHEAD = 64
"""Bytes behind an object that are given with it, for the parser looks ahead: a number may begin a
reference. What it is given is copied, so the rest of the stream is left out."""


class LazyReader(PdfReader):
    """pypdf's reader, taking single objects out of object streams (ISO 32000-1, 7.5.7).

    What is not as it should be in such a stream is left to pypdf. So is everything, should a
    later pypdf do without the method replaced here.
    """

    def __init__(self, stream: BytesIO) -> None:
        self._opened: dict[int, Opened] = {}
        super().__init__(stream, strict=False)

    def _get_object_from_stream(self, indirect_reference: IndirectObject) -> PdfObject:
        wanted = indirect_reference.idnum
        number, _ = self.xref_objStm[wanted]
        if number not in self._opened and number not in self.xref_objStm:
            self._opened[number] = _open(self.get_object(number))
        data, places = self._opened.get(number, (b"", {}))
        if wanted not in places:
            return super()._get_object_from_stream(indirect_reference)
        start, end = places[wanted]
        found: Any = read_object(BytesIO(data[start : end + AHEAD].lstrip()), self)
        self.cache_indirect_object(0, wanted, found)
        return found  # type: ignore[no-any-return]


def _open(stream: Any) -> Opened:
    """The data of an object stream, and where its objects are; no places where unsure."""
    if not isinstance(stream, StreamObject) or stream.get("/Type") != "/ObjStm":
        return b"", {}
    data, first = stream.get_data(), stream.get("/First")
    heads = data[:first].split() if isinstance(first, int) else []
    if not isinstance(first, int) or not all(head.isdigit() for head in heads):
        return b"", {}
    starts = [first + int(head) for head in heads[1::2]]
    if len(heads) != 2 * stream.get("/N", 0) or starts != sorted(set(starts)):
        return b"", {}
    places = zip(starts, [*starts[1:], len(data)], strict=True)
    return data, dict(zip(map(int, heads[::2]), places, strict=True))
