"""Whatever the content and wherever it breaks, its elements and its words are all there."""

from collections import Counter
from xml.etree.ElementTree import XML

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.tagging.reading import (
    tree,
    written,
)

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
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
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
