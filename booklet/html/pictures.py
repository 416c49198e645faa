"""Pictures drawn as SVG, put into the page where they stand; others, fitted into their place."""

import mimetypes
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import quote
from xml.etree import ElementTree

from markupsafe import Markup

from booklet.content.blocks import Figure
from booklet.content.photographs import INCH, cleaned, pixels, printed_size, upright_size
from booklet.content.pictures import HIGHEST, WIDEST, is_drawing
from booklet.content.svg import SVG, least_letters, read_drawing
from booklet.editions import BLACK, COLOUR, Ink, Size
from booklet.html.in_black import Screening, in_black
from booklet.review.booklet import Booklet
from booklet.typeface import FAMILY, FIGURES

PICTURE = "picture"
"""The scheme of addresses of pictures on paper: two folders and a file."""


def inline_svg(path: Path, alt: str | None, name: str, ink: Ink = COLOUR) -> Markup:
    """The picture as an element of the page; `alt` is its words, `None` for a decorative one.

    Its size is left to the style sheet, which knows it as `name`. `FaultsFound` as `read_drawing`
    tells them.
    """
    root = read_drawing(path)
    if ink == BLACK:
        in_black(root)
    root.attrib.pop("width", None)
    root.attrib.pop("height", None)
    root.set("class", name)
    root.set("font-family", root.get("font-family", FAMILY))
    for element in root.iter():
        if family := element.get("font-family"):
            element.set("font-family", f"{FIGURES}, {family}")
    return named_svg(root, alt, name)


def named_svg(root: ElementTree.Element, alt: str | None, name: str) -> Markup:
    """A drawing with its class and its words, `None` for a decorative one, as markup."""
    ElementTree.register_namespace("", SVG)
    root.set("class", name)
    if alt is None:
        root.set("aria-hidden", "true")
    else:
        root.set("role", "img")
        root.set("aria-label", alt)
        title = ElementTree.Element(f"{{{SVG}}}title")
        title.text = alt
        root.insert(0, title)
    return Markup(ElementTree.tostring(root, encoding="unicode"))


def picture_address(path: Path) -> str:
    """The address of a picture on a page of paper, the same on every machine.

    >>> picture_address(Path("/home/me/content/heart/pictures/a heart.jpg"))
    'picture:heart/pictures/a%20heart.jpg'
    """
    return f"{PICTURE}:{quote('/'.join(path.parts[-3:]))}"


def is_told_in_words(path: Path, size: Size) -> bool:
    """Whether the words in a drawing would be smaller than print of this size may be.

    They are in the largest sizes alone: no paper that can be posted is wide enough for them.
    """
    letters = least_letters(read_drawing(path)) if is_drawing(path) else None
    return letters is not None and letters * size.picture_width / INCH * 72 < size.floor


Place = Literal["figure", "cover", "logo"]
"""Where a picture stands: among the text, under the title, at the top of the cover."""

HIGH = {"figure": 0.55, "cover": 0.3}
"""The share of a page's height that a picture may take, so that its caption, or what else is on a
cover, has room below it."""
HIGH_BESIDE_A_CLINIC = 0.2  # The same on a cover that has a clinic's logo and name as well
WIDE_ON_SCREEN, HIGH_ON_SCREEN = 1600, 2400  # Pixels: two for each that a column has on a screen


@dataclass(frozen=True, slots=True)
class Photograph:
    """A picture of pixels as it is printed."""

    path: Path  # the author's file
    width: float  # millimetres
    height: float  # millimetres
    screening: Screening = "dots"  # how it becomes black and white, where it has to

    @property
    def most_pixels(self) -> tuple[int, int]:
        """How many pixels it is given, across and down."""
        return pixels(self.width), pixels(self.height)

    def source(self, ink: Ink = COLOUR) -> Markup:
        """The attributes of an `img` on paper: where it is found, at how many pixels, how wide.

        The typesetter's fetcher reads them: see `booklet/tagging/typeset.py`. The typesetter
        calls a picture after its address, so that names the folders next to it and no machine.
        """
        wide, high = self.most_pixels
        asked = f"pixels={wide}x{high}"
        if ink == BLACK:
            asked += f"&black={self.screening}"
        return Markup('src="{}?{}" style="width: {:.2f}mm"').format(
            picture_address(self.path), asked, self.width
        )


def photograph(booklet: Booklet, size: Size, path: Path, place: Place) -> Photograph:
    """A picture of pixels, fitted into its place in its own shape."""
    if place == "logo":
        return Photograph(path, *printed_size(path, WIDEST, HIGHEST), "lines")
    beside = place == "cover" and booklet.clinic is not None
    share = HIGH_BESIDE_A_CLINIC if beside else HIGH[place]
    return Photograph(path, *printed_size(path, size.picture_width, share * size.height))


def photographs(booklet: Booklet, size: Size) -> Iterator[Photograph]:
    """Every picture of pixels that a booklet prints, as often as it does."""
    figures = (block.picture for block in booklet.blocks if isinstance(block, Figure))
    placed: list[tuple[Path, Place]] = [(booklet.picture(name), "figure") for name in figures]
    placed.append((booklet.picture(booklet.about.cover.picture), "cover"))
    placed += [(booklet.logo, "logo")] if booklet.logo else []
    for path, place in placed:
        if not is_drawing(path):
            yield photograph(booklet, size, path, place)


def heaviest(booklet: Booklet, size: Size) -> tuple[tuple[Path, int], ...]:
    """The pictures of pixels with the bytes they bring to paper, the heaviest first."""
    weights: dict[Path, int] = {}
    # What is printed twice at one size is in the file once.
    for each in dict.fromkeys(photographs(booklet, size)):
        weight = len(cleaned(each.path, *each.most_pixels))
        weights[each.path] = weights.get(each.path, 0) + weight
    return tuple(sorted(weights.items(), key=lambda pair: (-pair[1], pair[0])))


def embedded(path: Path, place: Place) -> Markup:
    """The attributes of an `img` on the screen: an address that holds all of it (RFC 2397).

    A picture of pixels is at most `WIDE_ON_SCREEN` wide, and tells its shape ahead.
    """
    widest = pixels(WIDEST) if place == "logo" else WIDE_ON_SCREEN
    data = cleaned(path, widest, HIGH_ON_SCREEN)
    wide, high = upright_size(path)
    by = min(widest / wide, HIGH_ON_SCREEN / high, 1)
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return Markup('src="data:{};base64,{}" width="{}" height="{}"').format(
        kind, b64encode(data).decode("ascii"), max(round(wide * by), 1), max(round(high * by), 1)
    )
