"""Rules about lines, paragraphs and the page: where text stands, and where it is broken."""

import re
from dataclasses import replace
from itertools import groupby, pairwise
from statistics import median

from booklet.check.inspected_pdf import InspectedPdf
from booklet.check.lines import Block, Line
from booklet.check.pdf_rule import Shortfalls, looked_at
from booklet.check.report import Nothing
from booklet.check.rule import rule
from booklet.messages import counted
from booklet.pdf.geometry import POINTS_PER_MM
from booklet.pdf.page_model import PageContent, TextRun

SAME_EDGE = 2.0  # Points: lines that start closer than this start at one edge

RUN_ON = 0.6
"""Ems: what starts so near to where other words of its line end runs on behind them."""

JUSTIFIED_EDGE, STRETCH = 2.0, 0.03
"""Points, and a share of the width of a space: 3 lines that end so evenly, with spaces that differ
so much, are stretched to the measure, and so are 4 lines with any spaces. 3 may end evenly by
chance."""

FULL_LINES = 3  # How many lines before the last must end evenly to speak of a straight right edge

TIGHT = 1.15  # Baseline distance by size of print: UKAAF's single spacing
LOOSE = 1.6  # The same: CNIB's 25 to 30 per cent more than single spacing
BETWEEN_PARAGRAPHS = 1.5  # By the baseline distance within them: half a blank line more
SAFE_MM = 5.0  # Millimetres that office printers and print shops leave free at each edge
PAPER_TOLERANCE = 1.0  # Points by which pages may differ from the paper (standards 1.1.4)


@rule("all", "UKAAF G003; RNIB")
def left_edge(pdf: InspectedPdf) -> Shortfalls:
    """Lines of a paragraph start at one edge.

    The eye comes back to one edge to find the next line. Magnified, there is nothing else to go
    by.
    """
    blocks = [block for block in _running(pdf) if len(block.lines) > 1]
    ends = {
        (line.page, round(line.baseline), round(line.right / (RUN_ON * line.size)))
        for line in pdf.lines
    }
    for block in blocks:
        first = block.lines[0]
        # A meaning that runs on behind its term: its first line starts where the term ends.
        at = round(first.left / (RUN_ON * first.size))
        runs_on = any((first.page, round(first.baseline), at - n) in ends for n in (0, 1))
        if not _is_left_aligned(replace(block, lines=block.lines[1:]) if runs_on else block):
            yield block.page, block.text
    return looked_at(blocks, "paragraph of two lines or more", "paragraphs of two lines or more")


def _running(pdf: InspectedPdf) -> list[Block]:
    return [b for b in pdf.body if not re.fullmatch(r"H\d?|Caption|Lbl|TOCI", b.owner.role)]


def _is_left_aligned(block: Block) -> bool:
    """Whether lines start at one edge on each page; a first line may be indented or hang."""
    parts = [list(group) for _, group in groupby(block.lines, key=lambda line: line.page)]
    return all(_even(lines) or (not block.owner.role and not _is_set(lines)) for lines in parts)


def _is_set(lines: list[Line]) -> bool:
    """Whether uneven lines are centred or set to the right, not just indented like code."""
    middles = [(line.left + line.right) / 2 for line in lines]
    ends = [line.right for line in lines]
    return min(_spread(middles), _spread(ends)) < SAME_EDGE


def _even(lines: list[Line]) -> bool:
    starts = _starts(lines)
    if len(starts) == 2:
        return _spread(starts) < SAME_EDGE or _is_indent(lines)
    return _spread(starts[1:]) < SAME_EDGE


def _starts(lines: list[Line]) -> list[float]:
    """The left edges of lines that are the first on their baseline: the rest are columns."""
    kept: list[Line] = []
    for line in lines:
        if not kept or abs(kept[-1].baseline - line.baseline) >= 0.3 * line.size:
            kept.append(line)
    return [line.left for line in kept]


def _is_indent(lines: list[Line]) -> bool:
    """Whether the first of two lines only stands in or hangs out: a label, a bullet, an indent."""
    first, last = lines[0], lines[-1]
    marker = bool(re.match(r"(?:[•◦▪–*-]|\d+[.)])\s", first.text))
    indented = 0 < first.left - last.left < 3 * first.size and first.right > last.right
    return marker or indented


@rule("all", "UKAAF G003; WCAG 2.2, 1.4.8")
def ragged_right(pdf: InspectedPdf) -> Shortfalls:
    """Right edge ragged, spaces even.

    Stretched lines have rivers of white, and gaps that look like the end of a sentence under a
    magnifier.
    """
    blocks = [b for b in _running(pdf) if len(b.lines) > FULL_LINES]
    yield from ((block.page, block.text) for block in blocks if _is_justified(block))
    return looked_at(blocks, "paragraph of four lines or more", "paragraphs of four lines or more")


def _is_justified(block: Block) -> bool:
    lines = [line for line in block.lines[:-1] if line.page == block.page]
    if len(lines) < FULL_LINES or _spread([line.left for line in lines]) >= JUSTIFIED_EDGE:
        return False
    spaces = [width for line in lines for width in _spaces(line)[:1]]
    stretched = bool(spaces) and _spread(spaces) > STRETCH * median(spaces)
    flush = _spread([line.right for line in lines]) < JUSTIFIED_EDGE
    return flush and (stretched or len(lines) > FULL_LINES)


