"""One element of the content is one element of the structure tree, wherever pages break it."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from booklet.tagging.conformance import write_pdf
from booklet.tagging.marked_content import CannotTag
from tests.tagging.reading import (
    LONG,
    PICTURE,
    SENTENCE,
    artifacts,
    document,
    painted,
    painting_order,
    reading_order,
    tree,
    written,
)


def test_a_paragraph_over_pages_is_one_element_with_all_its_words() -> None:
    paragraph = tree(written(f"<p>{LONG}</p>")).one("P")
    assert len(paragraph.pages) > 2
    assert paragraph.text == LONG


@pytest.mark.parametrize(
    ("body", "counts"),
    [
        (
            "<ul>" + f"<li>{SENTENCE * 3}</li>" * 6 + "</ul>",
            {"L": 1, "LI": 6, "Lbl": 6, "LBody": 6},
        ),
        ("<ol>" + f"<li><p>{SENTENCE * 4}</p></li>" * 4 + "</ol>", {"L": 1, "LI": 4, "P": 4}),
        (
            "<table>"
            + f"<tr><th scope=row>{SENTENCE}</th><td>{SENTENCE}</td></tr>" * 6
            + "</table>",
            {"Table": 1, "TBody": 1, "TR": 6, "TH": 6, "TD": 6},
        ),
        (
            f"<section><h2>Title</h2><p>{LONG}</p><p>{LONG}</p></section>",
            {"Sect": 1, "H2": 1, "P": 2},
        ),
        (f"<article><h3>Card</h3><p>{LONG}</p></article>", {"Art": 1, "H3": 1, "P": 1}),
        (f"<aside class=callout><p>Soon</p><p>{LONG}</p></aside>", {"Callout": 1, "P": 2}),
        (f"<blockquote><p>{LONG}</p></blockquote>", {"BlockQuote": 1, "P": 1}),
        (
            "<dl>" + f"<div><dt>Term</dt><dd>{SENTENCE * 4}</dd></div>" * 5 + "</dl>",
            {"L": 1, "LI": 5, "Lbl": 5, "LBody": 5},
        ),
        (f"<h1>{LONG}</h1>", {"H1": 1}),
        (f"<figure>{PICTURE}<figcaption>{LONG}</figcaption></figure>", {"Figure": 1, "Caption": 1}),
    ],
)
def test_what_a_page_breaks_stays_one_element(body: str, counts: dict[str, int]) -> None:
    root = tree(written(body))
    assert len(root.pages) > 1
    assert {role: len(root.all(role)) for role in counts} == counts


def test_nothing_but_the_content_has_an_element() -> None:
    body = (
        "<section><h2>Why</h2><div><p>One <strong>two</strong> <em>three</em></p></div></section>"
    )
    root = tree(written(body))
    assert [element.role for element in root.walk()] == ["Document", "Sect", "H2", "P"]


def test_loose_text_gets_a_paragraph_for_each_of_its_blocks() -> None:
    root = tree(written("<section><h2>Why</h2><div>One</div><div>Two <b>three</b></div></section>"))
    assert [p.text for p in root.all("P")] == ["One", "Two three"]


def test_two_documents_written_as_one_keep_their_order_and_their_cells() -> None:
    table = "<table><tr><th scope=row>Day</th><td>{}</td></tr></table>"
    first, second = document(f"<h1>One</h1>{table}"), document(f"<h1>Two</h1>{table}")
    pdf = PdfReader(BytesIO(write_pdf(first.copy(first.pages + second.pages))))
    root = tree(pdf)
    assert [heading.text for heading in root.all("H1")] == ["One", "Two"]
    idents = [cell.entries["ID"] for cell in root.all("TH")]
    assert len(set(idents)) == 2


# Words


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (f"{SENTENCE} {SENTENCE}", f"{SENTENCE} {SENTENCE}"),
        ("one<br>two", "one two"),
        ("<b>one</b> <i>two</i>", "one two"),
        ("one<br><b>two</b>", "one two"),
        (
            "<span style='display: block'>one</span><span style='display: block'>two</span>",
            "one two",
        ),
        ("<b>one</b>two", "onetwo"),
        ("(<span style='display: inline-block'>one</span>)", "(one)"),
    ],
)
def test_words_of_two_lines_stay_apart_and_parts_of_a_word_together(body: str, words: str) -> None:
    assert tree(written(f"<p>{body}</p>")).one("P").text == words


@pytest.mark.parametrize(
    "text", ["pre- and post-test", "a long-term plan", "nice.org.<wbr>uk/<wbr>to"]
)
def test_a_line_may_break_anywhere_without_changing_the_words(text: str) -> None:
    style = "@page { size: 60mm 60mm; margin: 5mm } p { width: 1px }"
    assert tree(written(f"<p>{text}</p>", style)).one("P").text == text.replace("<wbr>", "")


def test_generated_words_stay_apart_over_lines() -> None:
    style = "@page { size: 60mm } p { width: 1px } p::after { content: ' on page 14' }"
    assert tree(written("<p>Look</p>", style)).one("P").text == "Look on page 14"


def test_the_case_a_style_prints_in_does_not_lose_the_words() -> None:
    paragraph = tree(written("<p style='text-transform: uppercase'>Straße <b>one</b> two</p>")).one(
        "P"
    )
    assert paragraph.text == "STRASSE ONE TWO"


# Artifacts and order


def test_running_heads_and_page_numbers_are_pagination_artifacts() -> None:
    margins = "@top-left { content: 'Head' } @bottom-center { content: counter(page) }"
    pdf = written("<p>One</p><p style='break-before: page'>Two</p>", f"@page {{ {margins} }}")
    assert artifacts(pdf, "Pagination/Header") == ["Head", "Head"]
    assert artifacts(pdf, "Pagination/Footer") == ["1", "2"]
    assert tree(pdf).text == "OneTwo"


@pytest.mark.parametrize(
    "decoration",
    [
        "<p aria-hidden=true>***</p>",
        "<p style='border: 1px solid; background: #ccc; height: 9px'></p>",
        "<hr>",
        PICTURE.replace('role="img"', 'role="presentation"'),
        f"<div aria-hidden=true>{PICTURE}</div>",
    ],
)
def test_decoration_is_an_artifact(decoration: str) -> None:
    pdf = written(f"<h1>Title</h1>{decoration}")
    assert [element.role for element in tree(pdf).walk()] == ["Document", "H1"]
    assert [piece.mark for piece in painted(pdf.pages[0]) if not piece.artifact] == [0]
    assert artifacts(pdf, "Layout")


def test_everything_is_painted_in_the_order_it_is_read() -> None:
    items = "<li>One</li><li>Two <abbr title='a test'>AT</abbr><ul><li><p>Three</p></li></ul></li>"
    pdf = written(
        f"<h1>Title</h1><ul>{items}</ul><p>And <b>so</b> on</p><ol>{items}</ol><p>End</p>"
    )
    assert reading_order(pdf) == painting_order(pdf)


# Faults


def test_a_picture_without_words_is_reported(caplog: pytest.LogCaptureFixture) -> None:
    written(f"<h1>A</h1>{PICTURE.replace('aria-label', 'data-label')}")
    assert "no alternative text" in caplog.text


def test_a_page_without_a_language_is_reported(caplog: pytest.LogCaptureFixture) -> None:
    write_pdf(document("<h1>A</h1>", lang=""))
    assert 'Missing required "lang"' in caplog.text


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("<p style='opacity: 0.5'>Faint</p>", "opacity"),
        ("<p style='max-lines: 1; width: 1px'>Cut off here</p>", "cut off"),
    ],
)
def test_text_that_cannot_be_tagged_stops_the_writer(body: str, message: str) -> None:
    with pytest.raises(CannotTag, match=message):
        written(body)
