"""What size the text comes out at where pages are made smaller, and how small it may become."""

from collections.abc import Iterator
from pathlib import Path

from booklet.editions import size_named
from booklet.pdf.pdfium import smallest_text
from booklet.print.placing import PrintJob, pages_in_words
from booklet.print.source_file import fault
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


def fitted_text(job: PrintJob, floor: float | None) -> Iterator[str]:
    """What size the text comes out at where pages are made smaller.

    Raises `FaultsFound` below the floor in points, or where the size of the text cannot be
    told and the floor is not 0. If none is given, the document stays what its smallest text
    makes it: giant print 24, large print 16, clear print 12.
    """
    source = job.source
    smaller = [placing for placing in job.placings if placing.scale < 1]
    if not smaller:
        return
    texts = smallest_text(source.data, source.pages)
    sizes = [(size, each) for each in smaller if (size := texts[each.page.number - 1]) is not None]
    measured = [each for _, each in sizes]
    if unknown := [each.page.number for each in smaller if each not in measured]:
        yield _unmeasured(source.name, unknown, floor)
    if not sizes:
        return
    size, worst = min(sizes, key=lambda found: found[0] * found[1].scale)
    printed = size * worst.scale
    least = floor if floor is not None else _floor(min(each for each in texts if each is not None))
    which = pages_in_words([each.page.number for each in smaller])
    several = f"{which} are made smaller; smallest: " if len(smaller) > 1 else ""
    words = (
        f"{several}page {worst.page.number} is printed at {worst.scale:.0%} of its size:"
        f" its smallest text, {size:g} point, comes out at {printed:.1f} point"
    )
    if printed < least - 0.05:
        raise fault(
            source.name,
            f"{words}, below {least:g}; choose larger paper, or --floor {int(printed)} if its"
            " readers can do with that",
        )
    yield words


def _floor(smallest: float) -> float:
    kinds = (GIANT_PRINT, LARGE_PRINT)
    return next((kind for kind in kinds if smallest > kind - 0.05), CLEAR_PRINT)


def _unmeasured(file: Path, pages: list[int], floor: float | None) -> str:
    """A note for those who have looked; `FaultsFound` for those who have not."""
    unknown = f"{pages_in_words(pages)}: no text to measure, so nobody can say how small"
    if floor == 0:
        return f"{unknown} its words come out; look at one copy"
    raise fault(
        file,
        f"{unknown} the words come out; leave out --fit, or look yourself and add --floor 0",
    )
