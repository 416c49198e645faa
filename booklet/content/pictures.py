"""The pictures of a booklet, checked before anything is set."""

from collections.abc import Iterator
from pathlib import Path

from booklet.content.fields import PICTURE_ENDINGS
from booklet.content.folder import leads_out
from booklet.content.svg import read_drawing
from booklet.problems import FaultsFound, Problem

_FORMATS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG"}


def is_drawing(path: Path) -> bool:
    """Whether this picture is drawn, as SVG."""
    return path.suffix.lower() == ".svg"


def picture_names(folder: Path) -> frozenset[str]:
    """The pictures in this folder that the texts of its booklet may name."""
    return frozenset(path.name for path in pictures_in(folder))


def picture_faults(folder: Path) -> Iterator[Problem]:
    """What is wrong with the pictures in this folder of a booklet, used or not."""
    for path in pictures_in(folder):
        yield from file_faults(path, folder.parent)


def pictures_in(folder: Path) -> list[Path]:
    """The pictures that stand directly in this folder."""
    return sorted(path for path in folder.glob("*") if path.suffix.lower() in PICTURE_ENDINGS)


def file_faults(path: Path, folder: Path, *, letters: bool = True) -> Iterator[Problem]:
    """Why this picture cannot be printed; `letters` says whether a drawing may hold text."""
    if not path.is_file():
        yield Problem(path, "a picture is a file, and this is none; take it out")
    elif leads_out(path, folder):
        message = f"this picture leads out of the folder `{folder.name}`; put a copy of it here"
        yield Problem(path, message)
    elif is_drawing(path):
        yield from _drawing_faults(path, letters)
    else:
        yield from _photograph_faults(path)


def _drawing_faults(path: Path, letters: bool) -> tuple[Problem, ...]:
    try:
        read_drawing(path, letters=letters)
    except FaultsFound as error:
        return error.problems
    return ()


def _photograph_faults(path: Path) -> Iterator[Problem]:
    from PIL import Image, UnidentifiedImageError

    wanted = _FORMATS[path.suffix.lower()]
    try:
        with Image.open(path, formats=[wanted]) as picture:
            picture.verify()
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError):
        yield Problem(path, f"this picture cannot be read as {wanted}; export it anew")
