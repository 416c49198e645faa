"""Imposition: which page stands where on which side of which sheet.

Pages count from 1; `None` is a blank. A side lists its pages from left to right as the sheet
lies in front of you, and sides come in printing order: front, back, front, back.
"""

from collections.abc import Callable

Side = tuple[int | None, ...]
Order = Callable[[int], tuple[Side, ...]]


def saddle_order(pages: int) -> tuple[Side, ...]:
    """The sides of a saddle-stitched booklet, the outermost sheet first.

    Sheet i, from 0, of a booklet of n pages carries n-2i and 2i+1 on its front, 2i+2 and
    n-2i-1 on its back. What is missing to whole sheets is blank at the end.

    >>> saddle_order(8)
    ((8, 1), (2, 7), (6, 3), (4, 5))
    >>> saddle_order(3)
    ((None, 1), (2, 3))
    """
    whole = pages + blanks(pages, 4)
    sides = (
        side
        for i in range(whole // 4)
        for side in ((whole - 2 * i, 2 * i + 1), (2 * i + 2, whole - 2 * i - 1))
    )
    return tuple(tuple(page if page <= pages else None for page in side) for side in sides)


def duplex_order(pages: int) -> tuple[Side, ...]:
    """One page a side, printed on both sides: odd pages are rectos, even pages versos.

    >>> duplex_order(3)
    ((1,), (2,), (3,), (None,))
    """
    return tuple((page if page <= pages else None,) for page in range(1, pages + pages % 2 + 1))


def single_order(pages: int) -> tuple[Side, ...]:
    """One page a sheet, printed on one side.

    >>> single_order(2)
    ((1,), (2,))
    """
    return tuple((page,) for page in range(1, pages + 1))


def blanks(pages: int, multiple: int) -> int:
    """How many pages are missing to a multiple.

    >>> blanks(18, 4), blanks(20, 4)
    (2, 0)
    """
    return -pages % multiple
