"""A page of plain words as a tagged PDF, from a template with `$names` and the house typeface.

Only these pages are typeset here; booklets are set by `booklet.html` and `booklet.tagging`.
"""

import logging
from collections.abc import Mapping
from html import escape
from pathlib import Path
from string import Template

from booklet.print.damage import fault

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
    logger, heard = logging.getLogger("weasyprint"), _Heard()
    logger.addHandler(heard)
    try:
        pdf: bytes = HTML(string=filled).write_pdf(pdf_variant="pdf/ua-1")
    finally:
        logger.removeHandler(heard)
    if heard.words:
        raise fault(file, f"this template does not typeset cleanly: {heard.words[0]}")
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


class _Heard(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.words: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.words.append(record.getMessage())
