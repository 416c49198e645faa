"""What is the same in a file is stored once: fonts, pictures, profiles of colour."""

from collections.abc import Iterable
from hashlib import sha256

import pikepdf
from pikepdf import Array, Dictionary, Stream

from booklet.pdf.join.reading import items
from booklet.pdf.join.walking import appearances

OF_ITS_OWN = frozenset({"/StructParent", "/StructParents", "/Parent", "/OC"})
"""What has one of these has a place in its file, and is no other even where it looks the same."""

NO_TWINS = frozenset({"/OCG", "/OCMD", "/Page", "/Pages"})
"""Types of things that are told apart by which they are, not by what they hold."""

DEEPEST = 60
"""Resources nested past this are left as they are."""


def share_equal(pages: Iterable[pikepdf.Page]) -> int:
    """Let resources that are equal be one object; how many were stored twice before.

    Fonts that hold different letters of one typeface are not equal, and stay.
    """
    shared = _Shared()
    for page in pages:
        for owner in (page.obj, *_looks(page.obj)):
            if "/Resources" in owner:
                owner.Resources = shared.one(owner.Resources, 0)[0]
    return shared.twice


def _looks(page: Dictionary) -> Iterable[Stream]:
    for annotation in items(page, "/Annots"):
        if isinstance(annotation, Dictionary):
            yield from appearances(annotation)


class _Shared:
    """The first of all that are equal, by a digest of what they hold."""

    def __init__(self) -> None:
        self.twice = 0
        self._first: dict[bytes, pikepdf.Object] = {}
        self._known: dict[tuple[int, int], tuple[pikepdf.Object, bytes]] = {}
        self._inside: set[tuple[int, int]] = set()

    def one(self, thing: pikepdf.Object, depth: int) -> tuple[pikepdf.Object, bytes]:
        """What stands for a thing, and its digest; what it holds is shared first."""
        place = getattr(thing, "objgen", (0, 0))
        if place == (0, 0):
            return thing, self._digest(thing, depth)
        if place in self._known:
            return self._known[place]
        if place in self._inside or depth > DEEPEST or _is_its_own(thing):
            return thing, b"%d %d R" % place  # equal to nothing but itself
        self._inside.add(place)
        digest = self._digest(thing, depth)
        self._inside.discard(place)
        first = self._first.setdefault(digest, thing)
        self.twice += first is not thing
        self._known[place] = first, digest
        return first, digest

    def _digest(self, thing: pikepdf.Object, depth: int) -> bytes:
        if isinstance(thing, Dictionary | Stream):
            told = [b"<<"]
            for key in sorted(thing.keys()):
                if key != "/Length":
                    told += [key.encode(), self._settled(thing, key, depth)]
            told.append(thing.read_raw_bytes() if isinstance(thing, Stream) else b">>")
        elif isinstance(thing, Array):
            told = [b"[", *(self._settled(thing, place, depth) for place in range(len(thing)))]
        elif isinstance(thing, pikepdf.Object):
            return thing.unparse()
        else:
            return repr(thing).encode()
        return sha256(b"\n".join(told)).digest()

    def _settled(self, owner: pikepdf.Object, key: str | int, depth: int) -> bytes:
        """The digest of an entry, which from now on is the first of its equals."""
        value = owner[key]
        first, digest = self.one(value, depth + 1)
        if first is not value:
            owner[key] = first
        return digest


def _is_its_own(thing: pikepdf.Object) -> bool:
    if not isinstance(thing, Dictionary | Stream):
        return False
    return bool(OF_ITS_OWN & {*thing.keys()}) or str(thing.get("/Type")) in NO_TWINS
