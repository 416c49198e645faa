"""The structure tree of a document, as plain values: one element of content, one node.

Text runs hang directly on their block, since a `Span` that says nothing is only noise.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Union
from xml.etree.ElementTree import Element

from booklet.tagging.links import LinkWording, Target, describe
from booklet.tagging.pages import Area, Box, Painted, Piece
from booklet.tagging.roles import (
    FLOW,
    INLINE,
    KEPT_EMPTY,
    WRAPPERS,
    numbering_of,
    role_of,
)
from booklet.tagging.source_words import SVG, Source, is_hidden
from booklet.tagging.tables import cell_attributes, headers_of, read_table

Attributes = Mapping[str, str | int | tuple[str, ...]]
Kid = Union["Node", Piece, Area]
LOGGER = logging.getLogger("weasyprint")


@dataclass(frozen=True, slots=True)
class Node:
    """One structure element. Empty text means: not said.

    `expansion` is what an abbreviation stands for (`E`), `contents` describes a link's
    annotations, `ident` is what a header cell is known by. `attributes` are in the words of
    PDF: names with their slash, whole numbers, and tuples of text.
    """

    role: str
    kids: tuple[Kid, ...]
    lang: str = ""
    alt: str = ""
    expansion: str = ""
    contents: str = ""
    ident: str = ""
    attributes: Attributes = field(default_factory=dict)


def build_tree(painted: Painted, targets: Mapping[str, Target], wording: LinkWording) -> Node:
    """The `Document` node of everything the pages hold, in the order of the content."""
    kids: list[Kid] = []
    for number, source in enumerate(painted.sources):
        author = _Author(painted, source, targets, wording, f"{number}-")
        kids += author.read(source.root, "Document")
    return Node("Document", tuple(kids))


def words_to_part(node: Node) -> frozenset[Box]:
    """The text boxes that must end in a space, which layout dropped where a line ends.

    ISO 32000-1, 14.8.2.5: words are parted by spaces in the content, not by their position.
    """
    parted: set[Box] = set()
    run: list[Piece] = []
    for kid in (*node.kids, None):
        if kid is not None and _is_inline(kid):
            run += _pieces(kid)
            continue
        parted.update(a.box for a, b in pairwise(run) if _lost_a_space(a, b))
        run = []
        if isinstance(kid, Node):
            parted |= words_to_part(kid)
    return frozenset(parted)


@dataclass(slots=True)
class _Author:
    """Writes the nodes of one HTML page; `prefix` keeps its cells apart from other pages'."""

    painted: Painted
    source: Source
    targets: Mapping[str, Target]
    wording: LinkWording
    prefix: str
    cells: dict[Element, Attributes] = field(default_factory=dict)
    idents: dict[Element, str] = field(default_factory=dict)

    def read(self, element: Element, parent: str, contents: bool = False) -> list[Kid]:
        """The nodes of an element: one, or those of its children where it means nothing.

        `parent` is the role they will stand under, `contents` whether a contents list is around.
        """
        if is_hidden(element):
            return []
        if element.tag in ("img", SVG):
            return self._picture(element)
        if special := self._special(element.tag, contents):
            return special(element)
        role = role_of(element)
        kids = self._kids(element, role or parent, contents or element.tag == "nav")
        if role in FLOW or (not role and element.tag in WRAPPERS and parent in FLOW):
            kids = _paragraphs(kids)
        if role is None:
            return kids
        return self._node(element, role, kids, self.cells.get(element))

    def _node(
        self, element: Element, role: str, kids: list[Kid], attributes: Attributes | None = None
    ) -> list[Kid]:
        if not kids and role not in KEPT_EMPTY:
            return []
        node = Node(
            role,
            tuple(kids),
            lang=element.get("lang", ""),
            expansion=element.get("title", "") if element.tag == "abbr" else "",
            ident=self.idents.get(element, ""),
            attributes=attributes or {},
        )
        return [node]

    def _special(self, tag: str, contents: bool) -> Callable[[Element], list[Kid]] | None:
        """What to do with a list, a link, a figure or a table; None for all else."""
        writers: dict[str, Callable[[Element], list[Kid]]] = {
            "a": partial(self._link, contents=contents),
            "dl": self._glossary,
            "figure": self._figure,
            "li": partial(self._item, contents=contents),
            "ol": partial(self._list, contents=contents),
            "table": self._table,
            "ul": partial(self._list, contents=contents),
        }
        return writers.get(tag)

    def _kids(self, element: Element, parent: str, contents: bool = False) -> list[Kid]:
        """What an element holds, its own text and its children's nodes, as they are read."""
        own: list[tuple[int, list[Kid]]] = [
            (piece.place, [piece]) for piece in self.painted.pieces.get(element, ())
        ]
        inner = [
            (self.source.opens[child], self.read(child, parent, contents))
            for child in element
            if isinstance(child.tag, str)
        ]
        return [kid for _, kids in sorted(own + inner, key=itemgetter(0)) for kid in kids]

    def _picture(self, element: Element) -> list[Kid]:
        pieces = self.painted.pieces.get(element, ())
        alt = element.get("aria-label") or element.get("alt") or _svg_title(element)
        if pieces and not alt:
            LOGGER.error("A picture has no alternative text: <%s>", element.tag.split("}")[-1])
        return [Node("Figure", (piece,), alt=alt) for piece in pieces]

    def _figure(self, element: Element) -> list[Kid]:
        """A picture with its caption beside it: what stands inside `Alt` is not read out."""
        kids = _paragraphs(self._kids(element, "Div"))
        captioned = any(_is_a(kid, "Caption") for kid in kids)
        return self._node(element, "Div", kids) if captioned else kids

    def _link(self, element: Element, contents: bool) -> list[Kid]:
        kids = self._kids(element, "Link")
        areas = self.painted.areas.get(element, ())
        if not kids or not areas:
            return kids
        said = describe(element, self.targets, self.wording)
        link = Node("Link", (*kids, *areas), lang=element.get("lang", ""), contents=said)
        return [Node("Reference", (link,))] if contents else [link]

    def _list(self, element: Element, contents: bool) -> list[Kid]:
        if contents:
            return self._node(element, "TOC", self._kids(element, "TOC", contents))
        kids = self._kids(element, "L")
        attributes = {"O": "/List", "ListNumbering": f"/{self._numbering(element)}"}
        return self._node(element, "L", kids, attributes)

    def _numbering(self, element: Element) -> str:
        """How the items are labelled, in the words of ISO 32000-1, table 347."""
        labelled = [item for item in element if item in self.painted.labels]
        if not labelled:
            return "None"
        return numbering_of(element, self.painted.styles[labelled[0]]["list_style_type"])

    def _item(self, element: Element, contents: bool) -> list[Kid]:
        label = [Node("Lbl", pieces)] if (pieces := self.painted.labels.get(element)) else []
        if contents:
            kids = _paragraphs(self._kids(element, "TOCI", contents))
            return self._node(element, "TOCI", [*label, *kids])
        kids = self._kids(element, "LBody")
        body = [Node("LBody", tuple(kids))] if kids else []
        return self._node(element, "LI", [*label, *body])

    def _glossary(self, element: Element) -> list[Kid]:
        """Terms and meanings as a list: ISO 32000-1, table 336, has the term as `Lbl`."""
        items: list[list[Kid]] = []
        for kid in self._kids(element, "L"):
            if not items or (_is_a(kid, "Lbl") and not _is_a(items[-1][-1], "Lbl")):
                items.append([])
            items[-1].append(kid)
        attributes = {"O": "/List", "ListNumbering": "/None"}
        return self._node(element, "L", [Node("LI", tuple(item)) for item in items], attributes)

    def _table(self, element: Element) -> list[Kid]:
        cells = read_table(element)
        names = {
            cell.element: f"{self.prefix}{self.source.opens[cell.element]}"
            for cell in cells
            if cell.scope
        }
        self.idents |= names
        for cell in cells:
            headers = tuple(names[header] for header in headers_of(cell, cells))
            self.cells[cell.element] = cell_attributes(cell, headers)
        return self._node(element, "Table", self._kids(element, "Table"))


