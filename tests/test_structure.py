"""One element of the content is one element of the structure tree, wherever pages break it."""

import inspect
from collections import Counter
from io import BytesIO
from xml.etree.ElementTree import XML

import pydyf
import pytest
import weasyprint
import weasyprint.pdf
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from weasyprint.formatting_structure import boxes
from weasyprint.pdf.stream import Stream

from booklet.page.archive import write_pdf
from booklet.page.structure import CannotTag, LinkWording, structured
from booklet.page.structure_links import Target, describe
from tests.reading import (
    SMALL_PAGES,
    document,
    painted,
    painting_order,
    reading_order,
    tree,
    written,
)

SENTENCE = "The words of this sentence are there to fill a line and then some more."
LONG = " ".join(f"word{number}" for number in range(150))
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="A drop of blood"'
    ' width="80" height="40" viewBox="0 0 8 4"><circle cx="2" cy="2" r="2"/></svg>'
)


def artifacts(pdf: PdfReader, kind: str) -> list[str]:
    return [piece.text for page in pdf.pages for piece in painted(page) if piece.artifact == kind]


# Elements that pages break


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


# Roles


def test_a_contents_list_is_a_list_of_entries_that_each_hold_one_link() -> None:
    style = (
        SMALL_PAGES + "a::after { content: leader(dotted) ' ' target-counter(attr(href), page) }"
    )
    body = (
        "<nav class=contents><h2>Inside</h2><ol style='list-style: none'>"
        "<li><a href='#one'>First <strong>part</strong></a></li></ol></nav>"
        "<section id=one style='break-before: page'><h2>First part</h2></section>"
    )
    contents = tree(written(body, style)).one("TOC")
    assert [element.role for element in contents.walk()] == ["TOC", "TOCI", "Reference", "Link"]
    assert contents.text == "First part 2"
    assert len(contents.one("Link").annotations) == 1


@pytest.mark.parametrize(
    ("tag", "style", "numbering", "label"),
    [
        ("ul", "disc", "/Disc", "•"),
        ("ul", "'- '", "/Disc", "-"),
        ("ol", "decimal", "/Decimal", "1."),
        ("ol", "lower-alpha", "/LowerAlpha", "a."),
        ("ul", "none", "/None", None),
    ],
)
def test_a_list_says_how_it_is_labelled(
    tag: str, style: str, numbering: str, label: str | None
) -> None:
    root = tree(written(f'<{tag} style="list-style-type: {style}"><li>Rest</li></{tag}>'))
    assert root.one("L").entries["A"] == {"/O": "/List", "/ListNumbering": numbering}
    assert [each.text.strip() for each in root.all("Lbl")] == [label] * (label is not None)
    assert root.one("LBody").text == "Rest"


def test_a_list_in_a_list_stands_in_the_body_of_its_item() -> None:
    outer = tree(written("<ul><li>One<ul><li>Two</li></ul></li></ul>")).all("L")[0]
    assert outer.elements[0].roles == ("Lbl", "LBody")
    assert outer.elements[0].elements[1].roles == ("L",)


@pytest.mark.parametrize("wrapper", ["div", None])
def test_terms_and_their_meanings_keep_together(wrapper: str | None) -> None:
    opening, closing = (f"<{wrapper}>", f"</{wrapper}>") if wrapper else ("", "")
    entry = f"{opening}<dt>{{}}</dt><dd>{{}}</dd>{closing}"
    body = (
        f"<dl>{entry.format('Blast', 'A young cell')}{entry.format('Graft', 'A transplant')}</dl>"
    )
    items = tree(written(body)).one("L").elements
    assert [item.roles for item in items] == [("Lbl", "LBody")] * 2
    assert [item.elements[0].text for item in items] == ["Blast", "Graft"]


def test_a_table_says_which_headers_speak_for_which_cell() -> None:
    body = (
        "<table><caption>Pills</caption><thead><tr><th>Day</th>"
        "<th colspan=2>Pills</th></tr></thead>"
        "<tbody><tr><th rowspan=2>1</th><td>2</td><td>3</td></tr>"
        "<tr><td>4</td><td>5</td></tr></tbody></table>"
    )
    pdf = written(body)
    table = tree(pdf).one("Table")
    assert table.roles == ("Caption", "THead", "TBody")
    scopes = [(cell.text, cell.entries["A"]["/Scope"]) for cell in table.all("TH")]
    assert scopes == [("Day", "/Column"), ("Pills", "/Column"), ("1", "/Row")]
    named = {cell.entries["ID"]: cell.text for cell in table.all("TH")}
    heard = {
        cell.text: [named[name] for name in cell.entries["A"]["/Headers"]]
        for cell in table.all("TD")
    }
    assert heard == {text: ["1", "Pills"] for text in "2345"}
    names = pdf.root_object["/StructTreeRoot"]["/IDTree"]["/Names"]
    assert sorted(names[::2]) == names[::2] == sorted(named)


