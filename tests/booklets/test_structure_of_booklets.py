"""The structure tree of every finished booklet is that of its HTML, in all its editions."""

import re
from collections import Counter
from functools import cache
from pathlib import Path

import outloud
import pytest
import tinyhtml5

from booklet.content.labels import Labels
from booklet.html.render import render
from tests.booklets.facts import manuscript, reader, size_of
from tests.conftest import NAMES
from tests.tagging.reading import Element, painting_order, reading_order, tree

pytestmark = pytest.mark.slow
XHTML = "{http://www.w3.org/1999/xhtml}"
COUNTED = {
    "h1": "H1", "h2": "H2", "h3": "H3", "article": "Art", "table": "Table", "caption": "Caption",
    "tr": "TR", "th": "TH", "td": "TD", "ul": "L", "dl": "L", "ol": "L", "li": "LI", "dt": "LI",
    "svg": "Figure", "figcaption": "Caption", "a": "Link", "section": "Sect", "nav": "Sect",
}  # fmt: skip


@cache
def content(name: str) -> object:
    """The HTML of an edition as a tree, the unused pages for notes taken out."""
    html = render(manuscript(name), size_of(name))
    return tinyhtml5.parse(
        re.sub(r'<div class="filler-page".*?</div>\s*</div>', "", html, flags=re.S)
    )


def finished(path: Path) -> Element:
    return tree(reader(path))


def squeezed(text: str) -> str:
    return re.sub(r"\s|\u200b", "", text)


@pytest.mark.parametrize("name", NAMES)
def test_every_element_of_the_content_is_one_structure_element(
    name: str, booklets: dict[str, Path]
) -> None:
    elements = [
        str(element.tag).split("}")[-1]
        for element in content(name).iter()  # type: ignore[attr-defined]
        if element.get("aria-hidden") != "true"  # a sign that repeats a word
    ]
    wanted = Counter(COUNTED[tag] for tag in elements if tag in COUNTED)
    (contents,) = finished(booklets[name]).all("TOC")
    entries = len(contents.all("TOCI"))
    wanted["L"] -= 1
    wanted["LI"] -= entries
    found = Counter(element.role for element in finished(booklets[name]).walk())
    assert {role: found[role] for role in wanted} == dict(wanted)
    assert entries == len(manuscript(name).sections)


@pytest.mark.parametrize("name", NAMES)
def test_every_paragraph_and_heading_is_whole(name: str, booklets: dict[str, Path]) -> None:
    root = finished(booklets[name])
    for tag, role in (("p", "P"), ("h2", "H2"), ("h3", "H3")):
        elements = content(name).iter(f"{XHTML}{tag}")  # type: ignore[attr-defined]
        wanted = [squeezed("".join(element.itertext())) for element in elements]
        found = [squeezed(re.sub(r" \(page \d+\)", "", part.text)) for part in root.all(role)]
        leaves = [text for text in found if text == "Yournotes"]
        rest = [text for text in found if text != "Yournotes"]
        assert rest == [text for text in wanted if text not in ("", "Yournotes")]
        assert len(leaves) <= 3
    crossing = [part for part in root.walk() if part.role in ("Art", "L") and len(part.pages) > 1]
    assert crossing, "nothing crosses a page: this test would not see anything cut"


@pytest.mark.parametrize("name", NAMES)
def test_pages_are_painted_in_the_order_they_are_read(name: str, booklets: dict[str, Path]) -> None:
    pdf = reader(booklets[name])
    assert painting_order(pdf) == reading_order(pdf)


@pytest.mark.parametrize("name", NAMES)
def test_outloud_finds_no_error_and_no_warning(name: str, booklets: dict[str, Path]) -> None:
    result = outloud.check(str(booklets[name]))
    # It takes a link for content behind its paragraph, and so a page of three lines with two links
    # for one out of order; the order itself is asked by `painting_order` above.
    findings = [each for each in result.findings if each.rule != "ORD-001"]
    # A label of the cards that stands at the top of three pages is no running head.
    labels = card_labels(manuscript(name).labels)
    findings = [
        each
        for each in findings
        if each.rule != "PAG-001" or not set(each.evidence.split("; ")) <= labels
    ]
    assert [str(finding) for finding in findings] == []


def card_labels(labels: Labels) -> set[str]:
    """What is printed before the answers of every treatment."""
    answers = ("what", "given", "where", "why", "risks", "limits")
    asks = {labels.treatment_ask.words(count) for count in (1, 2)}
    return {getattr(labels, f"treatment_{each}") for each in answers} | asks
