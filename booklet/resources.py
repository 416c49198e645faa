"""Where the program's own files are, in a checkout and in an installed wheel."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

_PACKAGE = Path(__file__).parent
_BROUGHT: ContextVar[Path | None] = ContextVar("_BROUGHT", default=None)
"""The folder of style sheets that came with a job from another machine."""


def styles_folder() -> Path:
    """The folder of style sheets: beside the package in a checkout, inside it in a wheel.

    While a job is done that brought its own, the folder of those.
    """
    if brought := _BROUGHT.get():
        return brought
    inside = _PACKAGE / "styles"
    return inside if inside.is_dir() else _PACKAGE.parent / "styles"


@contextmanager
def styles_brought(folder: Path) -> Iterator[None]:
    """Inside, the style sheets are those of this folder."""
    before = _BROUGHT.set(folder)
    try:
        yield
    finally:
        _BROUGHT.reset(before)


def labels_folder() -> Path:
    """The folder with the words the templates print, one file per language."""
    return _PACKAGE / "labels"


def starter_folder() -> Path:
    """The folder with what a new booklet begins with."""
    return _PACKAGE / "writing" / "starter"
