"""What pictures weigh, reckoned before a PDF is set; and which make one too large to attach."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from booklet.check.rules.file import ATTACHABLE, attachable
from booklet.editions import Size
from booklet.html.pictures import heaviest
from booklet.problems import Problem
from booklet.review.booklet import Booklet

MOST_NAMED = 5  # Pictures that the fault of a heavy file names
_REMEDY = "Save photographs as JPEG, crop them, or leave one out"


def too_heavy(booklet: Booklet, size: Size) -> Iterator[Problem]:
    """The heaviest picture, where pictures alone make the file too large: no need to set it.

    Photographs are scaled down to what print needs already: fewer or smaller ones are left.
    """
    pictures = heaviest(booklet, size)
    together = sum(weight for _, weight in pictures)
    if together > ATTACHABLE:
        message = (
            f"pictures alone bring {_kb(together)} to {size.in_english}, and a file to attach has "
            f"at most {_kb(ATTACHABLE)}. The heaviest: {_named(pictures)}. {_REMEDY}"
        )
        yield Problem(_as_typed(pictures[0][0], booklet), message, rule=attachable.id)


def with_weights(
    problems: tuple[Problem, ...], booklet: Booklet, size: Size
) -> tuple[Problem, ...]:
    """The problems of a PDF; one too large says which pictures are heavy, and the remedy."""
    if all(each.rule != attachable.id for each in problems):
        return problems
    pictures = heaviest(booklet, size)
    if not pictures:
        return problems
    remedy = f". The heaviest pictures: {_named(pictures)}. {_REMEDY}"
    return tuple(
        replace(each, message=each.message + remedy) if each.rule == attachable.id else each
        for each in problems
    )


def _named(pictures: tuple[tuple[Path, int], ...]) -> str:
    return ", ".join(f"{path.name} {_kb(weight)}" for path, weight in pictures[:MOST_NAMED])


def _kb(weight: int) -> str:
    return f"{weight / 1000:,.0f} kB"


def _as_typed(path: Path, booklet: Booklet) -> Path:
    """A file of the content folder by the way to that folder that somebody typed."""
    content = booklet.status.folder.parent
    whole = content.resolve()
    return content / path.relative_to(whole) if path.is_relative_to(whole) else path
