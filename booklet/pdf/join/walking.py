"""Walks over the objects of an opened file: each is met once, however files refer in circles."""

from collections.abc import Iterable, Iterator

import pikepdf
from pikepdf import Array, Dictionary, Stream

from booklet.pdf.join.reading import child, items


def elements(top: pikepdf.Object) -> Iterator[Dictionary]:
    """Every structure element at a place of the tree and below it, in no order."""
    seen, waiting = pikepdf.ObjectSet(), [top]
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, Array):
            waiting += thing.as_list()
        elif isinstance(thing, Dictionary) and "/S" in thing and seen.add(thing):
            yield thing
            if (kids := thing.get("/K")) is not None:
                waiting.append(kids)


def numbered(pages: Iterable[pikepdf.Page]) -> Iterator[pikepdf.Object]:
    """All that the parent tree may know by a number (ISO 32000-1, 14.7.4.4).

    Those are pages, annotations, forms and pictures: each once, whether it has a number or not.
    """
    seen = pikepdf.ObjectSet()
    for page in pages:
        yield page.obj
        for annotation in items(page.obj, "/Annots"):
            if isinstance(annotation, Dictionary) and seen.add(annotation):
                yield annotation
                for look in appearances(annotation):
                    yield from _forms(look, seen)
        for thing in named(_inherited(page), "/XObject"):
            yield from _forms(thing, seen)


def appearances(annotation: Dictionary) -> Iterator[Stream]:
    """The pictures of an annotation, in all its states."""
    for look in child(annotation, "/AP").values():
        yield from (each for each in _one_or_all(look) if isinstance(each, Stream))


def named(owner: pikepdf.Object, kind: str) -> list[pikepdf.Object]:
    """What the resources of a page or a form name of a kind, such as `/XObject`."""
    return [*child(child(owner, "/Resources"), kind).values()]


def outline_items(outline: Dictionary) -> Iterator[Dictionary]:
    """Every bookmark below an outline or a bookmark."""
    seen, waiting = pikepdf.ObjectSet(), [outline.get("/First")]
    while waiting:
        item = waiting.pop()
        if isinstance(item, Dictionary) and seen.add(item):
            yield item
            waiting += [item.get("/First"), item.get("/Next")]


def _inherited(page: pikepdf.Page) -> Dictionary:
    """The page, as far as its resources go: it may have them from the page tree."""
    return page.obj if "/Resources" in page.obj else Dictionary(Resources=page.resources)


def _one_or_all(look: pikepdf.Object) -> Iterable[pikepdf.Object]:
    return look.values() if isinstance(look, Dictionary) else (look,)


def _forms(thing: pikepdf.Object, seen: pikepdf.ObjectSet) -> Iterator[Stream]:
    waiting = [thing]
    while waiting:
        form = waiting.pop()
        if isinstance(form, Stream) and seen.add(form):
            yield form
            waiting += named(form, "/XObject")
