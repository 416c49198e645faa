"""Rules about colour and about what is behind text."""

from booklet.check.evidence import Evidence
from booklet.check.rule import Outcome, Rule, counted, nothing, place, sole
from booklet.check.values import Page, Run

ENHANCED = 7.0
"""Contrast ratio of WCAG 2.2, 1.4.6 for text of every size: the project's own rule."""

ALMOST = 0.005
"""Contrast is compared as printed in the report, to two places."""

PLAIN = 3
"""More colours than these under text on a picture are a pattern: a ground, a line, their edge."""


def _shown(evidence: Evidence) -> list[Run]:
    return [run for run in evidence.runs if run.paint is not None and run.paint.shows]


def contrast(evidence: Evidence) -> Outcome:
    """Every piece of text against what is painted under it, as the rendered page shows it."""
    shown = _shown(evidence)
    if not shown:
        return nothing("no visible text")
    ratios = [(run.paint.contrast, run) for run in shown if run.paint is not None]
    least, worst = min(ratios, key=lambda pair: pair[0])
    pale = [
        place(run.page, f"{ratio:.2f}:1 {_hex(run)}: {run.text}")
        for ratio, run in ratios
        if ratio < ENHANCED - ALMOST
    ]
    return Outcome(f"lowest {least:.2f}:1, on page {worst.page}", sole(pale))


def _hex(run: Run) -> str:
    if run.paint is None:
        return ""
    ink, ground = ("#" + "".join(f"{v:02x}" for v in c) for c in (run.paint.ink, run.paint.ground))
    return f"{ink} on {ground}"


def over_pictures(evidence: Evidence) -> Outcome:
    """No text on photographs, patterns or gradients."""
    placed = [
        place(run.page, run.text)
        for page in evidence.pages
        for run in page.runs
        if run.text.strip() and run.paint and run.paint.grounds > PLAIN and _on_picture(run, page)
    ]
    pictures = sum(shape.picture for page in evidence.pages for shape in page.shapes)
    return Outcome(counted(pictures, "picture"), sole(placed), pictures > 0)


def _on_picture(run: Run, page: Page) -> bool:
    return any(shape.picture and shape.box.overlaps(run.box, by=0.5) for shape in page.shapes)


COLOUR = (
    Rule(
        "contrast",
        "Contrast of all text with what is under it",
        "at least 7:1",
        "WCAG 2.2, 1.4.6 (and 1.4.3)",
        contrast,
    ),
    Rule(
        "text-on-pictures",
        "Text laid over a picture, pattern or gradient",
        "none",
        "UKAAF G003; RNIB",
        over_pictures,
    ),
)
