"""Where the program's own files are, in a checkout and in an installed wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def styles_folder() -> Path:
    """The folder of style sheets: beside the package in a checkout, inside it in a wheel."""
    inside = _PACKAGE / "styles"
    return inside if inside.is_dir() else _PACKAGE.parent / "styles"


def labels_folder() -> Path:
    """The folder with the words the templates print, one file per language."""
    return _PACKAGE / "labels"


def starter_folder() -> Path:
    """The folder with what a new booklet begins with."""
    return _PACKAGE / "writing" / "starter"
