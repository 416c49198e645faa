"""Pictures of pixels, decoded and written anew for the place they are printed in.

What goes into a file that is given out holds the pixels and nothing else: no camera, no place, no
comment. The author's file stays as it is.
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from io import BytesIO
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

from booklet.problems import BookletError

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG"}
SHARP = 300  # Dots an inch that print shops ask for: more is only weight
COARSE = 150  # Dots an inch below which a picture is seen to be made of squares
MOST_PIXELS = 100_000_000  # What may be decoded: 400 MB in memory with transparency
QUALITY = 85  # Of a JPEG that is written, on Pillow's scale to 95

INCH = 25.4  # Millimetres
_ORIENTATION, _SIDEWAYS = 0x0112, (5, 6, 7, 8)  # EXIF 2.32, 4.6.4: these swap width and height


class Unfit(BookletError):
    """A picture that cannot be used; the message says why and what to do."""


@contextmanager
def _opened(path: Path) -> Iterator["Image"]:
    """The picture, not yet decoded; `Unfit` where that, or decoding it inside, is impossible."""
    from PIL import Image, ImageFile

    kind = FORMATS[path.suffix.lower()]
    # WeasyPrint lets Pillow make up what a truncated file lacks.
    lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the limit below is ours; damaged EXIF is left out
            with Image.open(path, formats=[kind]) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise Image.DecompressionBombError
                yield picture
    except Image.DecompressionBombError as error:
        most = MOST_PIXELS // 1_000_000
        message = f"this picture has more than {most} million pixels; export it smaller"
        raise Unfit(message) from error
    except (OSError, SyntaxError, ValueError, EOFError, ArithmeticError) as error:
        message = f"this picture cannot be read as {kind}; export it anew"
        raise Unfit(message) from error
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def fault_of(path: Path) -> str | None:
    """Why a picture cannot be used, and what to do; `None` where it can. All of it is decoded."""
    return _fault_of(path, *_stamp(path))


def _stamp(path: Path) -> tuple[int, int]:
    """What tells a changed file from the one that was looked at before."""
    found = path.stat()
    return found.st_mtime_ns, found.st_size


@lru_cache(1000)
def _fault_of(path: Path, *stamp: int) -> str | None:
    try:
        with _opened(path) as picture:
            picture.draft("RGB", (1, 1))  # reads all of a JPEG and works out little of it
            picture.load()
    except Unfit as error:
        return str(error)
    return None


def upright_size(path: Path) -> tuple[int, int]:
    """Width and height in pixels, as a picture is looked at."""
    with _opened(path) as picture:
        wide, high = picture.size
        return (high, wide) if picture.getexif().get(_ORIENTATION) in _SIDEWAYS else (wide, high)


def colours_of(path: Path) -> str:
    """The colours a picture is kept in, as Pillow names them."""
    with _opened(path) as picture:
        return str(picture.mode)


def printed_size(path: Path, widest: float, highest: float) -> tuple[float, float]:
    """Width and height in millimetres that a picture is printed in, in its own shape.

    It is as large as a place of these millimetres allows and `COARSE` dots an inch give.
    """
    wide, high = upright_size(path)
    by = min(widest / wide, highest / high, INCH / COARSE)
    return wide * by, high * by


def pixels(millimetres: float) -> int:
    """How many pixels a length in print needs.

    >>> pixels(25.4), pixels(0.01)
    (300, 1)
    """
    return ceil(round(millimetres / INCH * SHARP, 3))


def cleaned(path: Path, widest: int, highest: int) -> bytes:
    """The picture upright, in sRGB, without metadata, and at most so many pixels wide and high.

    A JPEG stays one and a PNG too. The same file gives the same bytes. `Unfit` as `fault_of` tells.
    """
    return _cleaned(path, widest, highest, *_stamp(path))


@lru_cache(32)
def _cleaned(path: Path, widest: int, highest: int, *stamp: int) -> bytes:
    from PIL import Image, ImageOps

    kind = FORMATS[path.suffix.lower()]
    out = BytesIO()
    enough = 2 * max(widest, highest)
    with _opened(path) as opened:
        opened.draft(None, (enough, enough))  # a JPEG need not be decoded larger than that
        ImageOps.exif_transpose(opened, in_place=True)
        picture = _in_srgb(opened, kind)
        by = min(widest / picture.width, highest / picture.height)
        if by < 1:
            size = max(round(picture.width * by), 1), max(round(picture.height * by), 1)
            picture = picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=3)
        picture.info.clear()  # Pillow would write comments and transparency again
        picture.save(out, kind, optimize=True, quality=QUALITY)
    return out.getvalue()


def _in_srgb(picture: "Image", kind: str) -> "Image":
    """The picture in grey or in the colours of screens, 8 bits each, its profile applied."""
    from PIL import ImageCms

    profile = picture.info.get("icc_profile")
    clear = kind == "PNG" and picture.has_transparency_data
    mode = "RGBA" if clear else "RGB"
    if picture.mode.startswith("I"):  # 16 bits of grey
        picture = picture.convert("I").point(lambda value: value / 256).convert("L")
    elif picture.mode in ("1", "L") and not clear:
        picture = picture.convert("L")
    elif picture.mode != mode and (picture.mode != "CMYK" or not profile):
        picture = picture.convert(mode)
    if not profile:
        return picture
    try:
        own, srgb = ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(picture, own, srgb, outputMode=mode) or picture
    except (ImageCms.PyCMSError, OSError):  # a damaged profile, or one of other colours
        return picture if picture.mode in ("L", mode) else picture.convert(mode)
