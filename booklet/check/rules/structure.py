"""Rules about the structure tree: what a screen reader is told."""

import re
from collections import Counter

from booklet.check.inspected_pdf import Heading, InspectedPdf
from booklet.check.pdf_rule import PIECES, Shortfalls, among, looked_at, passages
from booklet.check.report import Nothing
from booklet.check.rule import rule
from booklet.messages import counted
from booklet.pdf.tree import STANDARD, Element

_FILE_NAME = re.compile(r"\.(png|jpe?g|svg|gif|tiff?|pdf|indd|docx?|qxp)$", re.IGNORECASE)
_CELLS = {"TH", "TD"}
_WITHIN = {"L": {"L", "LI", "Caption"}, "LI": {"Lbl", "LBody"}, "TOC": {"TOC", "TOCI", "Caption"}}


@rule("present", "ISO 14289-1, 6.2 and 7.1")
def tagged(pdf: InspectedPdf) -> Shortfalls:
    """A structure tree.

    Without a structure tree a screen reader has letters, but no headings, lists, links or order.
    """
    if not pdf.elements:
        yield 0, "the file has no structure tree"
    if not pdf.document.marked:
        yield 0, "the file is not marked as tagged"
    return counted(len(pdf.elements), "structure element")


@rule("none", "ISO 14289-1, 7.1")
def untagged_text(pdf: InspectedPdf) -> Shortfalls:
    """Text outside the structure that is not page furniture.

    Text outside the structure is skipped, or read out in the wrong place.
    """
    if not pdf.elements:
        return Nothing("no structure tree")
    known = pdf.marked.keys()
    loose = passages(pdf, lambda run: run.artifact == (run.mark in known))
    yield from loose
    return among(loose, counted(len(pdf.runs), *PIECES))


@rule("all", "ISO 14289-1, 7.1")
def roles(pdf: InspectedPdf) -> Shortfalls:
    """Roles that are standard or mapped to one.

    A role that nothing defines is a part of the text that no software knows how to announce.
    """
    yield from ((each.page, each.raw) for each in pdf.elements if each.role not in STANDARD)
    kinds = {element.raw for element in pdf.elements}
    return looked_at(kinds, "kind of element", "kinds of element")


@rule("all", "ISO 14289-1, 7.4.2; WCAG 2.2, 1.3.1; NHS manual")
def headings(pdf: InspectedPdf) -> Shortfalls:
    """Headings from level 1, none skipped, none empty.

    Many listeners go from heading to heading. A level that is skipped sounds like something lost.
    """
    found = pdf.headings
    if not found:
        if pdf.elements and len(pdf.pages) > 1:
            yield 0, "no headings"
        return Nothing("no headings")
    yield from ((one.page, f"level {one.level}: {one.text}") for one in _skipping(found))
    yield from ((one.page, f"empty heading, level {one.level}") for one in found if not one.text)
    levels = Counter(heading.level for heading in found)
    return ", ".join(f"{levels[level]} of level {level}" for level in sorted(levels))


def _skipping(found: tuple[Heading, ...]) -> list[Heading]:
    """Headings more than one level below the one before; `H` among `H1` to `H6` is one too."""
    before = [0, *(heading.level for heading in found)]
    mixed = len({heading.level == 0 for heading in found}) > 1
    return [
        heading
        for level, heading in zip(before, found, strict=False)
        if heading.level > level + 1 or (mixed and heading.level == 0)
    ]


@rule("all", "ISO 14289-1, 7.3; WCAG 2.2, 1.1.1")
def alternatives(pdf: InspectedPdf) -> Shortfalls:
    """Pictures with words in their place.

    Who does not see a picture gets the words in its place, or nothing.
    """
    figures = [e for e in pdf.elements if e.role in {"Figure", "Formula"}]
    for figure in figures:
        if not (figure.alt or figure.actual or "").strip() or _FILE_NAME.search(figure.alt or ""):
            yield figure.page, f"the name of a file: {figure.alt}" if figure.alt else "no words"
    for page in pdf.pages if pdf.elements else ():
        if any(s.picture and not s.artifact and s.mark is None for s in page.shapes):
            yield page.number, "a picture that is neither described nor decoration"
    return looked_at(figures, "picture")


@rule("all", "ISO 14289-1, 7.2 and 7.5")
def tables(pdf: InspectedPdf) -> Shortfalls:
    """Tables with heading cells, their direction and even rows.

    Without heading cells, a number in a table is read out without what it is a number of.
    """
    found = [element for element in pdf.elements if element.role == "Table"]
    for table in found:
        if fault := _fault(table):
            yield table.page, f"{fault}: {pdf.words(table)}"
    return looked_at(found, "table")


def _fault(table: Element) -> str:
    heads = [e for e in table.walk() if e.role == "TH"]
    if not heads:
        return "no heading cells"
    if any("Scope" not in cell.attributes and "Headers" not in cell.attributes for cell in heads):
        return "a heading cell without Scope"
    rows = [[c for c in e.elements if c.role in _CELLS] for e in table.walk() if e.role == "TR"]
    # Rows that share a tall cell cannot be compared by what stands in them.
    tall = any(cell.attributes.get("RowSpan", 1) > 1 for row in rows for cell in row)
    widths = {sum(int(cell.attributes.get("ColSpan", 1)) for cell in row) for row in rows}
    return "rows of different length" if len(widths) > 1 and not tall else ""


@rule("all", "ISO 14289-1, 7.2")
def lists(pdf: InspectedPdf) -> Shortfalls:
    """Lists and contents lists put together as their roles ask.

    A list that is put together rightly says how long it is, and lets itself be skipped.
    """
    found = [element for element in pdf.elements if element.role in _WITHIN]
    for element in found:
        for child in element.elements:
            if child.role not in _WITHIN[element.role]:
                yield element.page, f"{child.role} in {element.role}: {pdf.words(child)}"
    return looked_at([each for each in found if each.role == "L"], "list", among=found)