def _svg_title(element: Element) -> str:
    title = element.find(f"{SVG.removesuffix('svg')}title")
    return "" if title is None else " ".join("".join(title.itertext()).split())


def _paragraphs(kids: list[Kid]) -> list[Kid]:
    """The same kids, loose text gathered into paragraphs."""
    gathered: list[Kid] = []
    for inline, run in groupby(kids, _is_loose):
        held = tuple(run)
        gathered += [Node("P", held)] if inline else held
    return gathered


def _is_loose(kid: Kid) -> bool:
    return _is_inline(kid) and not _is_a(kid, "Reference")


def _is_a(kid: Kid, role: str) -> bool:
    return isinstance(kid, Node) and kid.role == role


def _is_inline(kid: Kid) -> bool:
    return not isinstance(kid, Node) or kid.role in INLINE


def _pieces(kid: Kid) -> list[Piece]:
    """The runs of text of an inline kid, in reading order."""
    if isinstance(kid, Node):
        return [piece for inner in kid.kids for piece in _pieces(inner)]
    return [kid] if isinstance(kid, Piece) else []


def _lost_a_space(piece: Piece, following: Piece) -> bool:
    """Whether two words stand side by side with no space painted between them."""
    before, after = piece.box.pango_layout.text, following.box.pango_layout.text
    painted = before[-1:].isspace() or after[:1].isspace()
    return not painted and not piece.runs_into(following)