def _spread(numbers: list[float]) -> float:
    return max(numbers, default=0) - min(numbers, default=0)


def _spaces(line: Line) -> list[float]:
    """How far the words of a line stand apart, points, in its most common face."""
    run = max(line.runs, key=lambda run: len(run.glyphs))
    inner = zip(run.glyphs, run.glyphs[1:], run.glyphs[2:], strict=False)
    return [abs(after.x - space.x) for _, space, after in inner if space.char == " " and after.box]


@rule("1.15 or more in every paragraph, median at most 1.6", "UKAAF G003; CNIB")
def line_spacing(pdf: InspectedPdf) -> Shortfalls:
    """Distance of lines by size of print.

    Lines that stand close run into each other; lines far apart no longer hang together.
    """
    known = {block: ratio for block in _running(pdf) if (ratio := _pitch(block))}
    if not known:
        return Nothing("no paragraph of two lines")
    middle = median(known.values())
    if middle > LOOSE:
        yield 0, f"the middle of all paragraphs is {middle:.2f}"
    for block, ratio in known.items():
        if ratio < TIGHT - 0.005:
            yield block.page, f"{ratio:.2f}: {block.text}"
    return f"median {middle:.2f} times the size of print"


def _pitch(block: Block) -> float:
    """The middle baseline distance within a block by its size of print; 0 where there is none."""
    gaps = [
        (above.baseline - below.baseline) / max(above.size, below.size)
        for above, below in pairwise(block.lines)
        if above.page == below.page and above.baseline - below.baseline > 0.5 * above.size
    ]
    return median(gaps) if gaps else 0.0


@rule("at least 1.5 lines", "UKAAF G003 (ideally a blank line)")
def paragraph_spacing(pdf: InspectedPdf) -> Shortfalls:
    """Distance from paragraph to paragraph.

    A gap shows where a thought ends, without counting lines.
    """
    # Single lines, as in an address, may stand close: they are not looked at.
    paragraphs = [b for b in pdf.body if b.owner.role == "P"]
    seen = 0
    for one, other in pairwise(paragraphs):
        last, first = one.lines[-1], other.lines[0]
        pitch = max(_pitch(one), _pitch(other))
        gap = (last.baseline - first.baseline) / max(last.size, first.size)
        long = len(one.lines) > 1 and len(other.lines) > 1
        if long and gap > 0 and last.page == first.page and _alike(one.lines[0], first):
            seen += 1
            if gap < BETWEEN_PARAGRAPHS * pitch - 0.02:
                yield first.page, f"{gap / pitch:.2f} lines above: {other.text}"
    return looked_at(range(seen), "pair of paragraphs", "pairs of paragraphs")


def _alike(one: Line, other: Line) -> bool:
    """Whether both begin at one edge in one face and size: a label and its text do not."""
    edge = abs(one.left - other.left) < SAME_EDGE
    return edge and one.runs[0].face == other.runs[0].face and abs(one.size - other.size) < 0.1


@rule("all", "UKAAF G003")
def horizontal(pdf: InspectedPdf) -> Shortfalls:
    """Text and pages upright.

    Paper can be turned; a screen that magnifies cannot, or not for one line.
    """
    yield from ((run.page, run.text) for run in pdf.runs if run.turned)
    for page in pdf.pages:
        if page.turned % 360:
            yield page.number, f"page turned by {page.turned} degrees"
    return counted(len(pdf.pages), "page")


@rule("5 mm", "print-safe area of print shops and NHS Notify", on_sheets=True)
def margins(pdf: InspectedPdf) -> Shortfalls:
    """Text clear of the edge.

    Office printers do not print the outer 5 mm, and a thumb needs a place to hold the page.
    """
    edges = [(_edge(run, pdf.pages[run.page - 1]), run) for run in pdf.runs]
    if not edges:
        return Nothing("no text")
    for edge, run in edges:
        if edge < SAFE_MM * POINTS_PER_MM - 0.1:
            yield run.page, run.text
    least, nearest = min(edges, key=lambda pair: pair[0])
    return f"nearest {least / POINTS_PER_MM:.1f} mm, on page {nearest.page}"


def _edge(run: TextRun, page: PageContent) -> float:
    box = run.box
    return min(box.left, box.bottom, page.width - box.right, page.height - box.top)


@rule("that of the size of print, within 1 pt", "UKAAF G003 (A4 unless the purpose asks otherwise)")
def paper(pdf: InspectedPdf) -> Shortfalls:
    """Pages of one size.

    A page of another size is shrunk by the printer, and its letters with it.
    """
    first, size = pdf.pages[0], pdf.size
    wide = size.width * POINTS_PER_MM if size else first.width
    high = size.height * POINTS_PER_MM if size else first.height
    for page in pdf.pages:
        if max(abs(page.width - wide), abs(page.height - high)) > PAPER_TOLERANCE:
            yield page.number, _in_mm(page)
    return f"{counted(len(pdf.pages), 'page')} of {_in_mm(first)}"


def _in_mm(page: PageContent) -> str:
    return f"{page.width / POINTS_PER_MM:.0f} x {page.height / POINTS_PER_MM:.0f} mm"
