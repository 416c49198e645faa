"""A page of plain words as a tagged PDF, from a template with `$names` and the house typeface.

Only these pages are typeset here; booklets are set by `booklet.html` and `booklet.tagging`.
"""

from collections.abc import Mapping
from html import escape
from pathlib import Path
from string import Template

from booklet.pdf.opening import heard
from booklet.print.source_file import fault

TEMPLATES = Path(__file__).with_name("templates")

Fonts = Mapping[str, Path]
"""Font files by name: `Regular.ttf` and `Bold.ttf`, as `booklet.typeface.font_files` has them."""


def typeset(template: str, values: Mapping[str, str], fonts: Fonts) -> bytes:
    """The PDF of a template filled with values, which are HTML already.

    Raises `FaultsFound` for whatever WeasyPrint only logs: a missing font, an unknown rule.
    """
    from weasyprint import HTML  # takes a second to load

    file = TEMPLATES / template
    filled = Template(file.read_text(encoding="utf-8")).substitute(values, faces=_faces(fonts))
    with heard("weasyprint") as said:
        pdf: bytes = HTML(string=filled).write_pdf(pdf_variant="pdf/ua-1")
    if said:
        raise fault(file, f"this template does not typeset cleanly: {said[0]}")
    return pdf


def _faces(fonts: Fonts) -> str:
    return "\n".join(
        f'@font-face {{ font-family: "Page face"; font-weight: {weight};'
        f' src: url("{fonts[file].as_uri()}"); }}'
        for file, weight in (("Regular.ttf", 400), ("Bold.ttf", 700))
    )


def rows(pairs: Mapping[str, str | None]) -> str:
    """The rows of a table of two columns, heads at the left; no row for what is not known."""
    return "\n".join(
        f'<tr><th scope="row">{escape(head)}</th><td>{escape(words)}</td></tr>'
        for head, words in pairs.items()
        if words
    )
