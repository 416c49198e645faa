"""Two journeys through the whole program, hop by hop: one stands for content, one for options."""

import re
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from pypdf import PdfReader

from booklet.editions import SIZES, size_named
from booklet.html.render import render
from booklet.resources import styles_folder
from booklet.review.booklet import load_booklet
from booklet.tagging.marked_content import read_pages
from booklet.tagging.structure_tree import StructureElement, build_structure_tree, everything_in
from booklet.tagging.typeset import typeset, write_pdf
from booklet.tagging.weasyprint_patches import page_box
from tests.conftest import TODAY
from tests.tagging.reading import tree

WORDS = "You have the specimen testing rule (STR)."


def test_a_paragraph_of_yaml_becomes_one_structure_element(content: Path) -> None:
    written = (content / "specimen/01-first.yaml").read_text(encoding="utf-8")
    assert f"patient: {WORDS}" in written
    # YAML to a value for one reader
    booklet = load_booklet(content, "specimen", TODAY)["patient"]
    block = booklet.sections[0].section.blocks[0]
    assert (block.kind, block.text.plain) == ("paragraph", WORDS)
    # to an element of HTML, by the template of its kind
    html = render(booklet, size_named("standard"))
    (paragraph,) = re.findall(r'<p class="paragraph">(.*?)</p>', html)
    assert re.sub("<.*?>", "", paragraph) == WORDS
    # to boxes on a page, which carry the element
    document = typeset(html, booklet.picture_folders, content)
    painted = read_pages(document)
    (source,) = [each for each in painted.content if each.get("class") == "paragraph"]
    assert painted.content[source][0].box.element is source
    # to an element of the tree, which holds what those boxes paint
    elements = everything_in(build_structure_tree(painted, lambda link: ""))
    (found,) = [each for each in elements if holds(each, painted.content[source])]
    assert found.role == "P"
    # to an object of the PDF
    pdf = PdfReader(BytesIO(write_pdf(document, booklet.labels, content)))
    assert [each.text for each in tree(pdf).all("P")].count(WORDS) == 1


def holds(kid: object, marked: list[object]) -> bool:
    return isinstance(kid, StructureElement) and marked[0] in kid.kids


@pytest.mark.parametrize("size", SIZES, ids=lambda size: size.name)
def test_the_size_on_the_command_line_becomes_the_size_of_the_letters(
    size: object, content: Path
) -> None:
    row = size_named(size.name)  # type: ignore[attr-defined]
    booklet = load_booklet(content, "specimen", TODAY)["patient"]
    html = render(booklet, row)
    assert f'<link rel="stylesheet" href="{row.stylesheet}">' in html
    sheet = (styles_folder() / row.stylesheet).read_text(encoding="utf-8")
    assert f"--size-body: {row.floor}pt;" in sheet
    page = typeset(html, booklet.picture_folders, content).pages[1]
    assert (page.width, page.height) == pytest.approx(
        (row.width / 25.4 * 96, row.height / 25.4 * 96)
    )
    body = [box for box in page_box(page).descendants() if is_tag(box.element, "body")]
    assert body[0].style["font_size"] == pytest.approx(row.floor / 0.75)


def is_tag(element: Element | None, tag: str) -> bool:
    return element is not None and element.tag == tag
