"""A link is one link, says what it does, and is in the tree once."""

from xml.etree.ElementTree import XML

import pydyf
import pytest
from pypdf import PdfReader

from booklet.tagging.roles import LinkTarget, LinkWording, describe_link
from tests.tagging.reading import (
    LONG,
    SENTENCE,
    SMALL_PAGES,
    tree,
    written,
)


def test_a_link_over_two_lines_is_one_link_with_one_annotation() -> None:
    link = f"<a href='https://example.org/'>this <b>long</b> {SENTENCE}</a>"
    pdf = written(f"<p>Read {SENTENCE} and {link}.</p>")
    link = tree(pdf).one("Link")
    (annotation,) = link.annotations
    corners = [float(number) for number in annotation["/QuadPoints"]]
    assert len(corners) % 8 == 0
    assert len(corners) > 8
    left, bottom, right, top = map(float, annotation["/Rect"])
    assert (min(corners[::2]), max(corners[::2])) == pytest.approx((left, right))
    assert sorted((bottom, top)) == pytest.approx([min(corners[1::2]), max(corners[1::2])])
    assert link.text == f"this long {SENTENCE}"


def test_a_link_over_two_pages_is_one_link_with_an_annotation_on_each() -> None:
    pdf = written(f"<p><a href='https://example.org/'>{LONG}</a></p>")
    link = tree(pdf).one("Link")
    assert link.text == LONG
    assert len(link.annotations) == len(link.pages) == len(pdf.pages) > 1
    (link_number,) = {owner_of(pdf, annotation["/StructParent"]) for annotation in link.annotations}
    assert link_number["/S"] == "/Link"


def owner_of(pdf: PdfReader, key: int) -> pydyf.Dictionary:
    numbers = pdf.root_object["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    return numbers[numbers.index(key) + 1]


def test_no_link_holds_another_and_every_annotation_is_in_a_link() -> None:
    style = SMALL_PAGES + "a::after { content: ' (page ' target-counter(attr(href), page) ')' }"
    pdf = written("<h2 id=a>Top</h2><p>See <a href='#a'>the <b>very</b> top</a></p>", style)
    links = tree(pdf).all("Link")
    assert [link.text for link in links] == ["the very top (page 1)"]
    annotations = [each for page in pdf.pages for each in page.get("/Annots", ())]
    assert [each.get_object() for each in annotations] == list(links[0].annotations)


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("<a href='tel:08082080888'>0808 2080 888</a>", "Call 0808 2080 888"),
        ("<a href='tel:+448082080888'>0808 2080 888</a>", "Call 0808 2080 888"),
        ("<a href='tel:999'>the ambulance</a>", "Call 999"),
        ("<a href='mailto:a%40b.org?subject=x'>us</a>", "Email a@b.org"),
        (
            "<a href='https://nice.org.uk/guidance/ta642/'>NICE</a>",
            "Website: nice.org.uk/guidance/ta642",
        ),
        ("<a href='#two'>there</a>", "Go to Questions to ask, page 14"),
        ("<a href='#note'>a note</a>", "Go to a note, page 3"),
    ],
)
def test_a_link_says_what_it_does(link: str, said: str) -> None:
    targets = {"two": LinkTarget("Questions to ask", 14), "note": LinkTarget("", 3)}
    assert describe_link(XML(link), targets, LinkWording()) == said


def test_the_annotation_says_it_in_the_words_it_is_given() -> None:
    target = "<section id=b style='break-before: page'><h2>The next</h2></section>"
    pdf = written(
        f"<p>Go <a href='#b'>on</a></p>{target}",
        wording=LinkWording(inside="Mynd i {title}, tudalen {page}"),
    )
    (annotation,) = tree(pdf).one("Link").annotations
    assert annotation["/Contents"] == "Mynd i The next, tudalen 2"
