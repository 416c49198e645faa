"""The runs of a line in the order in which they are read, each with what is said with it.

Where words run to the left, punctuation and spaces beside a number or a name belong to it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from booklet.content.language import runs_left
from booklet.tagging.glyph_codes import alphabet_of
from booklet.tagging.text_clusters import Cluster


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What stands around a run of text on a line with words from right to left."""

    space_before: bool  # Whether a space stands before it, and after it, in the order of reading
    space_after: bool


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one direction on a line, and what is said with it."""

    clusters: tuple[Cluster, ...]  # As it is read
    opening: tuple[Cluster, ...] = ()
    """Punctuation before and after it that stands on its other side."""
    ending: tuple[Cluster, ...] = ()
    spaces: Neighbours | None = None
    """The spaces around it, where it runs to the right among words that run to the left."""
    lost_space: bool = False  # Whether it runs to the left and a space follows that layout dropped


def between_others(
    parts: list[list[Cluster]], around: Neighbours | None, lost_space: bool
) -> Iterator[Run]:
    """The runs of a text; `around` is `None` on a line on which all runs to the right.

    `lost_space` says that a space follows the text which layout dropped.
    """
    if around is None:
        yield from (Run(tuple(part)) for part in parts)
        return
    taken: dict[int, tuple[tuple[Cluster, ...], tuple[Cluster, ...]]] = {}
    for number, part in enumerate(parts):
        # A font without empty glyphs cannot say what stands on another side.
        if part and not part[0].leftwards and alphabet_of(part[0].font).spacers:
            before = parts[number - 1] if number else []
            after = parts[number + 1] if number + 1 < len(parts) else []
            # What stands beside it may run to the right as well, in another font.
            opening = _taken(before, from_end=True) if _leftwards(before) else []
            taken[number] = (tuple(opening), tuple(_taken(after) if _leftwards(after) else ()))
    last = max((number for number, part in enumerate(parts) if part), default=0)
    for number, part in enumerate(parts):
        lost = lost_space and number == last
        if number in taken:
            spaces = _spaces(around, parts[:number], parts[number + 1 :])
            if lost:
                spaces = replace(spaces, space_after=True)
            yield Run(tuple(part), *taken[number], spaces)
        elif part:
            yield Run(tuple(part), lost_space=lost)


def _leftwards(run: list[Cluster]) -> bool:
    return bool(run) and run[0].leftwards


def _taken(run: list[Cluster], from_end: bool = False) -> list[Cluster]:
    """The punctuation at one end of a run to the left, taken out of it.

    It belongs to the number or the name beside it and is said with that: where the content went
    back for it, MuPDF and PDFium would see a space.
    """
    taken: list[Cluster] = []
    while run and not (run[-from_end].text.isspace() or runs_left(run[-from_end].text)):
        taken.append(run.pop(-from_end))
    return taken[::-1] if from_end else taken


def _spaces(
    outside: Neighbours, before: list[list[Cluster]], after: list[list[Cluster]]
) -> Neighbours:
    """Whether spaces stand around a run: within the text, else as it is around the text."""
    last = next((run[-1].text for run in reversed(before) if run), None)
    first = next((run[0].text for run in after if run), None)
    return Neighbours(
        outside.space_before if last is None else last == " ",
        outside.space_after if first is None else first == " ",
    )
