"""Rules about the structure tree: what a screen reader is told."""

import re

from booklet.check.inspected_pdf import Evidence, Heading
from booklet.check.rule import Outcome, Place, Rule, among, counted, nothing, place, sole
from booklet.pdf.tree import STANDARD, Element

_FILE_NAME = re.compile(r"\.(png|jpe?g|svg|gif|tiff?|pdf|indd|docx?|qxp)$", re.IGNORECASE)


def tagged(evidence: Evidence) -> Outcome:
    """The file has a structure tree and says so."""
    wrong = []
    if not evidence.elements:
        wrong.append(Place(0, "the file has no structure tree"))
    if not evidence.document.marked:
        wrong.append(Place(0, "the file is not marked as tagged"))
    return Outcome(counted(len(evidence.elements), "structure element"), tuple(wrong))


def untagged_text(evidence: Evidence) -> Outcome:
    """All text is either in the structure tree or marked as page furniture."""
    if not evidence.elements:
        return nothing("no structure tree")
    known = evidence.marked.keys()
    loose = sole(
        place(run.page, words)
        for run, words in evidence.passages(lambda run: run.artifact == (run.mark in known))
    )
    total = counted(len(evidence.runs), "piece of text", "pieces of text")
    return Outcome(among(loose, total), loose)


def roles(evidence: Evidence) -> Outcome:
    """Every role is a standard one or mapped to one."""
    odd = [place(e.page, e.raw) for e in evidence.elements if e.role not in STANDARD]
    kinds = len({element.raw for element in evidence.elements})
    return Outcome(counted(kinds, "kind") + " of element", sole(odd), bool(evidence.elements))


def headings(evidence: Evidence) -> Outcome:
    """Headings begin at level 1, skip none, and have words."""
    found = evidence.headings
    if not found:
        missing = (
            (Place(0, "no headings"),) if evidence.elements and len(evidence.pages) > 1 else ()
        )
        return Outcome("no headings", missing, bool(missing))
    wrong = [place(one.page, f"level {one.level}: {one.text}") for one in _skipping(found)]
    empty = [place(one.page, f"empty heading, level {one.level}") for one in found if not one.text]
    levels = ", ".join(
        f"{sum(h.level == n for h in found)} of level {n}" for n in sorted({h.level for h in found})
    )
    return Outcome(levels, sole([*wrong, *empty]))


def _skipping(found: tuple[Heading, ...]) -> list[Heading]:
    """Headings more than one level below the one before; `H` among `H1` to `H6` is one too."""
    before = [0, *(heading.level for heading in found)]
    mixed = len({heading.level == 0 for heading in found}) > 1
    return [
        heading
        for level, heading in zip(before, found, strict=False)
        if heading.level > level + 1 or (mixed and heading.level == 0)
    ]


def pictures(evidence: Evidence) -> Outcome:
    """Every figure has words in its place, and they are not a file's name."""
    figures = [e for e in evidence.elements if e.role in {"Figure", "Formula"}]
    wrong = [
        place(e.page, f"the name of a file: {e.alt}" if e.alt else "no words")
        for e in figures
        if not (e.alt or e.actual or "").strip() or _FILE_NAME.search(e.alt or "")
    ]
    bare = (
        []
        if not evidence.elements
        else [
            Place(page.number, "a picture that is neither described nor decoration")
            for page in evidence.pages
            for shape in page.shapes
            if shape.picture and not shape.artifact and shape.mark is None
        ]
    )
    return Outcome(counted(len(figures), "picture"), sole([*wrong, *bare]), bool(figures or bare))


def tables(evidence: Evidence) -> Outcome:
    """Every table has heading cells with their direction, and rows of one length."""
    found = [element for element in evidence.elements if element.role == "Table"]
    wrong = [
        place(table.page, f"{fault}: {evidence.words(table)}")
        for table in found
        if (fault := _fault(table))
    ]
    return Outcome(counted(len(found), "table"), sole(wrong), bool(found))


def _fault(table: Element) -> str:
    rows = [e for e in table.walk() if e.role == "TR"]
    heads = [e for e in table.walk() if e.role == "TH"]
    if not heads:
        return "no heading cells"
    if any("Scope" not in cell.attributes and "Headers" not in cell.attributes for cell in heads):
        return "a heading cell without Scope"
    return "" if len({_width(row) for row in _whole(rows)}) < 2 else "rows of different length"


def _whole(rows: list[Element]) -> list[Element]:
    """Rows to compare; none where a cell covers several rows."""
    tall = any(cell.attributes.get("RowSpan", 1) > 1 for row in rows for cell in row.elements)
    return [] if tall else rows


def _width(row: Element) -> int:
    return sum(int(c.attributes.get("ColSpan", 1)) for c in row.elements if c.role in {"TH", "TD"})


def lists(evidence: Evidence) -> Outcome:
    """Lists hold items, items hold a body; a contents list holds entries."""
    allowed = {
        "L": {"L", "LI", "Caption"},
        "LI": {"Lbl", "LBody"},
        "TOC": {"TOC", "TOCI", "Caption"},
    }
    found = [element for element in evidence.elements if element.role in allowed]
    wrong = [
        place(element.page, f"{child.role} in {element.role}: {evidence.words(child)}")
        for element in found
        for child in element.elements
        if child.role not in allowed[element.role]
    ]
    count = sum(element.role == "L" for element in found)
    return Outcome(counted(count, "list"), sole(wrong), bool(found))


STRUCTURE = (
    Rule(
        "tagged",
        "A structure tree",
        "present",
        "ISO 14289-1, 6.2 and 7.1",
        tagged,
        why=(
            "Without a structure tree a screen reader has letters, but no headings, lists, "
            "links or order."
        ),
    ),
    Rule(
        "untagged-text",
        "Text outside the structure that is not page furniture",
        "none",
        "ISO 14289-1, 7.1",
        untagged_text,
        why="Text outside the structure is skipped, or read out in the wrong place.",
    ),
    Rule(
        "roles",
        "Roles that are standard or mapped to one",
        "all",
        "ISO 14289-1, 7.1",
        roles,
        why=(
            "A role that nothing defines is a part of the text that no software knows how to "
            "announce."
        ),
    ),
    Rule(
        "headings",
        "Headings from level 1, none skipped, none empty",
        "all",
        "ISO 14289-1, 7.4.2; WCAG 2.2, 1.3.1; NHS manual",
        headings,
        why=(
            "Many listeners go from heading to heading. A level that is skipped sounds like "
            "something lost."
        ),
    ),
    Rule(
        "alternatives",
        "Pictures with words in their place",
        "all",
        "ISO 14289-1, 7.3; WCAG 2.2, 1.1.1",
        pictures,
        why="Who does not see a picture gets the words in its place, or nothing.",
    ),
    Rule(
        "tables",
        "Tables with heading cells, their direction and even rows",
        "all",
        "ISO 14289-1, 7.2 and 7.5",
        tables,
        why=(
            "Without heading cells, a number in a table is read out without what it is a number of."
        ),
    ),
    Rule(
        "lists",
        "Lists and contents lists put together as their roles ask",
        "all",
        "ISO 14289-1, 7.2",
        lists,
        why=(
            "A list that is put together rightly says how long it is, and lets itself be skipped."
        ),
    ),
)
