"""A least structure for a PDF without tags: its text as paragraphs, found by machine.

Nobody has looked at it. It lets a screen reader read the text in the order it was painted; it
knows no headings, lists, tables or pictures, and it claims no standard.
"""

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, NumberTree, Operator, Stream

from booklet.pdf.join.reading import child
from booklet.pdf.opening import open_pdf
from booklet.pdf.page_model import MarkedText
from booklet.pdf.pages import frames
from booklet.pdf.pdfium import marked_texts
from booklet.pdf.writing import saved

SHOWS = frozenset({"Tj", "TJ", "'", '"'})
"""The operators that paint text (ISO 32000-1, 9.4.3)."""

APART = 1.75
"""Lines whose tops are further apart than this many times the size of the letters are of two
paragraphs. Lines of one are 1 to 1.5 apart."""

Instruction = tuple[Sequence[pikepdf.Object], Operator]


def with_paragraphs(data: bytes) -> bytes | None:
    """The PDF with its text marked as paragraphs; `None` where its pages have no text.

    The pages look as before: only marks are put around the operators that paint text.
    """
    pdf = pikepdf.open(BytesIO(data))
    for page in pdf.pages:
        page.obj.Contents = pdf.make_stream(_with_marks(page))
    numbered = saved(pdf)
    texts = marked_texts(numbered, frames(open_pdf(numbered)))
    if not any(text.words.strip() for page in texts for text in page):
        return None
    _add_tree(pdf, [[*paragraphs(page)] for page in texts])
    return saved(pdf)


def paragraphs(texts: Sequence[MarkedText]) -> Iterator[tuple[int, ...]]:
    """The numbers of content that make up each paragraph of a page.

    A text belongs to the paragraph before it where it stands on its line or on the next one.
    What says nothing belongs to none.

    >>> from booklet.pdf.geometry import Box
    >>> line = lambda number, top: MarkedText(number, "Words", Box(0, top - 10, 50, top), 10)
    >>> [*paragraphs([line(0, 100), line(1, 88), line(2, 60)])]
    [(0, 1), (2,)]
    """
    before: MarkedText | None = None
    found: list[int] = []
    for text in texts:
        if not text.words.strip():
            continue
        if before is not None and not _goes_on(before, text):
            yield tuple(dict.fromkeys(found))
            found = []
        found.append(text.mcid)
        before = text
    if found:
        yield tuple(dict.fromkeys(found))


def _goes_on(before: MarkedText, text: MarkedText) -> bool:
    drop, size = before.box.bottom - text.box.bottom, max(before.size, text.size)
    beside = text.box.left < before.box.right + size and before.box.left < text.box.right + size
    return before.mcid == text.mcid or (-size < drop < APART * size and beside)


def _with_marks(page: pikepdf.Page) -> bytes:
    """The content of a page, a number around every operator that paints text."""
    forms = {
        name
        for name, thing in child(page.resources, "/XObject").items()
        if isinstance(thing, Stream) and thing.get("/Subtype") == Name.Form
    }
    told: list[Instruction] = []
    number = 0
    instructions: Any = pikepdf.parse_content_stream(page)
    for operands, operator in instructions:
        kind = str(operator)
        paints = kind in SHOWS or (kind == "Do" and str(operands[0]) in forms)
        if paints:
            told.append(([Name.P, Dictionary(MCID=number)], Operator("BDC")))
            number += 1
        told.append(_without_number((operands, operator)))
        if paints:
            told.append(([], Operator("EMC")))
    return pikepdf.unparse_content_stream(told)


def _without_number(instruction: Instruction) -> Instruction:
    """The number of a mark belongs to a tree that is not there."""
    operands, operator = instruction
    if str(operator) == "BDC" and isinstance(operands[1], Dictionary) and "/MCID" in operands[1]:
        return ([operands[0]], Operator("BMC"))
    return instruction


def _add_tree(pdf: pikepdf.Pdf, pages: Sequence[Sequence[tuple[int, ...]]]) -> None:
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    document = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root))
    numbers, kids = NumberTree.new(pdf), Array()
    for index, (page, found) in enumerate(zip(pdf.pages, pages, strict=True)):
        owners: dict[int, Dictionary] = {}
        for numbers_there in found:
            element = Dictionary(Type=Name.StructElem, S=Name.P, P=document, Pg=page.obj)
            element.K = Array([*numbers_there])
            kids.append(made := pdf.make_indirect(element))
            owners |= dict.fromkeys(numbers_there, made)
        numbers[index] = Array([owners.get(each) for each in range(max(owners, default=-1) + 1)])
        page.obj.StructParents, page.obj.Tabs = index, Name.S
    document.K, root.K, root.ParentTree = kids, document, numbers.obj
    root.ParentTreeNextKey = len(pages)
    pdf.Root.StructTreeRoot = root
    pdf.Root.MarkInfo = Dictionary(Marked=True, Suspects=True)
