"""Every element of the content has the role that says what it is."""

import pytest

from tests.tagging.reading import (
    PICTURE,
    SENTENCE,
    SMALL_PAGES,
    artifacts,
    tree,
    written,
)


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
