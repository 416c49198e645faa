"""Rules about colour and about what is behind text."""

from booklet.check.inspected_pdf import Evidence
from booklet.check.rule import Outcome, Rule, among, counted, nothing, place, sole
from booklet.contrast import luminance
from booklet.pdf.page_model import PageContent, TextRun

ENHANCED = 7.0
"""Contrast ratio of WCAG 2.2, 1.4.6 for text of every size: the project's own rule."""

ALMOST = 0.005
"""Contrast is compared as printed in the report, to two places."""

HEAVY = 600
"""Weight of letters that stay open when printed pale on dark (standards 1.1.22)."""

FLAT = 0.5
"""The share of the two most common colours under text, below which they are a pattern: a label
over the edge of a drawn shape has two flat colours, a gradient has none."""

PLAIN = 3
"""More colours than these under text on a picture are a pattern: a ground, a line, their edge."""


def _shown(evidence: Evidence) -> list[TextRun]:
    return [run for run in evidence.runs if run.paint is not None and run.paint.shows]


def contrast(evidence: Evidence) -> Outcome:
    """Every piece of text against what is painted under it, as the rendered page shows it."""
    shown = _shown(evidence)
    if not shown:
        return nothing("no visible text")
    ratios = [(run.paint.contrast, run) for run in shown if run.paint is not None]
    least, worst = min(ratios, key=lambda pair: pair[0])
    pale = [
        place(run.page, f"{_ratio(run):.2f}:1 {_hex(run)}: {words}")
        for run, words in evidence.passages(lambda run: _ratio(run) < ENHANCED - ALMOST)
    ]
    return Outcome(f"lowest {least:.2f}:1, on page {worst.page}", sole(pale))


def _ratio(run: TextRun) -> float:
    """Its contrast; 21 where it does not show, for another rule speaks of that."""
    return run.paint.contrast if run.paint and run.paint.shows else 21.0


def _hex(run: TextRun) -> str:
    if run.paint is None:
        return ""
    ink, ground = ("#" + "".join(f"{v:02x}" for v in c) for c in (run.paint.ink, run.paint.ground))
    return f"{ink} on {ground}"


def over_pictures(evidence: Evidence) -> Outcome:
    """No text on photographs, patterns or gradients."""
    placed = sole(
        place(run.page, words)
        for run, words in evidence.passages(
            lambda run: _on_pattern(run, evidence.pages[run.page - 1])
        )
    )
    total = counted(len(evidence.runs), "piece of text", "pieces of text")
    return Outcome(among(placed, total), placed)


def _on_pattern(run: TextRun, page: PageContent) -> bool:
    if run.paint is None or run.paint.grounds <= PLAIN:
        return False
    on_picture = any(s.picture and s.box.overlaps(run.box, by=0.5) for s in page.shapes)
    return on_picture or run.paint.flat < FLAT


def light_on_dark(evidence: Evidence) -> Outcome:
    """Pale letters on a dark ground are bold, for ink spreads into thin ones."""
    pale = [run for run in _shown(evidence) if _is_pale(run)]
    thin = evidence.passages(lambda run: _is_pale(run) and run.face.weight < HEAVY)
    return Outcome(
        counted(len(pale), "piece of pale text", "pieces of pale text"),
        sole(place(run.page, words) for run, words in thin),
        bool(pale),
    )


def _is_pale(run: TextRun) -> bool:
    paint = run.paint
    return paint is not None and paint.shows and luminance(paint.ink) > luminance(paint.ground)


COLOUR = (
    Rule(
        "contrast",
        "Contrast of all text with what is under it",
        "at least 7:1",
        "WCAG 2.2, 1.4.6 (and 1.4.3)",
        contrast,
        why=(
            "Pale letters are the first to go with low vision, with tired eyes and with a "
            "tired printer."
        ),
        on_sheets=True,
    ),
    Rule(
        "text-on-pictures",
        "Text laid over a picture, pattern or gradient",
        "none",
        "RNIB clear print",
        over_pictures,
        why=(
            "Letters over something that changes have good contrast in one place and none in "
            "the next."
        ),
        on_sheets=True,
    ),
    Rule(
        "light-on-dark",
        "Weight of pale text on a dark ground",
        "at least 600",
        "RNIB clear print (reversed type); the number is a house rule",
        light_on_dark,
        why="Ink spreads into thin white letters and closes them.",
        on_sheets=True,
    ),
)
