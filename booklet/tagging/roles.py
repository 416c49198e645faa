"""The role of each element in the structure tree, and what is said of it beside its words.

The roles are those of ISO 32000-1, 14.8.4. A `Sect` holds a section or a contents list with its
heading, an `Art` an article; headers and footers of the content are a `Div`. Wrappers mean nothing
and get no element.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count, product
from typing import NamedTuple
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from booklet.tagging.source_text import plain_text

#: Attributes in the words of PDF: names with their slash, whole numbers, and tuples of text.
Attributes = Mapping[str, str | int | tuple[str, ...]]

#: Roles of our own and the standard role each stands for. Both are a `Sect`: a part with a title,
#: which `Div` would not say. They have a name of their own because PDF 1.7 has no aside.
ROLE_MAP = {"Aside": "Sect", "Callout": "Sect"}

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_ROLES = {
    # PDF has most names from HTML.
    **{tag: tag.upper() for tag in (*_HEADINGS, "p", "td", "th", "tr")},
    **{tag: tag.title() for tag in ("aside", "caption", "code", "table")},
    **{"tbody": "TBody", "tfoot": "TFoot", "thead": "THead"},
    **{"blockquote": "BlockQuote", "figcaption": "Caption", "q": "Quote"},
    **{"article": "Art", "nav": "Sect", "section": "Sect", "footer": "Div", "header": "Div"},
    # Terms are labels of a list, and their meanings the items.
    **{"dl": "L", "dt": "Lbl", "dd": "LBody"},
}
#: Roles that stand in a line of text.
INLINE = {"Span", "Link", "Reference", "Quote", "Code"}
#: Roles whose loose text needs a paragraph of its own around it.
FLOW = {"Document", "Sect", "Art", "Div", "BlockQuote", "TOCI", *ROLE_MAP}
#: Tags that mean nothing, unless they say a language.
WRAPPERS = {"address", "body", "div", "main"}
#: Roles that a table cannot do without, even where they hold nothing.
KEPT_EMPTY = {"TD", "TH", "TR"}
#: `ListNumbering` in ISO 32000-1, table 347: the names of CSS in capitals, `latin` as `Alpha`.
_NUMBERINGS = {
    *("Disc", "Circle", "Square", "Decimal"),
    *("UpperRoman", "LowerRoman", "UpperAlpha", "LowerAlpha"),
}
_SCOPES = {"col": "Column", "colgroup": "Column", "row": "Row", "rowgroup": "Row"}


def role_of(element: Element) -> str | None:
    """The role of an element, None where it means nothing of its own."""
    if element.tag == "aside" and "callout" in element.get("class", "").split():
        return "Callout"
    said = element.get("lang") or (element.tag == "abbr" and element.get("title"))
    if said and element.tag not in ("html", "body"):
        return _ROLES.get(element.tag, "Div" if element.tag in WRAPPERS else "Span")
    return _ROLES.get(element.tag)


def list_numbering(element: Element, style: object) -> str:
    """The `ListNumbering` of a labelled list; `style` is its computed `list-style-type`.

    >>> from xml.etree.ElementTree import XML
    >>> list_numbering(XML("<ul/>"), "square"), list_numbering(XML("<ol/>"), "lower-latin")
    ('Square', 'LowerAlpha')
    >>> list_numbering(XML("<ol/>"), "none")
    'Decimal'
    """
    name = str(style).replace("latin", "alpha").title().replace("-", "")
    unknown = "Decimal" if element.tag == "ol" else "Disc"
    return name if name in _NUMBERINGS else unknown


# Tables


class _TableCell(NamedTuple):
    """A cell on the grid that HTML lays a table on: the rows and columns it covers, from 0.

    `scope` is what a header speaks for, `Column` or `Row` (ISO 32000-1, table 349); empty for data.
    """

    element: Element
    rows: range
    columns: range
    scope: str


def _read_table(table: Element) -> tuple[_TableCell, ...]:
    """The cells of a table in reading order.

    >>> from xml.etree.ElementTree import XML
    >>> rows = '<tr><th>Day</th><th>Pills</th></tr><tr><th>1</th><td>2</td></tr>'
    >>> table = XML(f'<table>{rows}</table>')
    >>> [(cell.rows[0], cell.columns[0], cell.scope) for cell in _read_table(table)]
    [(0, 0, 'Column'), (0, 1, 'Column'), (1, 0, 'Row'), (1, 1, '')]
    """
    taken: set[tuple[int, int]] = set()
    cells: list[_TableCell] = []
    for row, of_row in enumerate(table.iter("tr")):
        for element in of_row:
            if element.tag in ("th", "td"):
                column = next(each for each in count() if (row, each) not in taken)
                rows = range(row, row + int(element.get("rowspan", 1)))
                columns = range(column, column + int(element.get("colspan", 1)))
                taken.update(product(rows, columns))
                cells.append(_TableCell(element, rows, columns, _scope(element, of_row)))
    return tuple(cells)


def _scope(element: Element, row: Element) -> str:
    """What a header cell speaks for; where it does not say so, its row if that has data."""
    if element.tag == "td":
        return ""
    heads_a_row = row.find("td") is not None
    return _SCOPES.get(element.get("scope", ""), "Row" if heads_a_row else "Column")


def cell_attributes(
    table: Element, names: Mapping[Element, str]
) -> Iterator[tuple[Element, Attributes]]:
    """What PDF says about each cell (ISO 32000-1, table 349), headers by their names.

    The headers of a data cell are those of its rows, then those of its columns.
    """
    cells = _read_table(table)
    of_rows = [cell for cell in cells if cell.scope == "Row"]
    of_columns = [cell for cell in cells if cell.scope == "Column"]
    for cell in cells:
        headers = [each for each in of_rows if _overlap(each.rows, cell.rows)]
        headers += [each for each in of_columns if _overlap(each.columns, cell.columns)]
        said = {
            "Scope": f"/{cell.scope}" if cell.scope else None,
            "Headers": tuple(names[each.element] for each in headers if not cell.scope) or None,
            "RowSpan": len(cell.rows) if len(cell.rows) > 1 else None,
            "ColSpan": len(cell.columns) if len(cell.columns) > 1 else None,
        }
        known = {key: value for key, value in said.items() if value is not None}
        yield cell.element, {"O": "/Table", **known}


def _overlap(one: range, other: range) -> bool:
    return one.start < other.stop and other.start < one.stop


# Links


@dataclass(frozen=True, slots=True)
class LinkWording:
    """The words of a link's description, to be filled in; one wording for a language.

    ISO 14289-1, 7.18.5: a link annotation has a description in `Contents`.
    """

    #: Of a telephone number.
    call: str = "Call {number}"
    #: Of an email address.
    email: str = "Email {address}"
    #: Of a place in the document.
    inside: str = "Go to {title}, page {page}"
    #: Of a web address.
    outside: str = "Website: {address}"


class LinkTarget(NamedTuple):
    """A place in the document: the heading there, which may be empty, and the printed page."""

    title: str
    page: int


def describe_link(link: Element, targets: Mapping[str, LinkTarget], wording: LinkWording) -> str:
    """What following the link does, as a person would say it.

    >>> from xml.etree.ElementTree import XML
    >>> describe_link(XML('<a href="tel:08082080888">0808 2080 888</a>'), {}, LinkWording())
    'Call 0808 2080 888'
    >>> describe_link(XML('<a href="https://nice.org.uk/ta642/">NICE</a>'), {}, LinkWording())
    'Website: nice.org.uk/ta642'
    """
    href = link.get("href", "")
    scheme, _, rest = href.partition(":")
    if href.startswith("#"):
        target = targets.get(unquote(href[1:]))
        if target is None:
            return plain_text(link)
        title = target.title or plain_text(link)
        return wording.inside.format(title=title, page=target.page)
    if scheme == "tel":
        return wording.call.format(number=_spoken_number(link, rest))
    if scheme == "mailto":
        return wording.email.format(address=unquote(rest.partition("?")[0]))
    return wording.outside.format(address=rest.removeprefix("//").rstrip("/"))


def title_of(element: Element) -> str:
    """The heading of a part of the document: its own words, or those of its first heading.

    >>> from xml.etree.ElementTree import XML
    >>> title_of(XML('<section><p>First</p><h2>Questions to ask</h2></section>'))
    'Questions to ask'
    """
    heading = next((inner for inner in element.iter() if inner.tag in _HEADINGS), None)
    return "" if heading is None else plain_text(heading)


def _spoken_number(link: Element, dialled: str) -> str:
    """The number as it is printed, where that is the number that is dialled."""
    printed = plain_text(link)
    digits = "".join(filter(str.isdigit, printed))
    return printed if digits and dialled.endswith(digits.removeprefix("0")) else dialled
