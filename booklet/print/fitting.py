"""What size the text comes out at where pages are made smaller, and how small it may become."""

from collections.abc import Iterator
from pathlib import Path

from booklet.editions import size_named
from booklet.print.damage import fault
from booklet.print.measure import Smallest, smallest_text
from booklet.print.placing import Placing, pages_in_words
from booklet.print.source_file import SourceFile
from booklet.problems import WrongUsage

CLEAR_PRINT, LARGE_PRINT = size_named("standard").floor, 16.0
"""The smallest text on paper in points (UKAAF G003)."""

GIANT_PRINT = size_named("giant").floor
"""No standard has a number; 24 point is where giant print usually begins."""


def check_usage(fit: bool, floor: float | None) -> None:
    """`WrongUsage` where a floor is given for pages that are not made smaller."""
    if floor is not None and not fit:
        raise WrongUsage(
            "--floor says how small --fit may make the text; add --fit, or leave it out"
        )


def fitted_text(
    source: SourceFile, placings: tuple[Placing, ...], floor: float | None
) -> Iterator[str]:
    """What size the text comes out at where pages are made smaller.

    Raises `FaultsFound` below the floor in points, or where the size of the text cannot be
    told and the floor is not 0. If none is given, the document stays what its smallest text
    makes it: giant print 24, large print 16, clear print 12.
    """
    smaller = [placing for placing in placings if placing.scale < 1]
    texts = {page.number: smallest_text(source, page) for page in source.pages if smaller}
    unknown = [each.page.number for each in smaller if texts[each.page.number] is None]
    if unknown:
        yield _unmeasured(source.name, unknown, floor)
    printed = [
        (text.points * each.scale, text, each)
        for each in smaller
        if (text := texts[each.page.number])
    ]
    for size, text, placing in sorted(printed, key=lambda found: found[0])[:1]:
        least = floor if floor is not None else _floor(min(each for each in texts.values() if each))
        words = _which(smaller) + _in_words(size, text, placing)
        if size < least - 0.05:
            raise fault(
                source.name,
                f"{words}, below {least:g}; choose larger paper, or --floor {int(size)} if its"
                " readers can do with that",
            )
        yield words


def _floor(smallest: Smallest) -> float:
    kinds = (GIANT_PRINT, LARGE_PRINT)
    return next((kind for kind in kinds if smallest.points > kind - 0.05), CLEAR_PRINT)


def _which(smaller: list[Placing]) -> str:
    """Which pages are made smaller, where there are several."""
    if len(smaller) == 1:
        return ""
    return f"{pages_in_words([each.page.number for each in smaller])} are made smaller; smallest: "


def _in_words(printed: float, text: Smallest, placing: Placing) -> str:
    return (
        f"page {text.page} is printed at {placing.scale:.0%} of its size: its smallest text,"
        f" {text.points:g} point, comes out at {printed:.1f} point"
    )


def _unmeasured(file: Path, pages: list[int], floor: float | None) -> str:
    """A note for those who have looked; `FaultsFound` for those who have not."""
    unknown = f"{pages_in_words(pages)}: no text to measure, so nobody can say how small"
    if floor == 0:
        return f"{unknown} its words come out; look at one copy"
    raise fault(
        file,
        f"{unknown} the words come out; leave out --fit, or look yourself and add --floor 0",
    )
