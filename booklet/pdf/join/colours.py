"""Whether profiles of different makers mean the same colours."""

from io import BytesIO
from itertools import product

from PIL import Image, ImageCms

NEAR = 2
"""Steps of 255 by which a colour may differ in lightness, or in either of its hues: nobody sees
them. Two makers' profiles of sRGB differ by 1."""

_STEPS = (0, 64, 128, 192, 255)
_SAMPLES = [*product(_STEPS, repeat=3)]


def same_colours(one: bytes, other: bytes) -> bool:
    """Whether two ICC profiles give the same look to the same numbers of red, green and blue.

    What is no profile, or none of red, green and blue, is equal to its own bytes only.
    """
    if one == other:
        return True
    try:
        looks = [_look(profile) for profile in (one, other)]
    except (ImageCms.PyCMSError, OSError):
        return False
    apart = (abs(a - b) for a, b in zip(*looks, strict=True))
    return all(min(each, 256 - each) <= NEAR for each in apart)  # hues below 0 count from 256 down


def _look(profile: bytes) -> bytes:
    """The colours of the samples as CIE Lab, by relative colorimetry."""
    samples = Image.new("RGB", (len(_SAMPLES), 1))
    samples.putdata(_SAMPLES)
    transform = ImageCms.buildTransform(
        ImageCms.ImageCmsProfile(BytesIO(profile)),
        ImageCms.createProfile("LAB"),
        *("RGB", "LAB"),
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
    )
    seen = ImageCms.applyTransform(samples, transform)
    assert seen is not None
    return seen.tobytes()
