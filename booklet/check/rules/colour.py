"""Rules about colour and about what is behind text."""

from booklet.check.inspected_pdf import InspectedPdf
from booklet.check.pdf_rule import PIECES, Shortfalls, among, looked_at, passages
from booklet.check.report import Nothing
from booklet.check.rule import rule
from booklet.contrast import luminance
from booklet.messages import counted
from booklet.pdf.page_model import PageContent, TextRun

ENHANCED = 7.0  # Contrast ratio of WCAG 2.2, 1.4.6 for text of every size: the project's own rule
ALMOST = 0.005  # Contrast is compared as printed in the report, to two places
HEAVY = 600  # Weight of letters that stay open when printed pale on dark (standards 1.1.22)

FLAT = 0.5
"""The share of the two most common colours under text, below which they are a pattern: a label
over the edge of a drawn shape has two flat colours, a gradient has none."""

PLAIN = 3  # More colours under text on a picture are a pattern: a ground, a line, their edge

_ON = "#{:02x}{:02x}{:02x} on #{:02x}{:02x}{:02x}"


@rule("at least 7:1", "WCAG 2.2, 1.4.6 (and 1.4.3)", on_sheets=True)
def contrast(pdf: InspectedPdf) -> Shortfalls:
    """Contrast of all text with what is under it.

    Pale letters are the first to go with low vision, with tired eyes and with a tired printer.
    """
    shown = [run for run in pdf.runs if run.paint and run.paint.shows]
    if not shown:
        return Nothing("no visible text")
    for run, words in pdf.passages(lambda run: _ratio(run) < ENHANCED - ALMOST):
        yield run.page, f"{_ratio(run):.2f}:1 {_colours(run)}: {words}"
    worst = min(shown, key=_ratio)
    return f"lowest {_ratio(worst):.2f}:1, on page {worst.page}"


def _ratio(run: TextRun) -> float:
    """Its contrast; 21 where it does not show, for another rule speaks of that."""
    return run.paint.contrast if run.paint and run.paint.shows else 21.0


def _colours(run: TextRun) -> str:
    return _ON.format(*run.paint.ink, *run.paint.ground) if run.paint else ""


@rule("none", "RNIB clear print", on_sheets=True)
def text_on_pictures(pdf: InspectedPdf) -> Shortfalls:
    """Text laid over a picture, pattern or gradient.

    Letters over something that changes have good contrast in one place and none in the next.
    """
    placed = passages(pdf, lambda run: _on_pattern(run, pdf.pages[run.page - 1]))
    yield from placed
    return among(placed, counted(len(pdf.runs), *PIECES))


def _on_pattern(run: TextRun, page: PageContent) -> bool:
    if run.paint is None or run.paint.grounds <= PLAIN:
        return False
    on_picture = any(s.picture and s.box.overlaps(run.box, by=0.5) for s in page.shapes)
    return on_picture or run.paint.flat < FLAT


@rule(
    "at least 600", "RNIB clear print (reversed type); the number is a house rule", on_sheets=True
)
def light_on_dark(pdf: InspectedPdf) -> Shortfalls:
    """Weight of pale text on a dark ground.

    Ink spreads into thin white letters and closes them.
    """
    pale = [run for run in pdf.runs if _is_pale(run)]
    yield from passages(pdf, lambda run: _is_pale(run) and run.face.weight < HEAVY)
    return looked_at(pale, "piece of pale text", "pieces of pale text")


def _is_pale(run: TextRun) -> bool:
    paint = run.paint
    return paint is not None and paint.shows and luminance(paint.ink) > luminance(paint.ground)
