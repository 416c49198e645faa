"""Rules about letters: their size, their face, their weight and their slant."""

import unicodedata
from collections.abc import Callable, Collection, Generator, Sequence

from booklet.check.inspected_pdf import InspectedPdf
from booklet.check.pdf_rule import Shortfall, Shortfalls, looked_at, passages
from booklet.check.report import Nothing
from booklet.check.rule import rule
from booklet.messages import counted
from booklet.pdf.geometry import Box
from booklet.pdf.page_model import Face, Glyph, Mode, Shape, TextRun

ROUNDING = 0.05  # Points: 12 pt is written as 16 px times 0.75, rounded at the third decimal
REGULAR = 400  # The weight that fonts call regular

MISSING_FIT = 0.004
"""Ems: how well a character's ink must fit the box drawn for a missing one; fonts count in 1/1000.

PDFium may give the upper and the right edge a sixty-fourth more (CPDF_CIDFont::GetCharBBox)."""

JOINED = 0.03
"""Ems: an empty glyph narrower than this says a letter that the glyph beside it draws as well."""


@rule(
    "at least the floor of the size: 12, 18 or 24 pt, or its number",
    "UKAAF G003 (clear print 12, large print 16 to 18 pt); RNIB clear print",
    on_sheets=True,
)
def smallest_print(pdf: InspectedPdf) -> Shortfalls:
    """The smallest character, in pictures too.

    What is set smaller than the size on its cover says is not that size. People chose the size
    because they cannot read less.
    """
    if not pdf.runs:
        return Nothing("no text")
    for run, words in pdf.passages(lambda run: run.size < pdf.floor - ROUNDING):
        yield run.page, f"{run.size:.1f} pt: {words}"
    least = min(pdf.runs, key=lambda run: run.size)
    return f"smallest {least.size:.1f} pt, on page {least.page}; floor {pdf.floor:g} pt"


@rule("all", "ISO 14289-1, 7.21", on_sheets=True)
def characters(pdf: InspectedPdf) -> Shortfalls:
    """Characters with a glyph, known to software that reads aloud.

    A missing glyph prints as a box. A glyph that stands for no known character is silent, or
    wrong, when a machine reads it aloud.
    """
    shapes = {page.number: page.shapes for page in pdf.pages}
    for run in pdf.runs:
        for glyph in run.glyphs:
            if not glyph.known or _is_missing(glyph, run, shapes[run.page]):
                yield run.page, f"{_named(glyph)} in “{run.text.strip()}”"
    for run in (run for page in pdf.pages for run in page.runs):
        if not run.glyphs and run.mode is not Mode.INVISIBLE and run.box.width > run.size:
            yield run.page, "text that stands for no characters"
    return counted(sum(len(run.glyphs) for run in pdf.runs), "character")


def _named(glyph: Glyph) -> str:
    return f"U+{ord(glyph.char):04X} {unicodedata.name(glyph.char, 'unknown character')}"


def _is_missing(glyph: Glyph, run: TextRun, shapes: Sequence[Shape]) -> bool:
    if glyph.box is None:
        inkless = unicodedata.category(glyph.char) in {"Zs", "Zl", "Zp", "Cc", "Cf", "Mn"}
        return not (inkless or _is_said_for(glyph, run, shapes))
    hollow = run.face.missing
    return hollow is not None and not run.turned and _fits(glyph.box, glyph, run.size, hollow)


def _is_said_for(glyph: Glyph, run: TextRun, shapes: Sequence[Shape]) -> bool:
    """Whether an empty glyph stands for ink beside it: a joined letter, or one drawn as a shape."""
    middle, edge = glyph.x + glyph.advance / 2, glyph.advance / 2
    return glyph.advance < JOINED * run.size or any(
        shape.box.left - edge < middle < shape.box.right + edge
        and shape.box.bottom < glyph.y + run.size
        and shape.box.top > glyph.y - run.size
        for shape in shapes
    )


def _fits(box: Box, glyph: Glyph, size: float, hollow: tuple[float, float, float, float]) -> bool:
    edges = (box.left - glyph.x, box.bottom - glyph.y, box.right - glyph.x, box.top - glyph.y)
    beyond = (0.0, 0.0, hollow[2] / 64, hollow[3] / 64)
    return all(
        -MISSING_FIT < edge / size - limit < MISSING_FIT + more
        for edge, limit, more in zip(edges, hollow, beyond, strict=True)
    )


def _faces(
    pdf: InspectedPdf, wrong: Callable[[Face], str]
) -> Generator[Shortfall, None, Collection[Face]]:
    """Where each face with a fault is first met, after what `wrong` says of it; gives all faces."""
    for face, run in pdf.faces.items():
        if words := wrong(face):
            yield run.page, f"{words}: {run.text}"
    return pdf.faces.keys()


@rule("all", "ISO 14289-1, 7.21", on_sheets=True)
def embedded_fonts(pdf: InspectedPdf) -> Shortfalls:
    """Fonts that travel in the file.

    Where a font is missing, another one takes its place: letters change shape, size and width.
    """
    faces = yield from _faces(pdf, lambda face: "" if face.embedded else face.name)
    return looked_at(faces, "font")


@rule("all", "UKAAF G003", on_sheets=True)
def sans_serif(pdf: InspectedPdf) -> Shortfalls:
    """Plain faces without serifs.

    Serifs and ornaments make letters harder to tell apart for many readers with low vision.
    """
    faces = yield from _faces(pdf, lambda face: face.name if face.serif else "")
    return ", ".join(sorted({face.name for face in faces})) or Nothing("no text")


@rule("regular (400) or heavier", "RNIB clear print", on_sheets=True)
def weight(pdf: InspectedPdf) -> Shortfalls:
    """Weight of the letters.

    Thin strokes fade first, on poor printers and for poor eyes.
    """
    faces = yield from _faces(
        pdf, lambda f: f"{f.name}, weight {f.weight}" if f.weight < REGULAR else ""
    )
    seen = ", ".join(str(weight) for weight in sorted({face.weight for face in faces}))
    return f"weights {seen}" if seen else Nothing("no text")


@rule("none", "UKAAF G003; NHS manual", on_sheets=True)
def italics(pdf: InspectedPdf) -> Shortfalls:
    """Italic or slanted letters.

    Slanted letters lose the shapes that readers go by. Bold says the same and stays readable.
    """
    slanted = passages(pdf, lambda run: run.face.italic or run.slanted)
    leaning = [place for place in slanted if any(letter.isalnum() for letter in place[1])]
    yield from leaning
    return looked_at(leaning, "slanted piece of text", "slanted pieces of text", among=pdf.runs)
