"""One section set before the rest: how it looks, and when only the whole can tell."""

import pickle
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
import weasyprint

from booklet.pdf.pictures import PagePictures
from booklet.tagging.section_first import (
    SectionPages,
    Standing,
    section_pages,
    sources,
    standing,
    without_structure,
)
from booklet.tagging.typeset import parsed, typeset
from booklet.tagging.weasyprint_patches import page_starts_noted

STYLES = """
  @font-face { font-family: Letters; src: url(fonts/Regular.ttf) }
  html { font-family: Letters }
  @page { size: 90mm 60mm; margin: 8mm; @bottom-left { content: string(section, start) }
    @bottom-right { content: string(word) " " counter(page) } }
  @page :left { margin-left: 20mm }
  .cover { break-after: page; string-set: word "Page" }
  .section__title { string-set: section attr(data-running-head) }
  .section { margin-top: 9mm } #third { break-before: page } p { orphans: 1; widows: 1 }
  .xref::after { content: " " attr(data-before) target-counter(attr(href), page) attr(data-after);
    white-space: nowrap }
"""
NAMES = ("first", "second", "third", "fourth")
MORE = f"<p>More than there was. {'And more. ' * 60}</p>"


def booklet(names: tuple[str, ...] = NAMES, **added: str) -> str:
    """Sections of some paragraphs, each with a link to the last, and what is added to them."""
    sections = "".join(
        f'<section class="section" id="{name}"><h2 class="section__title"'
        f' data-running-head="The {name}">The {name}</h2><p>To the'
        ' <a class="xref" href="#fourth" data-before="(page " data-after=")">last</a></p>'
        f"<p>{f'The {name} goes on. ' * 20}</p>{added.get(name, '')}</section>"
        for name in names
    )
    return (
        f'<!doctype html><html lang="en"><head><title>T</title><style>{STYLES}</style></head><body>'
        f'<header class="cover">Cover</header><main><nav class="contents">Contents'
        f"{added.get('contents', '')}</nav>{sections}</main><footer>Back</footer></body></html>"
    )


def whole(html: str) -> tuple[weasyprint.Document, Standing]:
    with page_starts_noted() as starts:
        document = typeset(html, (), Path("source"))
    stands = standing(document, starts, sources(parsed(html, ())))
    assert pickle.loads(pickle.dumps(stands)) == stands  # it goes to another process and back
    return document, stands


@pytest.fixture(scope="module")
def before() -> Standing:
    return whole(booklet())[1]


def section(html: str, before: Standing, *looked: int) -> SectionPages | None:
    page = parsed(html, ())
    return section_pages(page, sources(page), before, looked)


def pictures(document: weasyprint.Document) -> list[bytes]:
    drawn = PagePictures(without_structure(document))
    return [drawn.png(number + 1, 300) for number in range(len(document.pages))]


@pytest.mark.parametrize(
    ("names", "begin", "others"),
    [
        (("first",), "first", False),
        (("third",), "third", False),
        (("fourth", "third"), "third", True),
        # A page of the second starts inside of the first, at a place that may be gone.
        (("first", "second"), "first", False),
    ],
)
def test_a_section_looked_at_that_grows_looks_as_it_will_in_the_whole(
    names: tuple[str, ...], begin: str, others: bool, before: Standing
) -> None:
    changed = booklet(**dict.fromkeys(names, "<p>One more line.</p>"))
    document, after = whole(changed)
    at = NAMES.index(names[-1]) + 1
    last = before.pages[at][1]
    pages = section(changed, replace(before, numbers=after.numbers), last)
    assert pages
    first = before.pages[NAMES.index(begin) + 1][0]
    assert (pages.first, pages.first + pages.replaced - 1) == (first, last)
    assert pages.others == others
    assert len(pages.document.pages) == 1 + after.pages[at][1] - pages.first
    seen = pictures(document)[pages.first - 1 :][: len(pages.document.pages)]
    assert pictures(pages.document) == seen
    assert len(set(seen)) == len(seen) > 1


def test_what_has_changed_on_the_pages_in_sight_comes_before_the_first_section(
    before: Standing,
) -> None:
    changed = booklet(contents=" of all", second=MORE, fourth=MORE)
    firsts = [on for on, _ in before.pages]
    for looked, part in (
        ((), 2),
        ((firsts[0],), 0),  # the contents list
        ((before.pages[4][1],), 4),
        ((firsts[3], before.pages[4][1]), 4),  # the third, of which more is seen, has not changed
        ((firsts[3],), 2),
    ):
        pages = section(changed, before, *looked)
        assert pages
        assert (pages.first, pages.others) == (firsts[part], True), looked


def test_a_code_of_all_words_alone_is_no_change_and_the_covers_are_some() -> None:
    coded = booklet(fourth="<p>Code 7K2M</p>"), booklet(fourth="<p>Code 9QXA</p>")
    page, other = (parsed(html, ()) for html in coded)
    assert sources(page, "7K2M") == sources(other, "9QXA")
    assert sources(page) != sources(other)
    cover = parsed(coded[0].replace("Cover", "Another"), ())
    assert sources(cover).parts == sources(page).parts
    assert sources(cover).covers != sources(page).covers


def test_numbers_in_links_are_those_of_the_pages_before(before: Standing) -> None:
    pages = section(booklet(second=MORE), before)
    assert pages
    assert len(pages.document.pages) > pages.replaced
    known = replace(before, numbers={"fourth": 77})
    other = section(booklet(second=MORE), known)
    assert other
    assert pictures(pages.document) != pictures(other.document)


@pytest.mark.parametrize(
    ("html", "why"),
    [
        (booklet(), "nothing has changed"),
        (booklet(contents=" of all"), "no section has changed"),
        (booklet((*NAMES, "fifth")), "there is one section more"),
        (booklet(NAMES[1:]), "there is one section less"),
    ],
    ids=lambda given: given if " " in given and "<" not in given else "",
)
def test_only_the_whole_can_tell_where(html: str, why: str, before: Standing) -> None:
    assert section(html, before) is None


def test_what_a_process_has_drawn_before_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    page = parsed(booklet(third="<svg><path d='M0 0'/></svg>"), ())
    before = sources(page)
    monkeypatch.setattr(ElementTree, "_namespace_map", {"http://www.w3.org/2000/svg": "drawn"})
    assert sources(page) == before


def test_where_a_page_starts_inside_of_the_contents_list_that_is_set_too_if_it_changed() -> None:
    long = "<p>Entry</p>" * 20
    stands = whole(booklet(contents=long))[1]
    assert len(stands.starts[stands.pages[1][0] - 1].path) > 3
    for contents, part in ((long, 1), ("", 0)):
        pages = section(booklet(contents=contents, first=MORE), stands)
        assert pages
        assert (pages.first, pages.others) == (stands.pages[part][0], False)
