"""How large files may be: sizes as people write them, and what a road takes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

UNITS = {"": 1, "b": 1, "bytes": 1, "kb": 1000, "mb": 1000**2, "kib": 1024, "mib": 1024**2}
"""Bytes in each unit. A kilobyte may be 1,000 bytes or 1,024: the smaller passes both ways."""
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([a-z]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Limit:
    """What files may be at most."""

    said: str  # who says so and what, such as `vision takes 745 kB a file`
    file: int  # the most for one file, in bytes
    files: int | None = None  # how many there may be; `None` for any number
    total: int | None = None  # the most for all of them, in bytes; `None` for no limit

    @property
    def alone(self) -> int:
        """The most for a file that goes alone, in bytes."""
        return min(self.file, self.total or self.file)

    def broken_by(self, sizes: Sequence[int]) -> Iterator[str]:
        """In words, what files of these sizes have too much of.

        >>> [*Limit("it takes 10 bytes a file", 10, 2, 15).broken_by([8, 8, 12])]
        ['there are 3 files and it takes 2', 'they are 28 bytes together and it takes 15 bytes']
        """
        if self.files is not None and len(sizes) > self.files:
            yield f"there are {len(sizes)} files and it takes {self.files}"
        if self.total is not None and sum(sizes) > self.total:
            yield f"they are {in_words(sum(sizes))} together and it takes {in_words(self.total)}"

    def takes(self, sizes: Sequence[int]) -> bool:
        """Whether files of these sizes may go together."""
        return max(sizes) <= self.file and not any(self.broken_by(sizes))


def size_in_bytes(written: str) -> int:
    """How many bytes somebody means; `ValueError` where that is no size.

    >>> [size_in_bytes(each) for each in ("700kB", "0.7 MB", "700 KiB", "4500")]
    [700000, 700000, 716800, 4500]
    """
    found = _SIZE.fullmatch(written.strip())
    size = int(Decimal(found[1]) * UNITS.get(found[2].lower(), 0)) if found else 0
    if size <= 0:
        raise ValueError(f"`{written}` is no size; write it like 700kB or 5MB")
    return size


def in_words(size: int) -> str:
    """A size as people write it, never less than it is.

    >>> [in_words(size) for size in (500, 744_001, 5_000_000, 3_700_000)]
    ['500 bytes', '745 kB', '5 MB', '3.7 MB']
    """
    if size < 1000:
        return f"{size} bytes"
    if size < 1_000_000:
        return f"{-(-size // 1000)} kB"
    return f"{-(-size // 100_000) / 10:g} MB"