def test_a_table_head_is_read_once_however_often_it_is_printed() -> None:
    rows = f"<tr><th scope=row>{SENTENCE}</th><td>No</td></tr>" * 6
    pdf = written(f"<table><thead><tr><th>Head</th><th>Side</th></tr></thead>{rows}</table>")
    assert len(pdf.pages) > 2
    assert [cell.text for cell in tree(pdf).one("THead").all("TH")] == ["Head", "Side"]
    assert artifacts(pdf, "Pagination") == ["Head", "Side"] * (len(pdf.pages) - 1)


def test_a_figure_has_its_picture_its_box_and_its_caption_beside_it() -> None:
    pdf = written(f"<figure>{PICTURE}<figcaption>A drop, drawn large</figcaption></figure>")
    group = tree(pdf).one("Div")
    assert group.roles == ("Figure", "Caption")
    figure = group.one("Figure")
    assert figure.entries["Alt"] == "A drop of blood"
    assert figure.entries["A"]["/O"] == "/Layout"
    left, bottom, right, top = map(float, figure.entries["A"]["/BBox"])
    assert (right - left, top - bottom) == pytest.approx((60, 30))
    assert 0 < left < right < 255 > 170 > top > bottom > 0


def test_the_box_of_a_picture_is_where_the_picture_is() -> None:
    style = (
        "@page { size: 100pt 200pt; margin: 0 } svg { position: absolute; left: 10pt; top: 30pt }"
    )
    figure = tree(written(f"<h1>A</h1>{PICTURE}", style)).one("Figure")
    assert list(map(float, figure.entries["A"]["/BBox"])) == pytest.approx([10, 140, 70, 170])


def test_a_callout_has_a_role_of_its_own_that_every_reader_knows() -> None:
    pdf = written(
        "<aside class='callout callout--soon'><p>Soon</p></aside><aside><p>By the way</p></aside>"
    )
    assert tree(pdf).roles == ("Callout", "Aside")
    assert pdf.root_object["/StructTreeRoot"]["/RoleMap"] == {
        "/Callout": "/Sect",
        "/Aside": "/Sect",
    }


def test_an_abbreviation_says_what_it_stands_for_and_a_phrase_its_language() -> None:
    root = tree(
        written("<p>An <abbr title='sort of test'>SOT</abbr> is <span lang=cy>da</span>.</p>")
    )
    abbreviation, phrase = root.one("P").elements
    assert (abbreviation.role, abbreviation.text, abbreviation.entries["E"]) == (
        "Span",
        "SOT",
        "sort of test",
    )
    assert (phrase.role, phrase.text, phrase.entries["Lang"]) == ("Span", "da", "cy")


def test_a_block_in_another_language_says_so_itself() -> None:
    root = tree(written("<p lang=cy>Bore da</p><div lang=pl><p>Tak</p></div>"))
    assert [(e.role, e.entries.get("Lang")) for e in root.elements] == [("P", "cy"), ("Div", "pl")]


# Links


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
    targets = {"two": Target("Questions to ask", 14), "note": Target("", 3)}
    assert describe(XML(link), targets, LinkWording()) == said


def test_the_annotation_says_it_in_the_words_it_is_given() -> None:
    target = "<section id=b style='break-before: page'><h2>The next</h2></section>"
    pdf = written(
        f"<p>Go <a href='#b'>on</a></p>{target}",
        wording=LinkWording(inside="Mynd i {title}, tudalen {page}"),
    )
    (annotation,) = tree(pdf).one("Link").annotations
    assert annotation["/Contents"] == "Mynd i The next, tudalen 2"


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


# WeasyPrint's insides


def test_another_major_version_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = document("<p>One</p>")
    monkeypatch.setattr(weasyprint, "VERSION", "71.0")
    with pytest.raises(CannotTag, match=r"71\.0"):
        write_pdf(pages)


def test_weasyprint_is_as_it_was_afterwards() -> None:
    pages = document(f"<ul><li>{LONG}</li></ul><p><a href='https://example.org'>x</a></p>")
    before = pages.write_pdf(pdf_variant="pdf/ua-1")
    write_pdf(pages)
    with structured(pages, LinkWording()):
        assert weasyprint.pdf.Stream is not Stream
    with pytest.raises(CannotTag):
        written("<p style='opacity: 0.5'>Faint</p>")
    assert weasyprint.pdf.Stream is Stream
    assert pages.write_pdf(pdf_variant="pdf/ua-1") == before


