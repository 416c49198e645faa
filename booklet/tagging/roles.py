"""What each element of the content is called in the structure tree (ISO 32000-1, 14.8.4).

A `Sect` holds a section or a contents list with its heading, an `Art` an article; headers and
footers of the content are a `Div`. Wrappers mean nothing and get no element.
"""

from xml.etree.ElementTree import Element

#: Roles of our own and the standard role each stands for. Both are a `Sect`: a part with a title,
#: which `Div` would not say. They have a name of their own because PDF 1.7 has no aside.
ROLE_MAP = {"Aside": "Sect", "Callout": "Sect"}

_ROLES = {
    "article": "Art",
    "aside": "Aside",
    "blockquote": "BlockQuote",
    "caption": "Caption",
    "code": "Code",
    "dl": "L",
    "dt": "Lbl",
    "dd": "LBody",
    "figcaption": "Caption",
    "footer": "Div",
    "header": "Div",
    "nav": "Sect",
    "p": "P",
    "q": "Quote",
    "section": "Sect",
    "table": "Table",
    "tbody": "TBody",
    "td": "TD",
    "tfoot": "TFoot",
    "th": "TH",
    "thead": "THead",
    "tr": "TR",
    **{f"h{level}": f"H{level}" for level in range(1, 7)},
}
INLINE = {"Span", "Link", "Reference", "Quote", "Code"}
#: Roles whose loose text needs a paragraph of its own around it.
FLOW = {"Document", "Sect", "Art", "Div", "BlockQuote", "TOCI", *ROLE_MAP}
WRAPPERS = {"address", "body", "div", "main"}
KEPT_EMPTY = {"TD", "TH", "TR"}
_NUMBERING = {
    "circle": "Circle",
    "decimal": "Decimal",
    "disc": "Disc",
    "lower-alpha": "LowerAlpha",
    "lower-latin": "LowerAlpha",
    "lower-roman": "LowerRoman",
    "square": "Square",
    "upper-alpha": "UpperAlpha",
    "upper-latin": "UpperAlpha",
    "upper-roman": "UpperRoman",
}


def role_of(element: Element) -> str | None:
    """The role of an element, None where it means nothing of its own."""
    if element.tag == "aside" and "callout" in element.get("class", "").split():
        return "Callout"
    said = element.get("lang") or (element.tag == "abbr" and element.get("title"))
    if said and element.tag not in ("html", "body"):
        return _ROLES.get(element.tag, "Div" if element.tag in WRAPPERS else "Span")
    return _ROLES.get(element.tag)


def numbering_of(element: Element, style: object) -> str:
    """The `ListNumbering` of a labelled list, in the words of ISO 32000-1, table 347.

    `style` is the list's computed `list-style-type`.

    >>> from xml.etree.ElementTree import XML
    >>> numbering_of(XML("<ul/>"), "square"), numbering_of(XML("<ol/>"), "none")
    ('Square', 'Decimal')
    """
    unknown = "Decimal" if element.tag == "ol" else "Disc"
    return _NUMBERING.get(style, unknown) if isinstance(style, str) else unknown
