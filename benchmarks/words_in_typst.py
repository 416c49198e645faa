"""The words of a page of HTML as Typst reads them: headings, paragraphs, lists and tables."""

from collections.abc import Iterator
from typing import Any

from weasyprint import HTML

_LEFT_OUT = {"svg", "head", "style", "script"}
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_SETTING = """
#set document(title: {title})
#set text(lang: "en", region: "GB", font: "Atkinson Hyperlegible", size: 12pt)
#set page(width: 148mm, height: 210mm, margin: (top: 11mm, bottom: 14mm, x: 12mm),
  numbering: "1")
#outline()
"""


def in_typst(html: str) -> str:
    """A document of A5 pages with a list of contents; drawings are left out."""
    page = HTML(string=html).etree_element
    return _SETTING.format(title=_quoted(page.findtext(".//title"))) + "".join(_blocks(page))


def _blocks(element: Any) -> Iterator[str]:
    """An element's blocks; text that stands among them becomes paragraphs."""
    yield _paragraph(element.text)
    for child in element:
        if child.tag in _HEADINGS:
            level = _HEADINGS.index(child.tag) + 1
            yield f"\n#heading(level: {level})[#{_quoted(_words(child))}]\n"
        elif child.tag == "table":
            yield _table(child)
        elif child.tag in ("ul", "ol"):
            items = ", ".join(f"[{''.join(_blocks(item))}]" for item in child.iter("li"))
            yield f"\n#{'list' if child.tag == 'ul' else 'enum'}({items})\n"
        elif child.tag in ("p", "dt", "dd", "caption", "figcaption"):
            yield _paragraph(_words(child))
        elif str(child.tag).rpartition("}")[2] not in _LEFT_OUT:  # drawings have a namespace
            yield from _blocks(child)
        yield _paragraph(child.tail)


def _table(table: Any) -> str:
    rows = [[_words(cell) for cell in row if cell.tag in ("th", "td")] for row in table.iter("tr")]
    columns = max(map(len, rows))
    head, *rest = ([f"[#{_quoted(each)}]" for each in row] for row in rows)
    cells = ", ".join((f"table.header({', '.join(head)})", *(each for row in rest for each in row)))
    return f"\n#table(columns: {columns}, {cells})\n"


def _paragraph(words: str | None) -> str:
    return f"\n#{_quoted(words)}\n\n" if words and words.strip() else ""


def _words(element: Any) -> str:
    return "".join(element.itertext())


def _quoted(words: str | None) -> str:
    plain = " ".join((words or "").split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{plain}"'
