"""Rules about letters: their size, their face, their weight and their slant."""

import unicodedata

from booklet.check.inspected_pdf import Evidence
from booklet.check.rule import Outcome, Rule, counted, nothing, place, sole
from booklet.pdf.geometry import Box
from booklet.pdf.page_model import Face, Glyph, Mode, TextRun

ROUNDING = 0.05
"""Points: 12 pt is written as 16 px times 0.75, which files round at the third decimal."""

MISSING_FIT = 0.004
"""Ems: how well a character's ink must fit the box drawn for a missing one; fonts count in 1/1000.

PDFium may give the upper and the right edge a sixty-fourth more (CPDF_CIDFont::GetCharBBox)."""


def smallest(evidence: Evidence) -> Outcome:
    """Every character, in pictures too, at least as large as the size of print promises."""
    if not evidence.runs:
        return nothing("no text")
    small = evidence.passages(lambda run: run.size < evidence.floor - ROUNDING)
    least = min(evidence.runs, key=lambda run: run.size)
    measured = f"smallest {least.size:.1f} pt, on page {least.page}; floor {evidence.floor:g} pt"
    return Outcome(measured, sole(place(r.page, f"{r.size:.1f} pt: {words}") for r, words in small))


def characters(evidence: Evidence) -> Outcome:
    """Every character has a glyph in its font and is known to software that reads aloud."""
    places = [
        place(run.page, f"{_named(glyph)} in “{run.text.strip()}”")
        for run in evidence.runs
        for glyph in run.glyphs
        if not glyph.known or _is_missing(glyph, run)
    ]
    total = sum(len(run.glyphs) for run in evidence.runs)
    wordless = [
        place(run.page, "text that stands for no characters")
        for page in evidence.pages
        for run in page.runs
        if not run.glyphs and run.mode is not Mode.INVISIBLE and run.box.width > run.size
    ]
    return Outcome(counted(total, "character"), sole([*places, *wordless]))


def _named(glyph: Glyph) -> str:
    return f"U+{ord(glyph.char):04X} {unicodedata.name(glyph.char, 'unknown character')}"


def _is_missing(glyph: Glyph, run: TextRun) -> bool:
    if glyph.box is None:
        return unicodedata.category(glyph.char) not in {"Zs", "Zl", "Zp", "Cc", "Cf", "Mn"}
    hollow = run.face.missing
    return hollow is not None and not run.turned and _fits(glyph.box, glyph, run.size, hollow)


def _fits(box: Box, glyph: Glyph, size: float, hollow: tuple[float, float, float, float]) -> bool:
    edges = (box.left - glyph.x, box.bottom - glyph.y, box.right - glyph.x, box.top - glyph.y)
    beyond = (0.0, 0.0, hollow[2] / 64, hollow[3] / 64)
    return all(
        -MISSING_FIT < edge / size - limit < MISSING_FIT + more
        for edge, limit, more in zip(edges, hollow, beyond, strict=True)
    )


def _faces(evidence: Evidence) -> dict[Face, TextRun]:
    """Each face with the first text in it."""
    first: dict[Face, TextRun] = {}
    for run in evidence.runs:
        for face in (run.face, *run.others):
            first.setdefault(face, run)
    return first


def embedded(evidence: Evidence) -> Outcome:
    """Every font travels in the file."""
    faces = _faces(evidence)
    loose = [
        place(run.page, f"{face.name}: {run.text}")
        for face, run in faces.items()
        if not face.embedded
    ]
    return Outcome(counted(len(faces), "font"), sole(loose), bool(faces))


def sans(evidence: Evidence) -> Outcome:
    """No serif, script or other ornamental face."""
    faces = _faces(evidence)
    ornate = [
        place(run.page, f"{face.name}: {run.text}") for face, run in faces.items() if face.serif
    ]
    names = ", ".join(sorted({face.name for face in faces}))
    return Outcome(names or "no text", sole(ornate), bool(faces))


def weights(evidence: Evidence) -> Outcome:
    """No face lighter than regular."""
    faces = _faces(evidence)
    light = [
        place(run.page, f"{face.name}, weight {face.weight}: {run.text}")
        for face, run in faces.items()
        if face.weight < 400
    ]
    seen = ", ".join(str(weight) for weight in sorted({face.weight for face in faces}))
    return Outcome(f"weights {seen}" if seen else "no text", sole(light), bool(faces))


def italics(evidence: Evidence) -> Outcome:
    """No italic or oblique face, no upright one that is slanted."""
    leaning = [
        (run, words)
        for run, words in evidence.passages(lambda run: run.face.italic or run.slanted)
        if any(letter.isalnum() for letter in words)
    ]
    return Outcome(
        counted(len(leaning), "slanted piece of text", "slanted pieces of text"),
        sole(place(run.page, words) for run, words in leaning),
        bool(evidence.runs),
    )


LETTERS = (
    Rule(
        "smallest-print",
        "The smallest character, in pictures too",
        "at least the floor of the size: 12, 18 or 24 pt",
        "UKAAF G003 (clear print 12, large print 16 to 18 pt); RNIB clear print",
        smallest,
        why=(
            "What is set smaller than the size on its cover says is not that size. People "
            "chose the size because they cannot read less."
        ),
        on_sheets=True,
    ),
    Rule(
        "characters",
        "Characters with a glyph, known to software that reads aloud",
        "all",
        "ISO 14289-1, 7.21",
        characters,
        why=(
            "A missing glyph prints as a box. A glyph that stands for no known character is "
            "silent, or wrong, when a machine reads it aloud."
        ),
        on_sheets=True,
    ),
    Rule(
        "embedded-fonts",
        "Fonts that travel in the file",
        "all",
        "ISO 14289-1, 7.21",
        embedded,
        why=(
            "Where a font is missing, another one takes its place: letters change shape, "
            "size and width."
        ),
        on_sheets=True,
    ),
    Rule(
        "sans-serif",
        "Plain faces without serifs",
        "all",
        "UKAAF G003",
        sans,
        why=(
            "Serifs and ornaments make letters harder to tell apart for many readers with "
            "low vision."
        ),
        on_sheets=True,
    ),
    Rule(
        "weight",
        "Weight of the letters",
        "regular (400) or heavier",
        "RNIB clear print",
        weights,
        why="Thin strokes fade first, on poor printers and for poor eyes.",
        on_sheets=True,
    ),
    Rule(
        "italics",
        "Italic or slanted letters",
        "none",
        "UKAAF G003; NHS manual",
        italics,
        why=(
            "Slanted letters lose the shapes that readers go by. Bold says the same and "
            "stays readable."
        ),
        on_sheets=True,
    ),
)
