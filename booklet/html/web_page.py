"""A booklet for one reader as a web page: one file that holds all it needs."""

import re
from base64 import b64encode
from functools import cache
from importlib.resources import files
from pathlib import Path

from markupsafe import Markup

from booklet.editions import SCREEN
from booklet.html.inline_script import InlineScript
from booklet.html.render import render_for_screen
from booklet.html.web_fonts import woff2
from booklet.resources import styles_folder
from booklet.review.booklet import Booklet
from booklet.typeface import figure_files, font_files

_IMPORT = re.compile(r'@import "([^"]+)";\n')
_FONT = re.compile(r'url\("(?:[^"]*/)?fonts/([^"/]+)"\)')
_COMMENT = re.compile(r"/\*.*?\*/\n*", re.DOTALL)


def web_page(booklet: Booklet, *, scripted: bool = True, store: Path | None = None) -> bytes:
    """The booklet as a whole HTML file in UTF-8: the words, the pictures, the look, the typeface.

    The words are those of the PDFs. It fetches nothing; the same booklet gives the same bytes. Its
    one script makes fields of the lines to write on. Without it, or where it is not `scripted`,
    they are lines. `store` is a folder that keeps the compressed typeface.
    """
    return render_for_screen(booklet, _style(store), _script() if scripted else None).encode()


@cache
def _script() -> InlineScript:
    file = files("booklet.html") / "fields.js"
    return InlineScript(Markup(file.read_text(encoding="utf-8")))


def _style(store: Path | None) -> Markup:
    """The screen's style sheets as one, with the typeface in it."""
    sheet = _COMMENT.sub("", flattened(styles_folder() / SCREEN.stylesheet))
    fonts = figure_files() | font_files()
    return Markup(_FONT.sub(lambda font: f'url("{_woff2(fonts[font[1]], store)}")', sheet))


def flattened(sheet: Path) -> str:
    """The text of a style sheet, each `@import` replaced by the sheet it names."""
    text = sheet.read_text(encoding="utf-8")
    return _IMPORT.sub(lambda found: flattened(sheet.parent / found[1]), text)


@cache
def _woff2(font: Path, store: Path | None) -> str:
    """The typeface as an address that holds all of it, compressed for the web.

    Whole, not cut down to the letters in use: every booklet shares them.
    """
    return "data:font/woff2;base64," + b64encode(woff2(font, store)).decode("ascii")
