"""The structure tree as PDF objects (ISO 32000-1, 14.7)."""

from collections.abc import Sequence
from typing import Any

import pydyf
from weasyprint import Document

from booklet.tagging.pages import Area, CannotTag, Piece
from booklet.tagging.roles import ROLE_MAP
from booklet.tagging.tree import Node

#: Points in a CSS pixel: 72 to the inch against 96.
POINTS = 0.75


def write_tree(pdf: pydyf.PDF, document: Document, streams: Sequence[Any], tree: Node) -> None:
    """Add the tree to the PDF: elements, parent tree, role map, header cells' names.

    `streams` are the content streams of the document's pages, painted.
    """
    writer = _Writer(pdf, document, streams)
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
    """Turns nodes into objects and remembers who owns what."""

    def __init__(self, pdf: pydyf.PDF, document: Document, streams: Sequence[Any]) -> None:
        self.pdf = pdf
        self.document = document
        self.marks = [stream._tags for stream in streams]
        self.page_references = pdf.page_references
        self.owners: list[dict[int, bytes]] = [{} for _ in streams]
        self.annotations: list[bytes] = []
        self.names: dict[str, bytes] = {}

    def write(self, node: Node, parent: bytes) -> bytes:
        """The reference of the element written for a node and for all below it."""
        element = pydyf.Dictionary({"Type": "/StructElem", "S": f"/{node.role}", "P": parent})
        self.pdf.add_object(element)
        reference: bytes = element.reference
        self._describe(element, node)
        page = next((kid.page for kid in node.kids if isinstance(kid, Piece)), None)
        if page is not None:
            element["Pg"] = self.page_references[page]
        kids = [self._kid(kid, node, reference, page) for kid in node.kids]
        element["K"] = pydyf.Array([kid for kid in kids if kid is not None])
        return reference

    def parent_tree(self) -> bytes:
        """Who owns each piece of marked content of each page, then each annotation."""
        numbers = pydyf.Array()
        for page, owners in enumerate(self.owners):
            if len(owners) != len(self.marks[page]):
                raise CannotTag(f"page {page + 1} paints text that no element of content owns")
            numbers += [page, pydyf.Array([owners[mark] for mark in range(len(owners))])]
        for key, owner in enumerate(self.annotations, start=len(self.owners)):
            numbers += [key, owner]
        return self._add(pydyf.Dictionary({"Nums": numbers}))

    def name_tree(self) -> bytes:
        """Where to find a header cell by its name."""
        names = pydyf.Array()
        for name, reference in sorted(self.names.items()):
            names += [pydyf.String(name), reference]
        return self._add(pydyf.Dictionary({"Names": names}))

    def _add(self, dictionary: pydyf.Dictionary) -> bytes:
        self.pdf.add_object(dictionary)
        reference: bytes = dictionary.reference
        return reference

    def _describe(self, element: pydyf.Dictionary, node: Node) -> None:
        said = {"Lang": node.lang, "Alt": node.alt, "E": node.expansion, "ID": node.ident}
        element.update({key: pydyf.String(text) for key, text in said.items() if text})
        if node.ident:
            self.names[node.ident] = element.reference
        attributes = {key: _value(value) for key, value in node.attributes.items()}
        if node.role == "Figure":
            attributes = {"O": "/Layout", "BBox": self._bounds(node)}
        if attributes:
            element["A"] = pydyf.Dictionary(attributes)

    def _kid(self, kid: Node | Piece | Area, node: Node, owner: bytes, page: int | None) -> Any:
        if isinstance(kid, Node):
            return self.write(kid, owner)
        if isinstance(kid, Area):
            return self._annotation(kid, node, owner)
        mark = self._mark(kid)
        self.owners[kid.page][mark] = owner
        if kid.page == page:
            return mark
        of_page = {"Type": "/MCR", "Pg": self.page_references[kid.page], "MCID": mark}
        return pydyf.Dictionary(of_page)

    def _mark(self, piece: Piece) -> int:
        """The number of a piece among the marked content of its page."""
        if piece.box not in self.marks[piece.page]:
            where = f"page {piece.page + 1}, <{piece.box.element_tag}>"
            raise CannotTag(f"{where}: text inside CSS `opacity` cannot be tagged; use a colour")
        mark: int = self.marks[piece.page][piece.box]["mcid"]
        return mark

    def _annotation(self, area: Area, node: Node, owner: bytes) -> Any:
        annotation = area.box.link_annotation
        if annotation is None:  # A dead link: WeasyPrint has said so.
            return None
        annotation["Contents"] = pydyf.String(node.contents)
        annotation["StructParent"] = len(self.document.pages) + len(self.annotations)
        if len(area.rectangles) > 1:
            annotation["QuadPoints"] = self._quadrilaterals(area)
        self.annotations.append(owner)
        of_object = {"Type": "/OBJR", "Obj": annotation.reference}
        return pydyf.Dictionary({**of_object, "Pg": self.page_references[area.page]})

    def _quadrilaterals(self, area: Area) -> pydyf.Array:
        """The corners of each part of a link, in points (ISO 32000-1, table 173)."""
        corners = pydyf.Array()
        for x1, y1, x2, y2 in area.rectangles:
            left, top = self._point(area.page, x1, y1)
            right, bottom = self._point(area.page, x2, y2)
            corners += [left, bottom, right, bottom, right, top, left, top]
        return corners

    def _bounds(self, node: Node) -> pydyf.Array:
        """The box around a picture, in points from the bottom left (ISO 32000-1, table 344)."""
        piece = next(kid for kid in node.kids if isinstance(kid, Piece))
        x, y = piece.box.content_box_x(), piece.box.content_box_y()
        left, top = self._point(piece.page, x, y)
        right, bottom = self._point(piece.page, x + piece.box.width, y + piece.box.height)
        return pydyf.Array([left, bottom, right, top])

    def _point(self, page: int, x: float, y: float) -> tuple[float, float]:
        return x * POINTS, (self.document.pages[page].height - y) * POINTS


def _value(value: str | int | tuple[str, ...]) -> Any:
    if isinstance(value, tuple):
        return pydyf.Array([pydyf.String(text) for text in value])
    return value
