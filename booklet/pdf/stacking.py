"""Pages of several PDFs in one file for a printer, in any order and as often as is asked for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from booklet.pdf.join.reading import opened, sound
from booklet.pdf.writing import with_preferences

BOXES = ("/MediaBox", "/CropBox", "/TrimBox", "/Rotate", "/UserUnit")
"""What says how a page lies on its paper (ISO 32000-1, 14.11.2)."""


@dataclass(frozen=True, slots=True)
class StackedPage:
    """A page to print: one of a file, or an empty one of the same size."""

    file: int  # which of the files, from 0
    page: int  # which of its pages, from 0
    empty: bool = False  # whether nothing stands on it
    over: str = ""  # operators that paint over it, in points from its lower left


def stacked(
    files: Sequence[bytes],
    pages: Iterable[StackedPage],
    *,
    information: Mapping[str, str],
    preferences: Mapping[str, Any],
) -> bytes:
    """One PDF of these pages. What a page paints is stored once, however often it comes.

    Every page is an object of its own. Links, tags, bookmarks and metadata stay behind: what
    several pages share cannot have tags (pdf-association/pdf-issues#544). `information` is that of
    the document, `preferences` are those of the viewer (ISO 32000-1, 12.2 and 14.3.3). The same
    pages give the same bytes. `CannotOpen` where a file cannot be read.
    """
    with sound():
        target = pikepdf.new()
        sources = [_Source(target, data) for data in files]
        root = target.Root.Pages
        kids = [sources[each.file].page(each, root) for each in pages]
        root.Kids, root.Count = Array(kids), len(kids)
        for key, words in information.items():
            target.docinfo[key] = words
        return with_preferences(target, preferences)


class _Source:
    """A file that pages are taken from, each copied when it is first asked for."""

    def __init__(self, target: pikepdf.Pdf, data: bytes) -> None:
        self._target, self._given = target, opened(data)
        self._pages = [*self._given.pages]
        self._known: dict[int, dict[str, Any]] = {}
        self._before = target.make_stream(b"q")
        self._nothing = target.make_stream(b"")

    def page(self, asked: StackedPage, parent: pikepdf.Object) -> pikepdf.Object:
        entries = {**self._entries(asked.page), "/Parent": parent}
        if asked.empty:
            entries |= {"/Contents": self._nothing, "/Resources": Dictionary()}
        elif asked.over:
            # What the page leaves behind, a turn or a colour, is undone before the mark.
            mark = self._target.make_stream(f"Q {asked.over}".encode("ascii"))
            entries["/Contents"] = Array([self._before, *_each(entries["/Contents"]), mark])
        return self._target.make_indirect(Dictionary(entries))

    def _entries(self, number: int) -> dict[str, Any]:
        if number not in self._known:
            page = self._pages[number]
            boxes = {key: found for key in BOXES if (found := _inherited(page, key)) is not None}
            self._known[number] = {
                "/Type": Name.Page,
                **boxes,
                "/Contents": self._copied(page.obj.get("/Contents", Array())),
                "/Resources": self._copied(page.resources),
            }
        return self._known[number]

    def _copied(self, thing: pikepdf.Object) -> pikepdf.Object:
        if isinstance(thing, Array):
            return Array([self._copied(each) for each in thing.as_list()])
        return self._target.copy_foreign(self._given.make_indirect(thing))


def _each(contents: pikepdf.Object) -> list[pikepdf.Object]:
    return list(contents.as_list()) if isinstance(contents, Array) else [contents]


def _inherited(page: pikepdf.Page, key: str) -> Any:
    """An entry of a page, or of the nodes it hangs on (ISO 32000-1, 7.7.3.4)."""
    owner: Any = page.obj
    while owner is not None:
        if (found := owner.get(key)) is not None:
            return Array(found.as_list()) if isinstance(found, Array) else found
        owner = owner.get("/Parent")
    return None
