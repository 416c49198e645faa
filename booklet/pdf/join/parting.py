"""Letters that were set as one file, each as a file of its own, with its tags.

To set and write each alone takes many times as long. A font goes with every letter that uses it: it
has the characters of all letters that do, and tells no more of the others than that.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, NameTree, NumberTree, String

from booklet.pdf.join.gathering import Gathering, Place
from booklet.pdf.join.packing import HEADER, section, whole
from booklet.pdf.join.reading import child, items, opened, sound
from booklet.pdf.join.structure import NUMBERS
from booklet.pdf.join.walking import elements, numbered

ELSEWHERE = "something in this letter leads into another"


def parted(letters: bytes, spans: Sequence[range]) -> Iterator[bytes]:
    """Each letter, one after the other.

    `spans` are the pages of each, from 0; a page is of one letter at most. Below the Document of
    the file every element is of one letter. Pages, tags, links, bookmarks and metadata come out as
    they were, and those named places that a link leads to; the language is that of the letter. The
    same letters give the same bytes.
    `ValueError` where an element or a link goes from one letter into another; `CannotOpen` where
    the file cannot be read.
    """
    with sound():
        source = _Letters(letters)
    for span in spans:
        yield source.alone(span)


class _Letters:
    """The file of all letters; each letter is used up as it is taken out."""

    def __init__(self, data: bytes) -> None:
        self._pdf = pdf = opened(data)
        pdf.remove_unreferenced_resources()  # one letter's fonts are not another's
        self._pages = [each.obj for each in pdf.pages]
        tree = pdf.Root.StructTreeRoot
        self._owners: dict[int, Any] = dict(NumberTree(tree.ParentTree).items())
        self._tops = _by_page((_page_of(each), each) for each in items(tree.K[0], "/K"))
        outline = child(pdf.Root, "/Outlines")
        self._bookmarks = _by_page((each.Dest[0].objgen, each) for each in _siblings(outline))
        named = child(pdf.Root, "/Names").get("/Dests")
        places = NameTree(named).items() if named is not None else ()
        self._places = _by_page((place[0].objgen, (name, place)) for name, place in places)

    def alone(self, span: range) -> bytes:
        """The letter on these pages."""
        pdf, pages = self._pdf, [self._pages[place] for place in span]
        tops, bookmarks, places = (
            [each for page in pages for each in known.get(page.objgen, ())]
            for known in (self._tops, self._bookmarks, self._places)
        )
        wanted = {*_led_to(pages)}
        places = [(name, place) for name, place in places if name in wanted]
        if len(places) < len(wanted):
            raise ValueError(ELSEWHERE)
        catalog = pdf.make_indirect(Dictionary(dict(pdf.Root.items())))
        catalog.Pages = self._page_tree(pages)
        catalog.StructTreeRoot = self._tree(pages, tops)
        catalog.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))
        if tops and "/Lang" in tops[0]:
            catalog.Lang = tops[0].Lang
        _keep(catalog, "/Outlines", self._outline(bookmarks))
        _keep(catalog, "/Names", self._names(places))
        return self._written(catalog, {page.objgen for page in pages})

    def _page_tree(self, pages: Sequence[pikepdf.Object]) -> Dictionary:
        node = Dictionary(Type=Name.Pages, Kids=Array(pages), Count=len(pages))
        node = self._pdf.make_indirect(node)
        for page in pages:
            page.Parent = node
        return node

    def _tree(self, pages: Sequence[pikepdf.Object], tops: Sequence[Dictionary]) -> Dictionary:
        """The structure tree of one letter; the numbers of its parent tree begin at 0."""
        pdf, before = self._pdf, self._pdf.Root.StructTreeRoot
        root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        document = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root))
        for top in tops:
            top.P = document
        document.K, root.K, owners = Array(tops), Array([document]), Array()
        for thing in numbered([pikepdf.Page(page) for page in pages]):
            for key in NUMBERS:
                if isinstance(thing.get(key), int):
                    owners.append(len(owners) // 2)
                    owners.append(self._owners[int(thing[key])])
                    thing[key] = len(owners) // 2 - 1
        root.ParentTree = pdf.make_indirect(Dictionary(Nums=owners))
        root.ParentTreeNextKey = len(owners) // 2
        for key in ("/RoleMap", "/ClassMap"):
            _keep(root, key, before.get(key))
        return root

    def _outline(self, bookmarks: Sequence[Dictionary]) -> Dictionary | None:
        """Bookmarks of the highest level under a top of their own."""
        if not bookmarks:
            return None
        count = sum(1 + max(int(each.get("/Count", 0)), 0) for each in bookmarks)
        ends = Dictionary(First=bookmarks[0], Last=bookmarks[-1], Count=count)
        top = self._pdf.make_indirect(ends)
        for each in bookmarks:
            each.Parent = top
            _keep(each, "/Prev", None)
            _keep(each, "/Next", None)
        for one, following in pairwise(bookmarks):
            one.Next, following.Prev = following, one
        return top

    def _names(self, places: Sequence[tuple[str, pikepdf.Object]]) -> Dictionary | None:
        if not places:
            return None
        tree = NameTree.new(self._pdf)
        for name, place in places:
            tree[name] = place
        return Dictionary(Dests=tree.obj)

    def _written(self, catalog: Dictionary, mine: set[Place]) -> bytes:
        """A file of all that can be reached; never what is of another letter."""
        objects = Gathering(self._pdf, 1)
        starts: list[pikepdf.Object] = [catalog]
        if "/Info" in self._pdf.trailer:
            starts.append(self._pdf.trailer.Info)
        taken = objects.taken(starts)
        if {each.objgen for each in self._pages} & {*objects.numbers} - mine:
            raise ValueError(ELSEWHERE)
        written = section(taken, len(HEADER), objects.next)
        return whole([written], 1, 2 if len(starts) > 1 else None)


def _led_to(pages: Sequence[pikepdf.Object]) -> Iterator[str]:
    """The names of places that links lead to."""
    for page in pages:
        for annotation in items(page, "/Annots"):
            there = annotation.get("/Dest")
            if isinstance(there, String):
                yield str(there)


def _by_page(things: Iterable[tuple[Place, Any]]) -> dict[Place, list[Any]]:
    """Things by the page that each is told to be on."""
    found: dict[Place, list[Any]] = {}
    for page, thing in things:
        found.setdefault(page, []).append(thing)
    return found


def _page_of(top: pikepdf.Object) -> Place:
    """A page that something in an element stands on."""
    return next((each.Pg.objgen for each in elements(top) if "/Pg" in each), (0, 0))


def _siblings(outline: Dictionary) -> Iterator[Dictionary]:
    item = outline.get("/First")
    while isinstance(item, Dictionary):
        yield item
        item = item.get("/Next")


def _keep(owner: Dictionary, key: str, value: Any) -> None:
    """An entry with this value, or without it where there is none."""
    if value is not None:
        owner[key] = value
    elif key in owner:
        del owner[key]
