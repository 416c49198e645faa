"""The structure tree as PDF objects (ISO 32000-1, 14.7)."""

from collections.abc import Sequence
from itertools import chain
from typing import Any

import pydyf
from weasyprint import Document

from booklet.tagging.content_stream import ContentStream
from booklet.tagging.marked_content import CannotTag, LinkArea, MarkedContent
from booklet.tagging.roles import ROLE_MAP
from booklet.tagging.structure_tree import Kid, StructureElement

#: Points in a CSS pixel: 72 to the inch against 96.
POINTS = 0.75


def write_tree(
    tree: StructureElement,
    pdf: pydyf.PDF,
    document: Document,
    pdf_version: object,
    page_streams: Sequence[ContentStream],
) -> None:
    """Add the tree to the PDF: elements, parent tree, role map, header cells' names.

    Stands in for `weasyprint.pdf.tags.add_tags`, which is called when all pages are painted.
    """
    writer = _Writer(pdf, document, page_streams)
    root = pydyf.Dictionary({"Type": "/StructTreeRoot"})
    pdf.add_object(root)
    root["K"] = pydyf.Array([writer.write(tree, root.reference)])
    root["ParentTree"] = writer.parent_tree()
    root["ParentTreeNextKey"] = len(document.pages) + len(writer.annotations)
    root["RoleMap"] = pydyf.Dictionary({own: f"/{role}" for own, role in ROLE_MAP.items()})
    if writer.names:
        root["IDTree"] = writer.name_tree()
    pdf.catalog["StructTreeRoot"] = root.reference
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})


class _Writer:
    """Turns elements of the tree into objects and remembers who owns what."""

    def __init__(
        self, pdf: pydyf.PDF, document: Document, streams: Sequence[ContentStream]
    ) -> None:
        self.pdf = pdf
        self.heights = [page.height for page in document.pages]
        #: By page, the number of each box that was painted as content.
        self.numbers = [stream.numbers for stream in streams]
        #: Taken once: pydyf makes the whole list anew each time.
        self.page_references = pdf.page_references
        #: By page, the element that each number belongs to.
        self.owners: list[dict[int, bytes]] = [{} for _ in streams]
        #: The element that each annotation of a link belongs to.
        self.annotations: list[bytes] = []
        #: Header cells by their names.
        self.names: dict[str, bytes] = {}

    def write(self, element: StructureElement, parent: bytes) -> bytes:
        """The reference of the object written for an element, and for all below it."""
        entry = pydyf.Dictionary({"Type": "/StructElem", "S": f"/{element.role}", "P": parent})
        reference = self._add(entry)
        self._describe(entry, element)
        page = next((kid.page for kid in element.kids if isinstance(kid, MarkedContent)), None)
        if page is not None:
            entry["Pg"] = self.page_references[page]
        kids = [self._kid(kid, element, reference, page) for kid in element.kids]
        entry["K"] = pydyf.Array([kid for kid in kids if kid is not None])
        return reference

    def parent_tree(self) -> bytes:
        """Who owns each number of each page, then each annotation."""
        numbers = pydyf.Array()
        for page, owners in enumerate(self.owners):
            if len(owners) != len(self.numbers[page]):
                raise CannotTag(f"page {page + 1} paints text that no element of content owns")
            numbers += [page, pydyf.Array([owners[number] for number in range(len(owners))])]
        for key, owner in enumerate(self.annotations, start=len(self.owners)):
            numbers += [key, owner]
        return self._add(pydyf.Dictionary({"Nums": numbers}))

    def name_tree(self) -> bytes:
        """Where to find a header cell by its name."""
        names = ((pydyf.String(name), cell) for name, cell in sorted(self.names.items()))
        return self._add(pydyf.Dictionary({"Names": pydyf.Array(chain.from_iterable(names))}))

    def _add(self, dictionary: pydyf.Dictionary) -> bytes:
        self.pdf.add_object(dictionary)
        reference: bytes = dictionary.reference
        return reference

    def _describe(self, entry: pydyf.Dictionary, element: StructureElement) -> None:
        said = {
            "Lang": element.lang,
            "Alt": element.alt,
            "E": element.expansion,
            "ID": element.ident,
        }
        entry.update({key: pydyf.String(text) for key, text in said.items() if text})
        if element.ident:
            self.names[element.ident] = entry.reference
        attributes = {
            key: pydyf.Array(map(pydyf.String, value)) if isinstance(value, tuple) else value
            for key, value in element.attributes.items()
        }
        if element.role == "Figure":
            attributes = {"O": "/Layout", "BBox": self._bounds(element)}
        if attributes:
            entry["A"] = pydyf.Dictionary(attributes)

    def _kid(self, kid: Kid, element: StructureElement, owner: bytes, page: int | None) -> Any:
        """What stands for a kid in `K`; `page` is the one its element names in `Pg`."""
        if isinstance(kid, StructureElement):
            return self.write(kid, owner)
        if isinstance(kid, LinkArea):
            return self._annotation(kid, element, owner)
        number = self._number(kid)
        self.owners[kid.page][number] = owner
        if kid.page == page:
            return number
        of_page = {"Type": "/MCR", "Pg": self.page_references[kid.page], "MCID": number}
        return pydyf.Dictionary(of_page)

    def _number(self, marked: MarkedContent) -> int:
        """The number of marked content on its page, `MCID`."""
        if marked.box not in self.numbers[marked.page]:
            where = f"page {marked.page + 1}, <{marked.box.element_tag}>"
            raise CannotTag(f"{where}: text inside CSS `opacity` cannot be tagged; use a colour")
        number: int = self.numbers[marked.page][marked.box]
        return number

    def _annotation(self, area: LinkArea, element: StructureElement, owner: bytes) -> Any:
        annotation = area.box.link_annotation
        if annotation is None:  # A dead link: WeasyPrint has said so.
            return None
        annotation["Contents"] = pydyf.String(element.contents)
        annotation["StructParent"] = len(self.owners) + len(self.annotations)
        if len(area.rectangles) > 1:
            # The corners of each part of a link (ISO 32000-1, table 173).
            corners = pydyf.Array()
            for rectangle in area.rectangles:
                left, top, right, bottom = self._points(area.page, *rectangle)
                corners += [left, bottom, right, bottom, right, top, left, top]
            annotation["QuadPoints"] = corners
        self.annotations.append(owner)
        of_object = {"Type": "/OBJR", "Obj": annotation.reference}
        return pydyf.Dictionary({**of_object, "Pg": self.page_references[area.page]})

    def _bounds(self, element: StructureElement) -> pydyf.Array:
        """The box around a picture, from left and bottom on (ISO 32000-1, table 344)."""
        picture = next(kid for kid in element.kids if isinstance(kid, MarkedContent))
        x, y, box = picture.box.content_box_x(), picture.box.content_box_y(), picture.box
        left, top, right, bottom = self._points(picture.page, x, y, x + box.width, y + box.height)
        return pydyf.Array([left, bottom, right, top])

    def _points(self, page: int, *rectangle: float) -> tuple[float, float, float, float]:
        """A rectangle in points from the bottom left, where PDF begins; given as in `Rectangle`."""
        left, top, right, bottom = rectangle
        height = self.heights[page]
        return left * POINTS, (height - top) * POINTS, right * POINTS, (height - bottom) * POINTS
