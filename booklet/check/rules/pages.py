"""Rules about whole pages: how full they are, and what is cut that would have fitted."""

from collections.abc import Iterator

from booklet.check.inspected_pdf import InspectedPdf
from booklet.check.lines import Block
from booklet.check.pdf_rule import Shortfalls, looked_at
from booklet.check.report import Nothing
from booklet.check.rule import rule
from booklet.pdf.page_model import TextRun
from booklet.pdf.tree import Element

WELL_FILLED = 0.6
"""How much of the depth of a page should be used, but where a chapter ends."""

FOOT = 0.12
"""The part of the depth in which no chapter should start: about four lines of standard print."""

SHORT_LIST = 0.4
"""A list that takes less of the depth than this fits whole on this page or on the next."""

SHORT_LINE = 0.07
"""A last line of one word is too short when it takes less than this of its paragraph's width."""

OUR_OWN = "our own: less paper, and nothing that looks as if it had ended"


@rule("60% of the depth, but where a chapter ends", OUR_OWN, "warning")
def page_fill(pdf: InspectedPdf) -> Shortfalls:
    """Pages well filled.

    A page that is half empty in the middle of a chapter looks like its end, and paper and postage
    are paid for white.
    """
    depths = _depths(pdf)
    if not depths or pdf.tree is None:
        return Nothing("no text" if pdf.tree else "no structure tree")
    last = len(pdf.pages)
    opens = {page for page, _ in _chapters(pdf)}
    halves = {page: full for page, full in depths.items() if full < WELL_FILLED}
    for page, full in halves.items():
        if 1 < page < last - 1 and page + 1 not in opens:
            yield page, f"{full:.0%} full"
    words = sum(len(line.text.split()) for line in pdf.lines if not line.owner.artifact)
    return f"{words / last:.0f} words a page; {len(halves)} of {last} pages less than 60% full"


def _room(pdf: InspectedPdf) -> tuple[float, float]:
    """The lowest and the highest baseline of running text, covers left out."""
    inner = [line.baseline for line in pdf.printed if 1 < line.page < len(pdf.pages)]
    return (min(inner), max(inner)) if inner else (0.0, 0.0)


def _depths(pdf: InspectedPdf) -> dict[int, float]:
    """How far down each page print reaches, as a part of the room there is."""
    low, high = _room(pdf)
    lowest: dict[int, float] = {}
    for line in pdf.printed:
        lowest[line.page] = min(line.baseline, lowest.get(line.page, high))
    return {page: (high - at) / (high - low) for page, at in lowest.items() if high > low}


def _chapters(pdf: InspectedPdf) -> Iterator[tuple[int, TextRun]]:
    """The headings of chapters, each with its page and its first piece of text."""
    for element in pdf.elements:
        first = next(iter(pdf.runs_of(element)), None) if element.role in ("H1", "H2") else None
        if first is not None:
            yield first.page, first


@rule("none in the lowest eighth of a page", OUR_OWN, "warning")
def chapter_at_foot(pdf: InspectedPdf) -> Shortfalls:
    """Chapters that start at the foot of a page.

    A heading with two lines below it is overlooked, and the page has to be turned at once.
    """
    low, high = _room(pdf)
    chapters = list(_chapters(pdf))
    for page, run in chapters:
        if 1 < page < len(pdf.pages) and run.box.bottom - low < FOOT * (high - low):
            yield page, run.text
    return looked_at(chapters, "chapter")


@rule("none that fits whole", OUR_OWN, "warning")
def split_lists(pdf: InspectedPdf) -> Shortfalls:
    """Short lists cut by the end of a page.

    Who reads the second half does not see what it is a list of; signs to act on belong together.
    """
    low, high = _room(pdf)
    lists = [each for each in pdf.elements if each.role == "L"]
    for each in lists:
        parts = _parts(pdf, each)
        depth = sum(top - bottom for bottom, top in parts.values())
        if len(parts) == 2 and depth < SHORT_LIST * (high - low):
            yield min(parts), pdf.words(each)
    return looked_at(lists, "list")


def _parts(pdf: InspectedPdf, element: Element) -> dict[int, tuple[float, float]]:
    """The lowest and the highest place of an element on each of its pages."""
    parts: dict[int, tuple[float, float]] = {}
    for run in pdf.runs_of(element):
        bottom, top = parts.get(run.page, (run.box.bottom, run.box.top))
        parts[run.page] = min(bottom, run.box.bottom), max(top, run.box.top)
    return parts


@rule("a fifteenth of the width", OUR_OWN, "warning")
def last_words(pdf: InspectedPdf) -> Shortfalls:
    """Last lines of one short word.

    A word alone costs a line, and leaves a hole that looks like the end of a part.
    """
    running = [block for block in pdf.body if block.owner.role in ("P", "LBody", "LI", "TD")]
    blocks = [each for each in running if len(each.lines) > 1 and _is_below(each)]
    for block in blocks:
        last, widest = block.lines[-1], max(line.right - line.left for line in block.lines)
        if " " not in last.text and last.right - last.left < SHORT_LINE * widest:
            yield last.page, block.text[-40:]
    return looked_at(blocks, "paragraph of two lines or more", "paragraphs of two lines or more")


def _is_below(block: Block) -> bool:
    """Whether the last line stands below the one before it, and not beside it."""
    above, last = block.lines[-2:]
    return abs(above.baseline - last.baseline) > last.size / 2
