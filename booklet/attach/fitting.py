"""A file brought below the size that a road takes, or what would fit instead."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from booklet.attach.limit import Limit, in_words
from booklet.attach.order import AttachedFile, AttachOrder
from booklet.content.photographs import COARSE, SHARP
from booklet.pdf.shrink.shrinking import packed_tighter, with_smaller_pictures


@dataclass(frozen=True, slots=True)
class Fitted:
    """A file after what could be done to make it small enough."""

    data: bytes  # the file, in which nothing was changed that did not have to be
    steps: tuple[str, ...]  # what was done to it, in words
    fits: bool  # whether it is small enough now


def fitted(data: bytes, most: int) -> Fitted:
    """The file at no more than so many bytes, if that can be had without loss for a reader.

    First it is packed tighter, which changes nothing that is seen or heard. Then photographs lose
    pixels that print does not need, then those down to `COARSE` dots an inch, where squares begin
    to be seen. No further: tags, words and the size of print are never touched.
    """
    steps: list[str] = []
    if len(data) > most:
        data = _after(packed_tighter(data), data, "packed tighter", steps)
    for dots in (SHARP, COARSE):
        if len(data) > most:
            words = f"photographs brought to {dots} dots an inch"
            data = _after(with_smaller_pictures(data, dots), data, words, steps)
    return Fitted(data, tuple(steps), len(data) <= most)


def _after(now: bytes, before: bytes, words: str, steps: list[str]) -> bytes:
    if len(now) < len(before):
        steps.append(f"{words}: {in_words(len(before))} became {in_words(len(now))}")
    return now


def too_large(file: AttachedFile, order: AttachOrder, limit: Limit) -> str:
    """Why a file may not go, and what may, in words."""
    smallest = "" if order.way == "beside" else f" with photographs at {COARSE} dots an inch"
    told = f"it is {in_words(len(file.data))}{smallest}, and {limit.said}"
    instead = [*what_would_fit(order, limit)]
    if instead:
        return f"{told}. What would fit: {'; or '.join(instead)}"
    alone = in_words(len(order.letter.data))
    return f"{told}. The letter alone is {alone}: leave a booklet out, or take another road"


def what_would_fit(order: AttachOrder, limit: Limit) -> Iterator[str]:
    """What of the same letter and booklets a road takes, with the sizes that would have."""
    letter = len(order.letter.data)
    sizes = [len(each.data) for each in order.booklets]
    standard = [each.standard_bytes or len(each.data) for each in order.booklets]
    if standard != sizes and limit.takes([letter + sum(standard)]):
        yield f"`--size standard`, about {in_words(letter + sum(standard))}"
    if order.way != "beside" and limit.takes([letter, *sizes]):
        largest = in_words(max(letter, *sizes))
        yield f"`--as beside`, {1 + len(sizes)} files, the largest {largest}"
    elif place := _split(letter, sizes, limit):
        one, other = (
            " and ".join(each.path.name for each in part)
            for part in (order.booklets[:place], order.booklets[place:])
        )
        yield f"two files: the letter with {one}, then {other} without the letter"
    if standard != sizes and order.way != "beside" and limit.takes([letter, *standard]):
        yield f"`--size standard --as beside`, the largest about {in_words(max(letter, *standard))}"


def _split(letter: int, sizes: Sequence[int], limit: Limit) -> int:
    """How many booklets go with the letter so that the rest fits a second file; 0 if none do."""
    places = range(1, len(sizes))
    return next((n for n in places if limit.takes([letter + sum(sizes[:n]), sum(sizes[n:])])), 0)
