"""What a sheet looks like: pictures, and where words stand, by pdfium, not by pypdf."""

from collections.abc import Iterator

import pypdfium2
from PIL import Image, ImageChops, ImageFilter, ImageStat

Place = tuple[float, float]


def picture(pdf: bytes, page: int, scale: float = 2) -> Image.Image:
    """A page as a grey picture, `scale` pixels a point."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return document[page].render(scale=scale, grayscale=True).to_pil().convert("L")
    finally:
        document.close()


def soft(image: Image.Image) -> Image.Image:
    """The picture blurred, so that shifts of half a pixel are forgiven where it is compared."""
    return image.filter(ImageFilter.GaussianBlur(2))


def difference(one: Image.Image, other: Image.Image) -> float:
    """How unlike two pictures are, from 0 to 255, shifts of half a pixel forgiven."""
    width, height = min(one.width, other.width), min(one.height, other.height)
    cut = [each.crop((0, 0, width, height)) for each in (one, other)]
    return soft_difference(*map(soft, cut))


def soft_difference(one: Image.Image, other: Image.Image) -> float:
    """How unlike two pictures are that are soft already: for many pairs of the same few."""
    width, height = min(one.width, other.width), min(one.height, other.height)
    cut = [each.crop((0, 0, width, height)) for each in (one, other)]
    return float(ImageStat.Stat(ImageChops.difference(*cut)).mean[0])


def found(pdf: bytes, words: str) -> Iterator[tuple[int, Place]]:
    """Every page, from 0, and place in points, where these words begin."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        for number in range(len(document)):
            text = document[number].get_textpage()
            search = text.search(words)
            while hit := search.get_next():
                left, bottom, _, _ = text.get_charbox(hit[0])
                yield number, (left, bottom)
    finally:
        document.close()