def test_the_names_this_replaces_are_still_what_weasyprint_calls() -> None:
    assert list(inspect.signature(weasyprint.pdf.add_tags).parameters) == [
        "pdf",
        "document",
        "pdf_version",
        "page_streams",
    ]
    source = inspect.getsource(weasyprint.pdf.generate_pdf)
    assert "add_tags(pdf, document, options['pdf_version'], page_streams)" in source
    assert "stream = Stream(" in source
    assert list(inspect.signature(Stream.marked).parameters) == ["self", "box", "tag"]
    assert "tags" in inspect.getsource(Stream.clone)


def test_boxes_still_carry_what_this_reads() -> None:
    body = "<ul><li>One <a href='https://example.org'>two</a></li></ul><table><thead><tr><td>x"
    page = document(body).pages[0]
    found = list(page._page_box.descendants(placeholders=True))
    found += [inner for box in found if box.is_outside_marker for inner in box.descendants()]
    texts = [box for box in found if isinstance(box, boxes.TextBox)]
    assert {box.element_tag for box in texts} == {"li", "li::marker", "a", "td"}
    assert all(box.element.tag == box.element_tag.partition("::")[0] for box in texts)
    assert all(box.pango_layout.text.rstrip() == box.text.rstrip() for box in texts)
    assert [box.element_tag for box in found if box.link] == ["a"]
    assert [box.element_tag for box in found if getattr(box, "is_header", False)] == ["thead"]
    assert any(box.is_outside_marker and box.element_tag == "li::marker" for box in found)
    ((kind, target, rectangle, box),) = page.links
    assert (kind, target, len(rectangle), box.element_tag) == (
        "external",
        "https://example.org",
        4,
        "a",
    )


# Everything at once

WORD = st.text("abcdefg", min_size=1, max_size=9)
TEXT = st.lists(WORD, min_size=1, max_size=40).map(" ".join)
INLINE = st.lists(
    st.one_of(
        TEXT,
        TEXT.map("<b>{}</b>".format),
        TEXT.map("<abbr title='long form'>{}</abbr>".format),
        TEXT.map("<a href='https://example.org/'>{}</a>".format),
        TEXT.map("<span lang='cy'>{}</span>".format),
    ),
    min_size=1,
    max_size=4,
).map(" ".join)
ITEMS = st.lists(INLINE, min_size=1, max_size=5)
BLOCK = st.one_of(
    INLINE.map("<p>{}</p>".format),
    TEXT.map("<h2>{}</h2>".format),
    ITEMS.map(lambda items: f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"),
    ITEMS.map(lambda items: f"<ol>{''.join(f'<li><p>{item}</p></li>' for item in items)}</ol>"),
    ITEMS.map(
        lambda items: f"<dl>{''.join(f'<dt>term</dt><dd>{item}</dd>' for item in items)}</dl>"
    ),
    ITEMS.map(
        lambda items: (
            "<table><caption>rows</caption><thead><tr><th>one</th><th>two</th></tr></thead><tbody>"
            + "".join(f"<tr><th>x</th><td>{item}</td></tr>" for item in items)
            + "</tbody></table>"
        )
    ),
    INLINE.map("<aside class='callout'><p>{}</p></aside>".format),
    INLINE.map("<article><h3>card</h3><p>{}</p></article>".format),
)
ROLES = {
    "p": "P",
    "h2": "H2",
    "h3": "H3",
    "ul": "L",
    "ol": "L",
    "dl": "L",
    "dt": "Lbl",
    "li": "LBody",
    "dd": "LBody",
    "table": "Table",
    "caption": "Caption",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
    "aside": "Callout",
    "article": "Art",
    "section": "Sect",
    "abbr": "Span",
    "span": "Span",
    "a": "Link",
    "thead": "THead",
    "tbody": "TBody",
}


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(blocks=st.lists(BLOCK, min_size=1, max_size=6))
def test_any_content_keeps_its_elements_and_its_words(blocks: list[str]) -> None:
    body = f"<section>{''.join(blocks)}</section>"
    style = "@page { size: 70mm 45mm; margin: 5mm } li { list-style: none }"
    root = tree(written(body, style))
    source = XML(body)
    wanted = Counter(ROLES[each.tag] for each in source.iter() if each.tag in ROLES)
    found = Counter(each.role for each in root.walk() if each.role in set(ROLES.values()))
    assert found == wanted
    for tag, role in (("p", "P"), ("td", "TD"), ("caption", "Caption"), ("h2", "H2")):
        texts = [" ".join("".join(each.itertext()).split()) for each in source.iter(tag)]
        assert [each.text for each in root.all(role)] == texts
    whole = "".join("".join(source.itertext()).split())
    assert "".join(root.text.split()) == whole
