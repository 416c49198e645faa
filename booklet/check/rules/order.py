"""The rule about numbers that letters from right to left turn round."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from booklet.check.inspected_pdf import InspectedPdf
from booklet.check.lines import Line, read_lines
from booklet.check.pdf_rule import Shortfalls, looked_at
from booklet.check.rule import rule
from booklet.content.yaml_source import read_yaml
from booklet.pdf.page_model import TextRun

_KINDS = read_yaml(Path(__file__).with_name("order.yaml")).values
_NUMBERS = re.compile("|".join(_KINDS["pieces"].values()).replace("${number}", _KINDS["number"]))

APART, FAR = 0.15, 1.0  # Ems: from where a gap between two runs is a space, and from where more
BACK = 0.1  # Ems by which the next figure may stand to the left: kerning
_LOOKED_AT = (
    "number beside letters from right to left",
    "numbers beside letters from right to left",
)
_ELSEWHERE = "\n"
"""What no number goes on over: a column's gap, and a run of which only the edges are known."""

Letter = tuple[str, float | None]
"""A character as it is read, and where it starts in points; `None` where it is only a gap."""


@rule("all", "UAX #9, 3.3 (numbers among letters from right to left)")
def number_order(pdf: InspectedPdf) -> Shortfalls:
    """Numbers printed in the order in which they are read.

    Among letters that run to the left, the parts of a dose or of a telephone number can change
    places: 5 mg is then printed as mg 5, and 020 7946 0002 as 0002 7946 020. Whoever listens hears
    the right number, and whoever looks dials the wrong one.
    """
    pages = [page for page in pdf.pages if any(run.leftwards for run in page.runs)]
    # A run that stands to the left of the one before is in its line, whatever the file's language.
    lines = read_lines(pages, pdf.owners, leftwards=True)
    numbers = [(line, *number) for line in lines for number in _numbers(line)]
    for line, words, places in numbers:
        if any(after < before - BACK * line.size for before, after in pairwise(places)):
            yield line.page, words
    return looked_at(numbers, *_LOOKED_AT, among=pdf.runs)


def _numbers(line: Line) -> Iterator[tuple[str, list[float]]]:
    """The numbers of a line as they are read, and where their characters start."""
    letters = [*_letters(line)]
    for found in _NUMBERS.finditer("".join(char for char, _ in letters)):
        inside = letters[found.start() : found.end()]
        yield found[0], [x for char, x in inside if x is not None and not char.isspace()]


def _letters(line: Line) -> Iterator[Letter]:
    before: TextRun | None = None
    for run in line.runs:
        gap = 0 if before is None else _gap(before, run)
        if gap > APART * run.size:
            yield (" " if gap < FAR * run.size else _ELSEWHERE), None
        if run.turned or run.by_map is not None:
            yield _ELSEWHERE, None
        else:
            said = ((char, glyph.x) for glyph in run.glyphs for char in glyph.char)
            yield from ((" " if char == "\u00a0" else char, x) for char, x in said)
        before = run


def _gap(one: TextRun, other: TextRun) -> float:
    """How far two runs stand apart, points, whichever is to the left."""
    return max(other.box.left - one.box.right, one.box.left - other.box.right)
