"""Rules about letters: their size, face, weight, and whether they are there at all."""

import re
import unicodedata
from itertools import combinations

from booklet.check.evidence import Evidence
from booklet.check.lines import Line
from booklet.check.rule import Outcome, Place, Rule, among, counted, nothing, place, sole
from booklet.check.values import Box, Face, Glyph, Mode, Page, Run, Shape

ROUNDING = 0.05
"""Points: 12 pt is written as 16 px times 0.75, which files round at the third decimal."""

MISSING_FIT = 0.004
"""Ems: how well a character's ink must fit the box drawn for a missing one; fonts count in 1/1000.

PDFium may give the upper and the right edge a sixty-fourth more (CPDF_CIDFont::GetCharBBox)."""

LINE_THICKNESS, LINE_DROP = 0.14, 0.22
"""Ems: an underline is thinner than the first and starts less than the second below a baseline."""

CLASH = 0.75
"""Points by which the ink of two letters must overlap, both ways, to be printed over each other."""

LEAST_DROP = 2.0
"""Points under a baseline that always count as underlining (standards 1.1.9)."""

UNDER_TEXT = 0.6
"""The share of a drawn line that has letters right above it, from which it underlines them."""


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


def _is_missing(glyph: Glyph, run: Run) -> bool:
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


def _faces(evidence: Evidence) -> dict[Face, Run]:
    """Each face with the first text in it."""
    first: dict[Face, Run] = {}
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


def underlines(evidence: Evidence) -> Outcome:
    """No line right under words, except under a link."""
    places: list[Place] = []
    for page in evidence.pages:
        links = [link.box for link in evidence.document.links if link.page == page.number]
        rules = [shape.box for shape in page.shapes if _is_rule(shape.box)]
        free = [box for box in rules if not any(_on(box, link) for link in links)]
        places += [
            place(page.number, line.text)
            for line in evidence.lines_on(page.number)
            if any(_under(box, line.runs) for box in free)
        ]
    return Outcome(counted(len(places), "underlined line"), sole(places), bool(evidence.runs))


def _is_rule(box: Box) -> bool:
    return box.width > 3 * box.height and box.height < 4


def _on(box: Box, link: Box) -> bool:
    middle = (box.left + box.right) / 2
    return link.left - 1 <= middle <= link.right + 1 and link.bottom - 3 <= box.top <= link.top


def _under(box: Box, runs: tuple[Run, ...]) -> bool:
    near = [
        run
        for run in runs
        if box.height < LINE_THICKNESS * run.size
        and 0 <= run.baseline - box.top + 0.1 < max(LEAST_DROP, LINE_DROP * run.size)
    ]
    covered = sum(max(min(box.right, r.box.right) - max(box.left, r.box.left), 0) for r in near)
    return box.width > 0 and covered / box.width > UNDER_TEXT


_CAPITALS = re.compile(r"[A-Z][A-Z'’&-]+(?: +[A-Z][A-Z'’&-]+){3,}")


def capitals(evidence: Evidence) -> Outcome:
    """No more than three words in capitals in a row, so that acronyms stay allowed."""
    places = [
        place(block.page, match[0])
        for block in evidence.blocks
        for match in _CAPITALS.finditer(re.sub(r"\bI\b", "i", block.text))
    ]
    return Outcome(
        counted(len(places), "run of capitals", "runs of capitals"),
        sole(places),
        bool(evidence.runs),
    )


def visible(evidence: Evidence) -> Outcome:
    """No text that is hidden: invisible, off the page, painted over or in the ground's colour."""
    hidden = [place(run.page, words) for run, words in evidence.passages(_is_hidden)]
    scans = [
        place(page.number, "a picture of a page, without text")
        for page in evidence.pages
        if not page.runs and any(_fills(shape, page) for shape in page.shapes if shape.picture)
    ]
    blank = [] if evidence.runs else [place(0, "no text in the whole file")]
    wrong = sole([*hidden, *scans, *blank])
    total = counted(len(evidence.runs), "piece of text", "pieces of text")
    return Outcome(among(wrong, total), wrong)


def _is_hidden(run: Run) -> bool:
    """Whether a run would leave ink, but does not; spaces never do."""
    if not any(glyph.box for glyph in run.glyphs):
        return False
    unpainted = run.mode is Mode.INVISIBLE
    return unpainted or run.paint is None or not run.paint.shows


def _fills(shape: Shape, page: Page) -> bool:
    return shape.box.width * shape.box.height > page.width * page.height / 2


def overlaps(evidence: Evidence) -> Outcome:
    """No letters printed over other letters."""
    wrong = sole(
        place(one.page, f"{one.text} / {other.text}")
        for page in evidence.pages
        for one, other in combinations(evidence.lines_on(page.number), 2)
        if one.box.overlaps(other.box, by=CLASH) and _clash(one, other)
    )
    total = counted(len(evidence.lines), "line")
    return Outcome(among(wrong, total), wrong, bool(evidence.lines))


def _clash(one: Line, other: Line) -> bool:
    """Whether letters, not only the boxes around their lines, are in one place."""
    return any(
        first.box.overlaps(second.box, by=CLASH)
        for first in one.glyphs
        for second in other.glyphs
        if first.box and second.box
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
    Rule(
        "underlines",
        "Words underlined, links apart",
        "none",
        "UKAAF G003; NHS manual",
        underlines,
        why="A line under words cuts through the tails of letters, and looks like a link.",
    ),
    Rule(
        "capitals",
        "Words in capitals in a row",
        "at most 3",
        "UKAAF G003 (no large blocks); 3 is a house rule",
        capitals,
        why="Words in capitals all have the shape of a box, so they are read letter by letter.",
        on_sheets=True,
    ),
    Rule(
        "hidden-text",
        "Text that the page does not show, or a page that is only a picture",
        "none",
        "house rule; WCAG 2.2, 1.4.5",
        visible,
        why=(
            "What is on the page and what is read aloud must be the same words. A picture of "
            "a page says nothing aloud."
        ),
        on_sheets=True,
    ),
    Rule(
        "overlaps",
        "Letters printed over other letters",
        "none",
        "house rule",
        overlaps,
        why="Letters over letters cannot be read by anyone.",
        on_sheets=True,
    ),
)
