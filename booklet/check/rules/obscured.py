"""Rules about what stands in the way of letters: lines, capitals, hiding, other letters."""

import re
from collections.abc import Iterator, Sequence

from booklet.check.inspected_pdf import InspectedPdf
from booklet.check.lines import Line
from booklet.check.pdf_rule import PIECES, Shortfalls, among, looked_at, passages
from booklet.check.rule import rule
from booklet.messages import counted
from booklet.pdf.geometry import POINTS_PER_MM, Box
from booklet.pdf.page_model import Mode, PageContent, Shape, TextRun

LINE_THICKNESS = 0.14  # Ems: an underline is thinner
LINE_DROP = 0.22  # Ems: an underline starts less than this below a baseline
CLASH = 0.75  # Points by which the ink of two letters must overlap, both ways, to clash
LEAST_DROP = 2.0  # Points under a baseline that always count as underlining (standards 1.1.9)
BLEED = 3.5  # Millimetres: a picture meant to be trimmed goes 3 mm over the edge of the page
UNDER_TEXT = 0.6  # The share of a drawn line with letters right above it that underlines them


@rule("none", "UKAAF G003; NHS manual")
def underlines(pdf: InspectedPdf) -> Shortfalls:
    """Words underlined, links apart.

    A line under words cuts through the tails of letters, and looks like a link.
    """
    found = []
    for page in pdf.pages:
        links = [link.box for link in pdf.document.links if link.page == page.number]
        boxes = [shape.box for shape in page.shapes]
        rules = [box for box in boxes if box.width > 3 * box.height and box.height < 4]
        free = [box for box in rules if not any(_on(box, link) for link in links)]
        for line in pdf.lines_on(page.number):
            if any(_under(box, line.runs) for box in free):
                found.append((page.number, line.text))
    yield from found
    return looked_at(found, "underlined line", among=pdf.runs)


def _on(box: Box, link: Box) -> bool:
    middle = (box.left + box.right) / 2
    return link.left - 1 <= middle <= link.right + 1 and link.bottom - 3 <= box.top <= link.top


def _under(box: Box, runs: tuple[TextRun, ...]) -> bool:
    near = [
        run
        for run in runs
        if box.height < LINE_THICKNESS * run.size
        and 0 <= run.baseline - box.top + 0.1 < max(LEAST_DROP, LINE_DROP * run.size)
    ]
    covered = sum(max(min(box.right, r.box.right) - max(box.left, r.box.left), 0) for r in near)
    return box.width > 0 and covered / box.width > UNDER_TEXT


_CAPITALS = re.compile(r"[A-Z][A-Z'’&-]+(?: +[A-Z][A-Z'’&-]+){3,}")


@rule("at most 3", "UKAAF G003 (no large blocks); 3 is a house rule", on_sheets=True)
def capitals(pdf: InspectedPdf) -> Shortfalls:
    """Words in capitals in a row.

    Words in capitals all have the shape of a box, so they are read letter by letter.
    """
    # "I" is a word of everybody's, and single acronyms stay allowed.
    found = [
        (block.page, match[0])
        for block in pdf.blocks
        for match in _CAPITALS.finditer(re.sub(r"\bI\b", "i", block.text))
    ]
    yield from found
    return looked_at(found, "run of capitals", "runs of capitals", among=pdf.runs)


@rule("none", "house rule; WCAG 2.2, 1.4.5", on_sheets=True)
def hidden_text(pdf: InspectedPdf) -> Shortfalls:
    """Text that the page does not show, or a page that is only a picture.

    What is on the page and what is read aloud must be the same words. A picture of a page says
    nothing aloud.
    """
    # Hidden is what is invisible, off the page, painted over or in the ground's colour.
    wrong = passages(pdf, _is_hidden)
    for page in pdf.pages:
        half = page.width * page.height / 2
        pictures = (shape.box for shape in page.shapes if shape.picture)
        if not page.runs and any(box.width * box.height > half for box in pictures):
            wrong.append((page.number, "a picture of a page, without text"))
    if not pdf.runs:
        wrong.append((0, "no text in the whole file"))
    yield from wrong
    return among(wrong, counted(len(pdf.runs), *PIECES))


def _is_hidden(run: TextRun) -> bool:
    """Whether a run would leave ink, but does not; spaces never do."""
    shows = run.mode is not Mode.INVISIBLE and run.paint is not None and run.paint.shows
    return not shows and any(glyph.box for glyph in run.glyphs)


@rule("none", "house rule", on_sheets=True)
def overlaps(pdf: InspectedPdf) -> Shortfalls:
    """Letters printed over other letters.

    Letters over letters cannot be read by anyone.
    """
    wrong = [
        (one.page, f"{one.text} / {other.text}")
        for page in pdf.pages
        for one, other in _at_one_height(pdf.lines_on(page.number))
        if one.box.overlaps(other.box, by=CLASH) and _clash(one, other)
    ]
    yield from wrong
    return among(wrong, looked_at(pdf.lines, "line"))


def _at_one_height(lines: Sequence[Line]) -> Iterator[tuple[Line, Line]]:
    """Each two lines that share some of the height of the page."""
    for number, one in enumerate(lines, 1):
        _, bottom, _, top = one.box
        for other in lines[number:]:
            _, from_bottom, _, to_top = other.box
            if bottom < to_top and from_bottom < top:
                yield one, other


def _clash(one: Line, other: Line) -> bool:
    """Whether letters, not only the boxes around their lines, are in one place."""
    return any(
        first.box.overlaps(second.box, by=CLASH)
        for first in one.glyphs
        for second in other.glyphs
        if first.box and second.box
    )


@rule("all", "house rule")
def whole_pictures(pdf: InspectedPdf) -> Shortfalls:
    """Pictures whole on their page, and clear of text.

    What is cut by the edge of the paper is lost. A picture over words, or over the foot of the
    page, hides them or makes them hard to read.
    """
    # Backgrounds are artifacts; what goes over the edge by the bleed of print shops is meant to.
    seen = 0
    for page in pdf.pages:
        lines = [line for line in pdf.lines_on(page.number) if line.owner.role not in _DRAWN]
        for shape in page.shapes:
            if not _is_picture(shape, pdf):
                continue
            seen += 1
            if _is_cut(shape.box, page):
                yield page.number, f"a picture is cut by the edge of the page{_said(shape, pdf)}"
            for line in lines:
                if line.box.overlaps(shape.box, by=CLASH) and any(
                    glyph.box and glyph.box.overlaps(shape.box, by=CLASH) for glyph in line.glyphs
                ):
                    yield page.number, f"a picture over: {line.text}"
    return looked_at(range(seen), "piece of pictures", "pieces of pictures", among=pdf.pages)


_DRAWN = ("Figure", "Formula")


def _is_picture(shape: Shape, pdf: InspectedPdf) -> bool:
    """Whether this is a picture of the content, or a part of a drawing."""
    owner = pdf.owners.get(shape.mark) if shape.mark else None
    return not shape.artifact and owner is not None and (shape.picture or owner.role in _DRAWN)


def _said(shape: Shape, pdf: InspectedPdf) -> str:
    """The words for a picture, behind a colon; empty where it has none."""
    drawn = (each for each in pdf.elements if each.role in _DRAWN and shape.mark in each.marks)
    words = next((each.alt or each.actual for each in drawn), None)
    return f": {words}" if words else ""


def _is_cut(box: Box, page: PageContent) -> bool:
    over = max(-box.left, -box.bottom, box.right - page.width, box.top - page.height)
    return over > BLEED * POINTS_PER_MM
