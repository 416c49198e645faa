"""The pictures of pixels in a PDF, with how large they are printed."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import hypot

import pikepdf
from pikepdf import Dictionary, Matrix, Name, Page, Stream

from booklet.pdf.join.reading import child, items
from booklet.pdf.join.walking import appearances, named

DEEPEST = 12  # Forms inside forms; what is deeper is left alone
POINTS = 72  # In an inch

Place = tuple[int, int]
"""The number by which a file knows an object."""


@dataclass(frozen=True, slots=True)
class PlacedPicture:
    """A picture at the largest size that it is printed at."""

    stream: Stream  # the picture
    width: float  # inches
    height: float  # inches


def placed_pictures(pdf: pikepdf.Pdf) -> list[PlacedPicture]:
    """Every picture that pages paint, each once.

    One that an annotation or a pattern has as well is left out: how large it is there is not known.
    """
    found: dict[Place, PlacedPicture] = {}
    hidden: set[Place] = set()
    for page in pdf.pages:
        unit = float(page.obj.get("/UserUnit", 1)) / POINTS
        for each in _painted(page, Matrix(unit, 0, 0, unit, 0, 0), 0):
            place, known = each.stream.objgen, found.get(each.stream.objgen, each)
            wide, high = max(each.width, known.width), max(each.height, known.height)
            found[place] = PlacedPicture(each.stream, wide, high)
        hidden |= {each.objgen for each in _out_of_sight(page.obj)}
    return [each for place, each in found.items() if place not in hidden]


def _painted(owner: Page | Stream, here: Matrix, depth: int) -> Iterator[PlacedPicture]:
    """The pictures that a page or a form paints; `here` takes its units to inches."""
    resources = owner.resources if isinstance(owner, Page) else child(owner, "/Resources")
    things, kept = child(resources, "/XObject"), []
    for each in pikepdf.parse_content_stream(owner, "q Q cm Do"):
        operands = each.operands
        match str(each.operator):
            case "q":
                kept.append(here)
            case "Q" if kept:
                here = kept.pop()
            case "cm":
                here = Matrix(*map(float, operands)) @ here
            case "Do":
                thing = things.get(str(operands[0]))
                if isinstance(thing, Stream):
                    yield from _of_thing(thing, here, depth)


def _of_thing(thing: Stream, here: Matrix, depth: int) -> Iterator[PlacedPicture]:
    if thing.get("/Subtype") == Name.Image:
        yield PlacedPicture(thing, hypot(here.a, here.b), hypot(here.c, here.d))
    elif thing.get("/Subtype") == Name.Form and depth < DEEPEST:
        own = Matrix(*map(float, items(thing, "/Matrix"))) if "/Matrix" in thing else Matrix()
        yield from _painted(thing, own @ here, depth + 1)


def _out_of_sight(page: Dictionary) -> Iterator[pikepdf.Object]:
    """The pictures of a page's annotations and patterns."""
    for annotation in items(page, "/Annots"):
        if isinstance(annotation, Dictionary):
            for look in appearances(annotation):
                yield from named(look, "/XObject")
    for pattern in named(page, "/Pattern"):
        if isinstance(pattern, Stream):
            yield from named(pattern, "/XObject")
