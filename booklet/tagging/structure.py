"""A structure tree made of the content's elements, in place of one made of the pages' boxes.

WeasyPrint tags what it lays out, page by page, so that a paragraph over a page break becomes
two. Here one element of the HTML becomes one structure element, however many pages it covers.

What is touched inside WeasyPrint, and why. All of it is in this module and in the `structure_…`
modules beside it, all of it holds for one major version, and where any of it moves,
`tests/test_structure_weasyprint.py` fails:

- `weasyprint.pdf.add_tags` is replaced while a file is written: there is no other way to give
  WeasyPrint another tree.
- `weasyprint.pdf.Stream` is replaced by a subclass while a file is written. Its `marked` is where
  each run of text and each picture is painted; here it is decided whether that is content or an
  artifact, and the space that layout dropped at a line's end is painted again.
- `Page._page_box` and the boxes below it (`element`, `element_tag`, `children`, `text`, `link`,
  `link_annotation`, `is_leader`, `is_header`, `is_footer`, `pango_layout`) are read.
- A copy of each page is written: its `links` hold one rectangle a link, so that one annotation
  is made; its `_page_box` has the labels of list items in front of their text, since WeasyPrint
  paints them after all else on the page.

Both replacements are module globals: write one file at a time in a process, as Pango asks anyway.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import pydyf
import weasyprint
import weasyprint.pdf
from weasyprint import Document

from booklet.tagging.links import LinkWording, Target, title_of
from booklet.tagging.pages import Area, CannotTag, Painted, look_at
from booklet.tagging.paint import ContentStream, page_to_paint
from booklet.tagging.tree import LOGGER, Node, build_tree, words_to_part
from booklet.tagging.write import write_tree

__all__ = ["CannotTag", "LinkWording", "structured"]

_MAJOR_VERSION = "70"


@contextmanager
def structured(document: Document, wording: LinkWording) -> Iterator[Document]:
    """The same pages; written as a tagged PDF inside the block, they get the content's structure.

    `CannotTag` where a page paints something that has no place in the content. Pictures without
    alternative text and a page without a language are logged, as WeasyPrint logs them.
    """
    if weasyprint.VERSION.split(".")[0] != _MAJOR_VERSION:
        raise CannotTag(f"made for WeasyPrint {_MAJOR_VERSION}, this is {weasyprint.VERSION}")
    painted = look_at(document)
    tree = build_tree(painted, _targets(document, painted), wording)
    stream = partial(ContentStream, painted.artifacts, words_to_part(tree))
    areas = {area.box: area for area in _areas(tree)}
    with replaced(weasyprint.pdf, Stream=stream, add_tags=partial(_add_tags, tree)):
        yield document.copy([page_to_paint(page, areas) for page in document.pages])


def _add_tags(tree: Node, pdf: pydyf.PDF, document: Document, version: Any, streams: Any) -> None:
    """Stand in for `weasyprint.pdf.tags.add_tags`."""
    write_tree(pdf, document, streams, tree)
    if "Lang" not in pdf.catalog:
        LOGGER.error('Missing required "lang" attribute at the root of the document')


@contextmanager
def replaced(owner: Any, **names: Any) -> Iterator[None]:
    """Other values for these names of a module or a class, inside the block only."""
    before = {name: getattr(owner, name) for name in names}
    for name, value in names.items():
        setattr(owner, name, value)
    try:
        yield
    finally:
        for name, value in before.items():
            setattr(owner, name, value)


def _targets(document: Document, painted: Painted) -> dict[str, Target]:
    """Where links inside the document lead, by anchor; pages are numbered from 1."""
    pages: dict[str, int] = {}
    for number, page in enumerate(document.pages, start=1):
        for anchor in page.anchors:
            pages.setdefault(anchor, number)
    elements = {
        element.get("id"): element for source in painted.sources for element in source.opens
    }
    return {
        anchor: Target(title_of(elements[anchor]) if anchor in elements else "", page)
        for anchor, page in pages.items()
    }


def _areas(node: Node) -> Iterator[Area]:
    for kid in node.kids:
        if isinstance(kid, Area):
            yield kid
        elif isinstance(kid, Node):
            yield from _areas(kid)
