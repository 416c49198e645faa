"""A picture of pixels written anew with fewer of them."""

import zlib
from dataclasses import dataclass
from io import BytesIO
from math import ceil

import pikepdf
from pikepdf import Name
from PIL import Image

from booklet.content.photographs import MOST_PIXELS, QUALITY
from booklet.pdf.shrink.placed import PlacedPicture

WORTH_IT = 1.1  # How many times more dots a picture has than it may have before it is touched
TIGHTEST = 9  # zlib's level
_COLOURS = {"L": 1, "RGB": 3}
_PACKED = {"/DCTDecode", "/FlateDecode"}
_STRANGE = ("/ImageMask", "/Mask", "/Decode", "/SMaskInData", "/Alternates", "/Matte")


@dataclass(frozen=True, slots=True)
class Recoded:
    """The pixels of a picture, packed."""

    data: bytes  # the pixels
    filter: str  # how they are packed: `/DCTDecode` as before, or `/FlateDecode`
    width: int  # pixels
    height: int  # pixels


def recoded(picture: PlacedPicture, dots: int) -> Recoded | None:
    """The picture at so many dots an inch; `None` where it has no more, or is of another kind.

    A JPEG stays one, what was packed without loss is packed without loss; the space of colours
    stays. `None` too where that is no smaller.
    """
    stream = picture.stream
    wide, high = int(stream.get("/Width", 0)), int(stream.get("/Height", 0))
    if not wide or not high or not _is_known(stream):
        return None
    by = max(dots * picture.width / wide, dots * picture.height / high)
    if by * WORTH_IT >= 1 or by <= 0 or wide * high > MOST_PIXELS:
        return None
    try:
        full = pikepdf.PdfImage(stream).as_pil_image()
    except (pikepdf.PikepdfError, OSError, ValueError, NotImplementedError):
        return None  # what cannot be decoded stays
    if full.mode not in _COLOURS or full.size != (wide, high):
        return None
    small = full.resize((ceil(wide * by), ceil(high * by)), Image.Resampling.LANCZOS)
    packing = str(stream.Filter)
    data = _as_jpeg(small) if packing == "/DCTDecode" else zlib.compress(small.tobytes(), TIGHTEST)
    if len(data) >= len(stream.read_raw_bytes()):
        return None
    return Recoded(data, packing, *small.size)


def _is_known(stream: pikepdf.Object) -> bool:
    """Whether its pixels are grey or red, green and blue, of 8 bits, and packed in one way."""
    space = stream.get("/ColorSpace")
    name = str(space[0]) if isinstance(space, pikepdf.Array) else str(space)
    known = {"/DeviceGray", "/DeviceRGB", "/CalGray", "/CalRGB", "/ICCBased"}
    plain = not any(key in stream for key in _STRANGE) and stream.get("/BitsPerComponent") == 8
    packing = stream.get("/Filter")
    return plain and name in known and isinstance(packing, Name) and str(packing) in _PACKED


def _as_jpeg(picture: Image.Image) -> bytes:
    target = BytesIO()
    picture.save(target, "JPEG", quality=QUALITY, optimize=True)
    return target.getvalue()
