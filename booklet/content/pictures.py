"""The pictures of a booklet and a clinic's logo, checked before anything is set."""

from collections.abc import Iterator
from pathlib import Path

from booklet.content.fields import PICTURE_ENDINGS
from booklet.content.folder import leads_out
from booklet.content.photographs import INCH, SHARP, colours_of, fault_of, upright_size
from booklet.content.svg import read_drawing, size_of
from booklet.problems import FaultsFound, Problem

WIDEST, HIGHEST = 60.0, 16.0
"""Millimetres on the cover, in every size of print. A logo keeps its shape inside this."""
_COLOURS = frozenset(("1", "L", "LA", "P", "PA", "RGB", "RGBA"))
"""The colours a screen shows; those of print (CMYK) are not the file's own (ISO 19005-2, 6.2.4.3).
"""


def is_drawing(path: Path) -> bool:
    """Whether this picture is drawn, as SVG."""
    return path.suffix.lower() == ".svg"


def picture_faults(folder: Path) -> Iterator[Problem]:
    """What is wrong with the pictures in this folder of a booklet, used or not."""
    for path in pictures_in(folder):
        yield from file_faults(path, folder.parent)


def pictures_in(folder: Path) -> list[Path]:
    """The pictures that stand directly in this folder; what begins with a dot is hidden."""
    return sorted(path for path in folder.glob("[!.]*") if path.suffix.lower() in PICTURE_ENDINGS)


def file_faults(path: Path, folder: Path, *, letters: bool = True) -> Iterator[Problem]:
    """Why this picture cannot be printed; `letters` says whether a drawing may hold text."""
    if not path.is_file():
        yield Problem(path, "a picture is a file, and this is none; take it out")
    elif leads_out(path, folder):
        said = f"this picture leads out of the folder `{folder.name}`; put a copy of it here"
        yield Problem(path, said)
    elif is_drawing(path):
        try:
            read_drawing(path, letters=letters)
        except FaultsFound as error:
            yield from error.problems
    elif message := fault_of(path):
        yield Problem(path, message)


def logo_faults(folder: Path) -> Iterator[Problem]:
    """What is wrong with the pictures in a clinic's folder, used or not."""
    for path in pictures_in(folder):
        faults = tuple(file_faults(path, folder.parent, letters=False))
        yield from faults
        if not faults and not is_drawing(path):
            yield from (Problem(path, message) for message in _pixel_faults(path))


def printed_width(path: Path) -> float:
    """How wide a logo without faults is printed, in millimetres."""
    if is_drawing(path):
        return _fitted(*size_of(read_drawing(path)))
    return _fitted(*upright_size(path))


def _fitted(width: float, height: float) -> float:
    """The width in millimetres of a picture of this shape, as large as a logo may be.

    >>> _fitted(400, 100), _fitted(100, 100)
    (60.0, 16.0)
    """
    return min(WIDEST, HIGHEST * width / height)


def _pixel_faults(path: Path) -> Iterator[str]:
    width, height = upright_size(path)
    if colours_of(path) not in _COLOURS:
        yield "this logo has the colours of print (CMYK) or more than 8 bits; export it as RGB"
    wide = _fitted(width, height)
    needed = round(wide / INCH * SHARP)
    if width < needed:
        yield (
            f"this logo is {width} pixels wide and would be blurred in print: {wide:.0f} mm at "
            f"{SHARP} dots an inch need {needed}; ask for a larger one, or best for an SVG"
        )
