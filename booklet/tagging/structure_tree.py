"""The structure tree of a document, as plain values: one element of content, one element of it.

WeasyPrint tags what it lays out, page by page, so that a paragraph over a page break becomes two.
Here one element of the HTML becomes one structure element, however many pages it covers. Text
hangs directly on its block, since a `Span` that says nothing is only noise.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain, groupby, pairwise
from operator import itemgetter
from typing import Union
from xml.etree.ElementTree import Element

from booklet.tagging.marked_content import LayoutBox, LinkArea, MarkedContent, PaintedContent
from booklet.tagging.roles import (
    FLOW,
    INLINE,
    KEPT_EMPTY,
    WRAPPERS,
    Attributes,
    cell_attributes,
    list_numbering,
    role_of,
)
from booklet.tagging.source_text import SVG, SourceText, is_hidden, plain_text

Kid = Union["StructureElement", MarkedContent, LinkArea]
LOGGER = logging.getLogger("weasyprint")


@dataclass(frozen=True, slots=True)
class StructureElement:
    """One structure element. Empty text means: not said."""

    #: The structure type, `S`.
    role: str
    #: What it holds, in reading order, `K`.
    kids: tuple[Kid, ...]
    #: The language of its words, where it is not that around it.
    lang: str = ""
    #: The words for a picture.
    alt: str = ""
    #: What an abbreviation stands for, `E`.
    expansion: str = ""
    #: The description of a link's annotations.
    contents: str = ""
    #: What a header cell is known by to the cells it speaks for, `ID`.
    ident: str = ""
    #: Its attributes, `A`, but for the box of a picture.
    attributes: Attributes = field(default_factory=dict)


def build_structure_tree(
    painted: PaintedContent, describe: Callable[[Element], str]
) -> StructureElement:
    """The `Document` element of everything the pages hold, in the order of the content.

    `describe` says of a link what following it does.
    """
    kids: list[Kid] = []
    for number, source in enumerate(painted.sources.values()):
        kids += _TreeBuilder(painted, source, describe, number).read(source.root, "Document")
    return StructureElement("Document", tuple(kids))


def everything_in(kid: Kid) -> Iterator[Kid]:
    """A kid and all that is below it, in reading order."""
    yield kid
    if isinstance(kid, StructureElement):
        for inner in kid.kids:
            yield from everything_in(inner)


def lost_spaces(element: StructureElement) -> frozenset[LayoutBox]:
    """The text boxes that must end in a space, which layout dropped where a line ends.

    ISO 32000-1, 14.8.2.5: words are parted by spaces in the content, not by their position.
    """
    found: set[LayoutBox] = set()
    for inline, kids in groupby(element.kids, _is_inline):
        if inline:
            below = chain.from_iterable(map(everything_in, kids))
            run = (each for each in below if isinstance(each, MarkedContent))
            found.update(one.box for one, next_ in pairwise(run) if _lost_a_space(one, next_))
        else:
            found.update(*(lost_spaces(kid) for kid in kids if isinstance(kid, StructureElement)))
    return frozenset(found)


class _TreeBuilder:
    """Writes the elements of one HTML page; `number` keeps its cells apart from other pages'."""

    def __init__(
        self,
        painted: PaintedContent,
        source: SourceText,
        describe: Callable[[Element], str],
        number: int,
    ) -> None:
        self.painted, self.source, self.describe = painted, source, describe
        #: Elements that are more than a role around what they hold.
        self.special = {
            **dict.fromkeys(("img", SVG), self._picture),
            **dict.fromkeys(("ol", "ul"), self._list),
            **{"a": self._link, "dl": self._terms, "figure": self._figure, "li": self._item},
        }
        #: All that a contents list holds.
        self.in_contents = {each for nav in source.root.iter("nav") for each in nav.iter()}
        tables = list(source.root.iter("table"))
        #: The names of header cells.
        self.idents = {
            cell: f"{number}-{source.begins[cell]}" for table in tables for cell in table.iter("th")
        }
        self.cells = dict(cell for table in tables for cell in cell_attributes(table, self.idents))

    def read(self, element: Element, parent: str) -> list[Kid]:
        """What an element becomes: one of the tree, or those of its children if it means nothing.

        `parent` is the role they will stand under.
        """
        if is_hidden(element):
            return []
        if special := self.special.get(element.tag):
            return special(element)
        role = role_of(element)
        kids = self._kids(element, role or parent)
        if role in FLOW or (not role and element.tag in WRAPPERS and parent in FLOW):
            kids = _paragraphs(kids)
        return kids if role is None else self._element(element, role, kids)

    def _element(
        self, element: Element, role: str, kids: list[Kid], attributes: Attributes | None = None
    ) -> list[Kid]:
        """The structure element of an element; none where it holds nothing."""
        if not kids and role not in KEPT_EMPTY:
            return []
        made = StructureElement(
            role,
            tuple(kids),
            lang=element.get("lang", ""),
            expansion=element.get("title", "") if element.tag == "abbr" else "",
            ident=self.idents.get(element, ""),
            attributes=attributes or self.cells.get(element, {}),
        )
        return [made]

    def _kids(self, element: Element, parent: str) -> list[Kid]:
        """What an element holds, its own text and what its children become, as they are read."""
        own: list[tuple[int, list[Kid]]] = [
            (marked.place, [marked]) for marked in self.painted.content.get(element, ())
        ]
        inner = [
            (self.source.begins[child], self.read(child, parent))
            for child in element
            if isinstance(child.tag, str)
        ]
        return [kid for _, kids in sorted(own + inner, key=itemgetter(0)) for kid in kids]

    def _picture(self, element: Element) -> list[Kid]:
        painted = self.painted.content.get(element, ())
        alt = element.get("aria-label") or element.get("alt") or ""
        if not alt and (title := element.find(f"{SVG.removesuffix('svg')}title")) is not None:
            alt = plain_text(title)
        if painted and not alt:
            LOGGER.error("A picture has no alternative text: <%s>", element.tag.split("}")[-1])
        return [StructureElement("Figure", (marked,), alt=alt) for marked in painted]

    def _figure(self, element: Element) -> list[Kid]:
        """A picture with its caption beside it: what stands inside `Alt` is not read out."""
        kids = _paragraphs(self._kids(element, "Div"))
        captioned = any(_is_a(kid, "Caption") for kid in kids)
        return self._element(element, "Div", kids) if captioned else kids

    def _link(self, element: Element) -> list[Kid]:
        kids = self._kids(element, "Link")
        areas = self.painted.links.get(element, ())
        if not kids or not areas:
            return kids
        said, lang = self.describe(element), element.get("lang", "")
        link = StructureElement("Link", (*kids, *areas), lang=lang, contents=said)
        return [StructureElement("Reference", (link,)) if element in self.in_contents else link]

    def _list(self, element: Element) -> list[Kid]:
        if element in self.in_contents:
            return self._element(element, "TOC", self._kids(element, "TOC"))
        labelled = next((item for item in element if item in self.painted.labels), None)
        numbering = "None"
        if labelled is not None:
            style = self.painted.styles[labelled]["list_style_type"]
            numbering = list_numbering(element, style)
        attributes = {"O": "/List", "ListNumbering": f"/{numbering}"}
        return self._element(element, "L", self._kids(element, "L"), attributes)

    def _item(self, element: Element) -> list[Kid]:
        painted = self.painted.labels.get(element)
        label: list[Kid] = [StructureElement("Lbl", tuple(painted))] if painted else []
        if element in self.in_contents:
            kids = _paragraphs(self._kids(element, "TOCI"))
            return self._element(element, "TOCI", label + kids)
        kids = self._kids(element, "LBody")
        body: list[Kid] = [StructureElement("LBody", tuple(kids))] if kids else []
        return self._element(element, "LI", label + body)

    def _terms(self, element: Element) -> list[Kid]:
        """Terms and meanings as a list: ISO 32000-1, table 336, has the term as `Lbl`."""
        items: list[list[Kid]] = []
        for kid in self._kids(element, "L"):
            if not items or (_is_a(kid, "Lbl") and not _is_a(items[-1][-1], "Lbl")):
                items.append([])
            items[-1].append(kid)
        kids: list[Kid] = [StructureElement("LI", tuple(item)) for item in items]
        return self._element(element, "L", kids, {"O": "/List", "ListNumbering": "/None"})


def _paragraphs(kids: list[Kid]) -> list[Kid]:
    """The same kids, loose text gathered into paragraphs."""
    gathered: list[Kid] = []
    for loose, run in groupby(kids, lambda kid: _is_inline(kid) and not _is_a(kid, "Reference")):
        held = tuple(run)
        gathered += [StructureElement("P", held)] if loose else held
    return gathered


def _is_a(kid: Kid, role: str) -> bool:
    return isinstance(kid, StructureElement) and kid.role == role


def _is_inline(kid: Kid) -> bool:
    return not isinstance(kid, StructureElement) or kid.role in INLINE


def _lost_a_space(marked: MarkedContent, following: MarkedContent) -> bool:
    """Whether two words stand side by side with no space painted between them."""
    before, after = marked.box.pango_layout.text, following.box.pango_layout.text
    painted = before[-1:].isspace() or after[:1].isspace()
    return not painted and not marked.runs_into(following)
