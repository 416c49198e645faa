"""Rules about the structure tree: what a screen reader is told."""

import re

from booklet.check.finding import Finding, among, nothing, on_page
from booklet.check.inspected_pdf import Heading, InspectedPdf
from booklet.check.rule import rule
from booklet.check.tree import STANDARD, Element
from booklet.messages import counted

_FILE_NAME = re.compile(r"\.(png|jpe?g|svg|gif|tiff?|pdf|indd|docx?|qxp)$", re.IGNORECASE)


@rule(limit="present", source="ISO 14289-1, 6.2 and 7.1")
def tagged(pdf: InspectedPdf) -> Finding:
    """A structure tree.

    Without a structure tree a screen reader has letters, but no headings, lists, links or order.
    """
    wrong = []
    if not pdf.elements:
        wrong.append(on_page(pdf, 0, "the file has no structure tree"))
    if not pdf.document.marked:
        wrong.append(on_page(pdf, 0, "the file is not marked as tagged"))
    return Finding(counted(len(pdf.elements), "structure element"), wrong)


@rule(limit="none", source="ISO 14289-1, 7.1")
def untagged_text(pdf: InspectedPdf) -> Finding:
    """Text outside the structure that is not page furniture.

    Text outside the structure is skipped, or read out in the wrong place.
    """
    if not pdf.elements:
        return nothing("no structure tree")
    known = pdf.marked.keys()
    loose = [
        on_page(pdf, run.page, words)
        for run, words in pdf.passages(lambda run: run.artifact == (run.mark in known))
    ]
    total = counted(len(pdf.runs), "piece of text", "pieces of text")
    return Finding(among(loose, total), loose)


@rule(limit="all", source="ISO 14289-1, 7.1")
def roles(pdf: InspectedPdf) -> Finding:
    """Roles that are standard or mapped to one.

    A role that nothing defines is a part of the text that no software knows how to announce.
    """
    odd = [on_page(pdf, e.page, e.raw) for e in pdf.elements if e.role not in STANDARD]
    kinds = len({element.raw for element in pdf.elements})
    return Finding(counted(kinds, "kind") + " of element", odd, bool(pdf.elements))


@rule(limit="all", source="ISO 14289-1, 7.4.2; WCAG 2.2, 1.3.1; NHS manual")
def headings(pdf: InspectedPdf) -> Finding:
    """Headings from level 1, none skipped, none empty.

    Many listeners go from heading to heading. A level that is skipped sounds like something lost.
    """
    found = pdf.headings
    if not found:
        missing = (on_page(pdf, 0, "no headings"),) if pdf.elements and len(pdf.pages) > 1 else ()
        return Finding("no headings", missing, bool(missing))
    wrong = [on_page(pdf, one.page, f"level {one.level}: {one.text}") for one in _skipping(found)]
    empty = [
        on_page(pdf, one.page, f"empty heading, level {one.level}") for one in found if not one.text
    ]
    levels = ", ".join(
        f"{sum(h.level == n for h in found)} of level {n}" for n in sorted({h.level for h in found})
    )
    return Finding(levels, [*wrong, *empty])


def _skipping(found: tuple[Heading, ...]) -> list[Heading]:
    """Headings more than one level below the one before; `H` among `H1` to `H6` is one too."""
    before = [0, *(heading.level for heading in found)]
    mixed = len({heading.level == 0 for heading in found}) > 1
    return [
        heading
        for level, heading in zip(before, found, strict=False)
        if heading.level > level + 1 or (mixed and heading.level == 0)
    ]


@rule(limit="all", source="ISO 14289-1, 7.3; WCAG 2.2, 1.1.1")
def alternatives(pdf: InspectedPdf) -> Finding:
    """Pictures with words in their place.

    Who does not see a picture gets the words in its place, or nothing.
    """
    figures = [e for e in pdf.elements if e.role in {"Figure", "Formula"}]
    wrong = [
        on_page(pdf, e.page, f"the name of a file: {e.alt}" if e.alt else "no words")
        for e in figures
        if not (e.alt or e.actual or "").strip() or _FILE_NAME.search(e.alt or "")
    ]
    bare = (
        []
        if not pdf.elements
        else [
            on_page(pdf, page.number, "a picture that is neither described nor decoration")
            for page in pdf.pages
            for shape in page.shapes
            if shape.picture and not shape.artifact and shape.mark is None
        ]
    )
    return Finding(counted(len(figures), "picture"), [*wrong, *bare], bool(figures or bare))


@rule(limit="all", source="ISO 14289-1, 7.2 and 7.5")
def tables(pdf: InspectedPdf) -> Finding:
    """Tables with heading cells, their direction and even rows.

    Without heading cells, a number in a table is read out without what it is a number of.
    """
    found = [element for element in pdf.elements if element.role == "Table"]
    wrong = [
        on_page(pdf, table.page, f"{fault}: {pdf.words(table)}")
        for table in found
        if (fault := _fault(table))
    ]
    return Finding(counted(len(found), "table"), wrong, bool(found))


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


@rule(limit="all", source="ISO 14289-1, 7.2")
def lists(pdf: InspectedPdf) -> Finding:
    """Lists and contents lists put together as their roles ask.

    A list that is put together rightly says how long it is, and lets itself be skipped.
    """
    allowed = {
        "L": {"L", "LI", "Caption"},
        "LI": {"Lbl", "LBody"},
        "TOC": {"TOC", "TOCI", "Caption"},
    }
    found = [element for element in pdf.elements if element.role in allowed]
    wrong = [
        on_page(pdf, element.page, f"{child.role} in {element.role}: {pdf.words(child)}")
        for element in found
        for child in element.elements
        if child.role not in allowed[element.role]
    ]
    count = sum(element.role == "L" for element in found)
    return Finding(counted(count, "list"), wrong, bool(found))
