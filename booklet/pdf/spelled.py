"""Runs of text that say their own words beside what is painted (`ActualText`).

Letters from right to left are painted as they stand on the page, some in pieces that several
letters share: what they say can only be told from the words beside them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from booklet.content.language import direction_of
from booklet.pdf.geometry import Box, around
from booklet.pdf.page_model import Glyph, Mark, TextRun


def spelled_out(runs: Sequence[TextRun], words: Sequence[str | None]) -> tuple[TextRun, ...]:
    """The runs in the order of painting, those of one piece with words of its own made one.

    `words` has the words each run was given, `None` where it has none. Each letter of a piece
    gets an even share of its ink, from the side where reading begins: which letter stands where
    inside is not known, only what the whole of it says. On a page with letters from right to left
    PDFium turns the words of other runs round: their letters are put back as they stand.
    """
    if not any(words) and not any(run.leftwards for run in runs):
        return tuple(runs)
    spaced = any(glyph.char == " " and glyph.advance for run in runs for glyph in run.glyphs)
    found: list[TextRun] = []
    for (_, said), group in groupby(zip(runs, words, strict=True), key=_piece):
        inside = [run for run, _ in group]
        if said is None:
            found += (_in_place(run, spaced) for run in inside)
        else:
            found.append(_as_one(inside, said))
    return tuple(found)


def _piece(pair: tuple[TextRun, str | None]) -> tuple[Mark | None, str | None]:
    run, said = pair
    return (run.mark, said)


def _in_place(run: TextRun, spaced: bool) -> TextRun:
    """The run as it stands; `spaced` files have spaces of their own, and need none of PDFium's."""
    glyphs = run.glyphs
    if spaced:
        glyphs = tuple(glyph for glyph in glyphs if glyph.char != " " or glyph.advance)
    if not run.leftwards:
        glyphs = tuple(sorted(glyphs, key=lambda glyph: glyph.x))
    return replace(run, glyphs=glyphs)


def _as_one(runs: list[TextRun], words: str) -> TextRun:
    """One run: the face of its widest part, the size of its smallest, the paint of its palest.

    A part that does not show, such as a space, counts only where no part does.
    """
    widest = max(runs, key=lambda run: run.box.width)
    painted = [run.paint for run in runs if run.paint]
    seen = [paint for paint in painted if paint.shows] or painted
    box, by_maps = around([run.box for run in runs]), [run.by_map for run in runs]
    return replace(
        widest,
        glyphs=tuple(_glyphs(words, box, widest.baseline)),
        others=tuple({run.face for run in runs} - {widest.face}),
        size=min(run.size for run in runs),
        box=box,
        by_map=None if None in by_maps else "".join(map(str, by_maps)),
        paint=min(seen, key=lambda paint: paint.contrast, default=None),
    )


def _glyphs(words: str, box: Box, baseline: float) -> Iterator[Glyph]:
    share = box.width / max(len(words), 1)
    leftwards = direction_of(words) == "rtl"
    for index, char in enumerate(words):
        left = box.left + share * (len(words) - 1 - index if leftwards else index)
        ink = Box(left, box.bottom, left + share, box.top)
        yield Glyph(char, None if char.isspace() else ink, left, baseline, True)
