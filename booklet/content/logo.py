"""The logo of a clinic: its file, how large it is printed, and whether it is sharp at that size."""

from collections.abc import Iterator
from pathlib import Path

from booklet.content.pictures import file_faults, is_drawing, pictures_in
from booklet.content.svg import read_drawing, size_of
from booklet.problems import Problem

#: Millimetres on the cover, in every size of print. A logo keeps its shape inside this.
WIDEST, HIGHEST = 60.0, 16.0
#: Dots an inch that print shops ask for.
SHARP = 300
_INCH = 25.4
#: The colours a screen shows; those of print (CMYK) are not the file's own (ISO 19005-2, 6.2.4.3).
_COLOURS = frozenset(("1", "L", "LA", "P", "PA", "RGB", "RGBA"))


def logo_names(folder: Path) -> frozenset[str]:
    """The pictures in a clinic's folder."""
    return frozenset(path.name for path in pictures_in(folder))


def logo_faults(folder: Path) -> Iterator[Problem]:
    """What is wrong with the pictures in a clinic's folder, used or not."""
    for path in pictures_in(folder):
        faults = tuple(file_faults(path, folder, letters=False))
        yield from faults
        if not faults and not is_drawing(path):
            yield from (Problem(path, message) for message in _pixel_faults(path))


def printed_width(path: Path) -> float:
    """How wide a logo without faults is printed, in millimetres."""
    return _fitted(*(size_of(read_drawing(path)) if is_drawing(path) else _pixels(path)))


def _fitted(width: float, height: float) -> float:
    """The width in millimetres of a picture of this shape, as large as a logo may be.

    >>> _fitted(400, 100), _fitted(100, 100)
    (60.0, 16.0)
    """
    return min(WIDEST, HIGHEST * width / height)


def _pixel_faults(path: Path) -> Iterator[str]:
    from PIL import Image

    with Image.open(path) as picture:
        (width, height), colours = picture.size, picture.mode
    if colours not in _COLOURS:
        yield "this logo has the colours of print (CMYK) or more than 8 bits; export it as RGB"
    wide = _fitted(width, height)
    needed = round(wide / _INCH * SHARP)
    if width < needed:
        yield (
            f"this logo is {width} pixels wide and would be blurred in print: {wide:.0f} mm at "
            f"{SHARP} dots an inch need {needed}; ask for a larger one, or best for an SVG"
        )


def _pixels(path: Path) -> tuple[int, int]:
    from PIL import Image

    with Image.open(path) as picture:
        return picture.size
