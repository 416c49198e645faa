"""The fonts that a page is set with: those it brings, whatever fonts and settings a machine has."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import finalize

if TYPE_CHECKING:
    from weasyprint.text.fonts import FontConfiguration

_SETTINGS = Path(__file__).with_name("fonts.conf")
_KEPT: list[tuple[Any, Any]] = []
"""Pango's font map and Fontconfig's configuration of the first fonts that were let go."""


def page_fonts() -> "FontConfiguration":
    """Fonts for one document, to be handed to WeasyPrint: none yet but those its page will bring.

    A page that brings none must not be drawn: Pango would end the process.
    Fontconfig reads its settings where these variables of the environment say, each time anew:
    https://fontconfig.pages.freedesktop.org/fontconfig/fontconfig-user.html
    """
    from weasyprint.text.fonts import FontConfiguration

    with _environment({"FONTCONFIG_FILE": str(_SETTINGS), "FONTCONFIG_SYSROOT": None}):
        fonts = FontConfiguration()
    # At the end of the process all of it goes anyway.
    finalize(fonts, _let_go, fonts.font_map, fonts._config).atexit = False
    return fonts


def _let_go(font_map: Any, configuration: Any) -> None:
    """Free what Fontconfig keeps for a document, some 200 kB, when its fonts are let go.

    Pango 1.50 does not, when a font map ends, but does when it is given another configuration. That
    is the one of the first document: it stays for as long as the process.
    """
    from weasyprint.text.ffi import ffi, pangoft2

    if not _KEPT:
        _KEPT.append((font_map, configuration))
        return
    pango_map, (_, kept) = ffi.cast("PangoFcFontMap *", font_map), _KEPT[0]
    pangoft2.pango_fc_font_map_set_config(pango_map, kept)


@contextmanager
def _environment(variables: dict[str, str | None]) -> Iterator[None]:
    """Inside, the environment has these variables; `None` is for one that it lacks.

    A program that is started later, as for `--open`, needs the machine's own fonts.
    """
    before = {name: os.environ.get(name) for name in variables}
    try:
        _put(variables)
        yield
    finally:
        _put(before)


def _put(variables: dict[str, str | None]) -> None:
    for name, value in variables.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
