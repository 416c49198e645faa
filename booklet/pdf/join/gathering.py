"""Objects of an opened file taken out of it as bytes, under numbers of another file."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

import pikepdf
from pikepdf import Dictionary, Stream

Place = tuple[int, int]
"""The number and the generation by which a file knows an object."""

_REFERENCE = re.compile(rb"\((?:[^\\()]|\\.)*\)|<[0-9a-fA-F]*>|\b(\d+) (\d+) R\b", re.DOTALL)
"""A text in either way of writing, in which nothing refers to anything, or a reference
(ISO 32000-1, 7.3.4 and 7.3.10). qpdf writes every bracket inside a text behind a backslash."""


@dataclass(frozen=True, slots=True)
class Taken:
    """One object, ready to be written."""

    number: int  # by which the new file knows it
    value: bytes  # the object; of a stream its dictionary, without the length
    data: bytes | None = None  # what is in the stream, as it is packed; `None` where it is none


@dataclass(slots=True)
class Gathering:
    """Objects on their way from one file into another."""

    pdf: pikepdf.Pdf  # the file they are in
    next: int  # the next number that is free in the new file
    numbers: dict[Place, int] = field(default_factory=dict)
    """The numbers of the objects that are met, or known from the beginning."""
    same: Mapping[bytes, int] = field(default_factory=dict)
    """Streams that are there already, by their digest: what equals one is not taken again."""

    def stub(self, number: int) -> Dictionary:
        """What stands in this file for an object that the new one has under this number."""
        made = self.pdf.make_indirect(Dictionary())
        self.numbers[made.objgen] = number
        return made

    def taken(self, starts: Sequence[pikepdf.Object]) -> list[Taken]:
        """The objects, and all they refer to that has no number yet."""
        waiting = list(starts)
        for each in starts:
            if each.objgen not in self.numbers:
                self.numbers[each.objgen] = self._number()
        found: list[Taken] = []
        while waiting:
            thing = waiting.pop()
            value = _REFERENCE.sub(lambda at: self._renumbered(at, waiting), value_of(thing))
            data = thing.read_raw_bytes() if isinstance(thing, Stream) else None
            found.append(Taken(self.numbers[thing.objgen], value, data))
        return sorted(found, key=lambda each: each.number)

    def _number(self) -> int:
        self.next += 1
        return self.next - 1

    def _renumbered(self, at: re.Match[bytes], waiting: list[pikepdf.Object]) -> bytes:
        if at[1] is None:
            return at[0]
        place = int(at[1]), int(at[2])
        if place not in self.numbers:
            thing = self.pdf.get_object(place)
            known = self.same.get(digest(thing)) if self.same and is_leaf(thing) else None
            self.numbers[place] = known or self._number()
            if known is None:
                waiting.append(thing)
        return b"%d 0 R" % self.numbers[place]


def value_of(thing: pikepdf.Object) -> bytes:
    """An object as it is written; of a stream the dictionary, without the length."""
    if isinstance(thing, Stream):
        return Dictionary({k: v for k, v in thing.items() if k != "/Length"}).unparse()
    return thing.unparse(resolved=True)


def is_leaf(thing: pikepdf.Object) -> bool:
    """Whether an object is a stream that refers to nothing: a picture, a profile of colours."""
    return isinstance(thing, Stream) and not any(
        at[1] for at in _REFERENCE.finditer(value_of(thing))
    )


def digest(leaf: pikepdf.Object) -> bytes:
    """What two streams that refer to nothing have in common if they are equal."""
    return sha256(value_of(leaf) + b"\n" + leaf.read_raw_bytes()).digest()


def leaves(objects: Gathering, taken: Sequence[Taken]) -> Iterator[tuple[bytes, int]]:
    """The streams among what was taken that refer to nothing, by their digest."""
    numbers = {each.number for each in taken if each.data is not None}
    for place, number in objects.numbers.items():
        if number in numbers and is_leaf(thing := objects.pdf.get_object(place)):
            yield digest(thing), number
