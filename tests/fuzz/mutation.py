"""Changes made to good input by chance; the same seed makes the same changes."""

from collections.abc import Callable, Sequence
from random import Random

Change = Callable[[bytes, Random, Sequence[bytes]], bytes]
HOW_MANY = (1, 1, 1, 2, 4)


def mutated(data: bytes, chance: Random, pieces: Sequence[bytes]) -> bytes:
    """The data with one change to four; `pieces` are what such input may hold."""
    for _ in range(chance.choice(HOW_MANY)):
        data = chance.choice(_CHANGES)(data, chance, pieces)
    return data


def _put_in(data: bytes, chance: Random, pieces: Sequence[bytes]) -> bytes:
    at = chance.randint(0, len(data))
    return data[:at] + chance.choice(pieces) + data[at:]


def _put_over(data: bytes, chance: Random, pieces: Sequence[bytes]) -> bytes:
    first, last = _stretch(data, chance)
    return data[:first] + chance.choice(pieces) + data[last:]


def _word_replaced(data: bytes, chance: Random, pieces: Sequence[bytes]) -> bytes:
    words = data.split(b" ")
    words[chance.randrange(len(words))] = chance.choice(pieces)
    return b" ".join(words)


def _cut_out(data: bytes, chance: Random, _: Sequence[bytes]) -> bytes:
    first, last = _stretch(data, chance)
    return data[:first] + data[last:]


def _cut_short(data: bytes, chance: Random, _: Sequence[bytes]) -> bytes:
    return data[: chance.randint(0, len(data))]


def _doubled(data: bytes, chance: Random, _: Sequence[bytes]) -> bytes:
    first, last = _stretch(data, chance)
    return data[:last] + data[first:last] * chance.randint(1, 3) + data[last:]


def _bit_turned(data: bytes, chance: Random, _: Sequence[bytes]) -> bytes:
    if not data:
        return data
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]


def _line_moved(data: bytes, chance: Random, _: Sequence[bytes]) -> bytes:
    lines = data.split(b"\n")
    line = lines.pop(chance.randrange(len(lines)))
    lines.insert(chance.randint(0, len(lines)), b"  " * chance.randint(0, 2) + line)
    return b"\n".join(lines)


def _stretch(data: bytes, chance: Random) -> tuple[int, int]:
    first = chance.randint(0, len(data))
    return first, min(len(data), first + chance.choice((1, 3, 10, 40)))


_CHANGES: tuple[Change, ...] = (
    *(_put_in, _put_over, _word_replaced, _cut_out),
    *(_cut_short, _doubled, _bit_turned, _line_moved),
)
