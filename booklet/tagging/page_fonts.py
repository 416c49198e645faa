"""The fonts that a page is set with: those it brings, whatever fonts and settings a machine has."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from weasyprint.text.fonts import FontConfiguration

_SETTINGS = Path(__file__).with_name("fonts.conf")


def page_fonts() -> "FontConfiguration":
    """Fonts for one document, to be handed to WeasyPrint: none yet but those its page will bring.

    A page that brings none must not be drawn: Pango would end the process.
    Fontconfig reads its settings where these variables of the environment say, each time anew:
    https://fontconfig.pages.freedesktop.org/fontconfig/fontconfig-user.html
    """
    from weasyprint.text.fonts import FontConfiguration

    with _environment({"FONTCONFIG_FILE": str(_SETTINGS), "FONTCONFIG_SYSROOT": None}):
        return FontConfiguration()


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
