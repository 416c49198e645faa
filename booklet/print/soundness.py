"""Soundness: pages that would come out with something missing, though the file can be read."""

import re
import zlib
from collections.abc import Iterator
from typing import Any

from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, StreamObject

from booklet.print.ink import Inks
from booklet.print.objects import looked_up
from booklet.print.placing import pages_in_words
from booklet.print.source_file import SourceFile, SourcePage

USES = {
    "/Font": re.compile(rb"/([^\s/<>()\[\]{}%#]+)\s+[-+.\d]+\s+Tf\b"),
    "/XObject": re.compile(rb"/([^\s/<>()\[\]{}%#]+)\s+Do\b"),
}
"""How a page asks for fonts, pictures and forms by name (ISO 32000-1, 8.8 and 9.3)."""

QUOTED = re.compile(
    rb"\((?:\\.|[^\\()]|\((?:\\.|[^\\()])*\))*\)|(?<!\S)BI\s.*?\sID\s.*?\sEI(?!\S)", re.DOTALL
)
"""Words in brackets and inline pictures, which may look like operators."""


def unsound_pages(source: SourceFile, inks: Inks) -> Iterator[str]:
    """What is missing on which pages: their content, what it asks for, or anything to see."""
    if torn := [page.number for page in source.pages if _cut_short(page)]:
        yield f"{pages_in_words(torn)}: the content breaks off; compare with the original"
    if lacking := [page.number for page in source.pages if _lacks(page)]:
        yield (
            f"{pages_in_words(lacking)}: fonts or pictures are not in the PDF, and will be"
            " missing on paper; save it again from the program that made it"
        )
    if inks is None:
        yield "the pages could not be drawn here: print one copy, and look at it and its edges"
    elif empty := [number for number, ink in enumerate(inks, start=1) if ink is None]:
        yield f"{pages_in_words(empty)}: nothing to see; if that is not so in the PDF, save it anew"


def _lacks(page: SourcePage) -> bool:
    """Whether the page asks for something that its resources do not have."""
    data = QUOTED.sub(b" () ", ContentStream(page.contents, None).get_data())
    return any(
        name.decode("latin-1") not in _names(page.resources, kind)
        for kind, asks in USES.items()
        for name in asks.findall(data)
    )


def _names(resources: DictionaryObject, kind: str) -> set[str]:
    group = looked_up(resources, kind)
    return {name[1:] for name in group} if isinstance(group, DictionaryObject) else set()


def _cut_short(page: SourcePage) -> bool:
    """Whether packed content ends before its end; readers take what there is, and are silent."""
    return any(_ends_early(each) for each in _streams(page.contents))


def _streams(contents: Any) -> Iterator[StreamObject]:
    found = contents.get_object() if contents is not None else None
    listed = found if isinstance(found, ArrayObject) else [found]
    opened = (each.get_object() for each in listed if each is not None)
    return (each for each in opened if isinstance(each, StreamObject))


def _ends_early(stream: StreamObject) -> bool:
    filters = looked_up(stream, "/Filter")
    first = filters[0] if isinstance(filters, list) and filters else filters
    if first != "/FlateDecode":
        return False
    unpacked = zlib.decompressobj()
    try:
        unpacked.decompress(stream._data)
    except zlib.error:
        return True
    return not unpacked.eof
