"""SVG drawings: shapes and text only, and text that can be read at every size of print."""

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from textwrap import shorten
from xml.etree import ElementTree
from xml.parsers import expat

from booklet.content.suggestion import undrawable
from booklet.content.yaml_source import read_yaml
from booklet.problems import FaultsFound, Position, Problem
from booklet.typeface import FAMILY, is_drawable, typefaces

Element = ElementTree.Element

SVG = "http://www.w3.org/2000/svg"
DEEPEST = 50  # Levels of groups in one drawing
MOST_ELEMENTS = 5_000  # Shapes, groups and texts in one drawing; the largest of ours has 150
MOST_LETTERS = 20_000  # Letters of text in one drawing
MOST_BYTES = 2_000_000  # Of the file
LEAST_SIDE, GREATEST_SIDE = 1, 100_000  # Units of the `viewBox`
LEAST_LETTERS = 0.052
"""The least height of letters, as a part of the width: 21 of 400 is 13 point in standard print."""
_WORDS = ("text", "tspan")
_SHAPES = frozenset(
    ("svg", "g", "path", "circle", "ellipse", "line", "polygon", "polyline", "rect", *_WORDS)
)
_INHERITED = ("font-family", "font-size", "font-style", "font-weight", "font")
_NUMBER = re.compile(r"\d*\.?\d+(?:px)?")
_SIZE_UNSAID = "16"  # What SVG takes where no size of letters is said
_WEIGHTS = ("400", "700", "normal", "bold")


def read_drawing(path: Path, *, letters: bool = True) -> Element:
    """The root of a drawing.

    `FaultsFound` where the file is no SVG, holds anything but shapes and text (it neither runs
    scripts nor fetches anything), has no `viewBox` to be set at any size by, or has text that
    the booklet's typeface cannot set or that would be too small. Without `letters`, for a logo,
    all text is a fault: its words are shapes.
    """
    placed = _parsed(path)
    root = next(iter(placed))
    styles = _inherited(placed)
    found = [(root, _root_faults(root))]
    for element in placed:
        of_text = _letter_faults(element, root, styles[element]) if letters else _no_text(element)
        found += [(element, _strange(element)), (element, of_text)]
    faults = {Problem(path, each, placed[element]) for element, said in found for each in said}
    if faults:
        raise FaultsFound(faults)
    return root


def _parsed(path: Path) -> dict[Element, Position]:
    """Every element with the place it starts at, the root first; `FaultsFound` if unreadable.

    The tree is built only when the whole was read once, and has neither entities, depths nor more
    than a person draws.
    """
    first = _FirstReading(path)
    try:
        if path.stat().st_size > MOST_BYTES:
            raise first.refused(f"more than {MOST_BYTES / 1e6:g} MB; simplify the drawing")
        content = path.read_bytes()
        first.parser.Parse(content, True)
        return dict(zip(ElementTree.fromstring(content).iter(), first.places, strict=True))
    except (expat.ExpatError, ElementTree.ParseError) as error:
        raise first.refused("this picture is not well-formed SVG; export it anew") from error
    except (LookupError, ValueError) as error:
        message = "this picture is in an encoding that is not known; save it as UTF-8"
        raise FaultsFound([Problem(path, message, Position(1, 1))]) from error
    except OSError as error:
        message = f"this picture cannot be read: {error.strerror}"
        raise FaultsFound([Problem(path, message)]) from error


class _FirstReading:
    """A drawing read without a tree: where its elements stand, and whether there are too many."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.places: list[Position] = []  # Where each element starts, in the order of the file
        self._depth = self._letters = 0
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.EntityDeclHandler = self._entity

    def refused(self, message: str) -> FaultsFound:
        return FaultsFound([Problem(self.path, message, self._here())])

    def _here(self) -> Position:
        return Position(self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST + 1:
            raise self.refused("too many groups stand inside one another; ungroup the drawing")
        self.places.append(self._here())
        if len(self.places) > MOST_ELEMENTS:
            raise self.refused(f"more than {MOST_ELEMENTS:,} shapes; simplify the drawing")

    def _end(self, name: str) -> None:
        self._depth -= 1

    def _text(self, words: str) -> None:
        self._letters += len(words.strip())
        if self._letters > MOST_LETTERS:
            raise self.refused(f"more than {MOST_LETTERS:,} letters; a drawing is no text")

    def _entity(self, *_: object) -> None:
        raise self.refused("this picture declares an entity; save it as plain SVG")


def _inherited(elements: Iterable[Element]) -> dict[Element, dict[str, str]]:
    """What each element takes from itself and those around it, and how they are transformed."""
    styles: dict[Element, dict[str, str]] = {}
    for element in elements:
        around = styles.get(element, {})
        said = {key: element.attrib[key] for key in _INHERITED if key in element.attrib}
        transform = f"{around.get('transform', '')} {element.get('transform', '')}".strip()
        styles[element] = {**around, **said, "transform": transform}
        # Those inside find here what they inherit, until their own turn comes.
        styles.update(dict.fromkeys(element, styles[element]))
    return styles


def _strange(element: Element) -> Iterator[str]:
    name = element.tag.removeprefix(f"{{{SVG}}}")
    if name not in _SHAPES:
        yield f"this picture holds `{name}`; draw with shapes and text only"
    forms = _forms()
    for full_name, value in element.attrib.items():
        attribute = full_name.split("}")[-1]
        if attribute.lower().startswith("on"):
            yield f"this picture runs a script (`{attribute}`); remove it"
        elif attribute == "font" or (attribute == "font-size" and name in _WORDS):
            continue  # which the rules of letters tell
        elif attribute not in forms:
            yield f"this picture uses `{attribute}`; use plain attributes instead"
        elif not forms[attribute].fullmatch(value.strip()):
            if "url" in value.lower():
                yield f"`{attribute}` points elsewhere (`url`); write a plain colour or number"
            else:
                said = shorten(value, 40, placeholder=" …")
                yield f"`{attribute}` cannot be `{said}`; write a plain colour, number or word"


@cache
def _forms() -> dict[str, re.Pattern[str]]:
    """What the value of each attribute looks like."""
    values = read_yaml(Path(__file__).with_name("svg_attributes.yaml")).values
    forms = {name: re.compile(form) for name, form in values["forms"].items()}
    return {each: forms[form] for form, those in values["attributes"].items() for each in those}


def _root_faults(root: Element) -> Iterator[str]:
    if root.tag != f"{{{SVG}}}svg":
        yield f'this is no SVG drawing; begin with `<svg xmlns="{SVG}" …>`'
    if not root.get("viewBox"):
        yield "this picture has no `viewBox`; add one, like `0 0 400 300`"
    elif _width(root) is None:
        yield (
            f"`{root.get('viewBox')}` is no `viewBox`; write four numbers, like `0 0 400 300`, "
            f"the last two from {LEAST_SIDE} to {GREATEST_SIDE:,}"
        )


def size_of(root: Element) -> tuple[float, float]:
    """Width and height of a drawing that was read without faults, in its own units."""
    _, _, width, height = map(float, re.split(r"[\s,]+", root.get("viewBox", "").strip()))
    return width, height


def least_letters(root: Element) -> float | None:
    """The height of the smallest letters of a drawing, as a part of its width; `None` without text.

    The drawing was read without faults, and its letters have the sizes that it says.
    """
    styles = _inherited(root.iter())
    sizes = [
        float(styles[each].get("font-size", _SIZE_UNSAID).removesuffix("px"))
        for each in styles
        if _words_in(each)
    ]
    return min(sizes) / size_of(root)[0] if sizes else None


def _words_in(element: Element) -> list[str]:
    """The words directly in a text, without those of elements inside it."""
    if element.tag.split("}")[-1] not in _WORDS:
        return []
    return " ".join((element.text or "", *(child.tail or "" for child in element))).split()


def _width(root: Element) -> float | None:
    """The width of the drawing in its own units; `None` where it does not say one."""
    try:
        sizes = size_of(root)
    except ValueError:
        return None
    return sizes[0] if all(LEAST_SIDE <= size <= GREATEST_SIDE for size in sizes) else None


def _no_text(element: Element) -> Iterator[str]:
    if element.tag.split("}")[-1] == "text":
        yield "the words of a logo are part of its drawing; convert this text to paths (outlines)"


def _letter_faults(element: Element, root: Element, style: Mapping[str, str]) -> Iterator[str]:
    words = _words_in(element)
    if not words:
        return
    family = style.get("font-family", FAMILY).split(",")[0].strip(" '\"")
    yield from _family_faults(family, "".join(words))
    if style.get("font-style", "normal") != "normal":
        yield "italics are hard to read; take `font-style` out"
    if style.get("font-weight", "400") not in _WEIGHTS:
        yield "the typeface has two weights; write `font-weight` 400 or 700"
    if "font" in style:
        yield "this text uses `font`; write `font-family`, `font-size` and `font-weight` instead"
    if re.search("scale|matrix|skew", style["transform"]):
        yield "this text is scaled; draw it at its size, without `scale` or `matrix`"
    size, width = style.get("font-size", _SIZE_UNSAID), _width(root)
    if not _NUMBER.fullmatch(size):
        yield f"`{size}` is no size of letters; write `font-size` as a number"
    elif width is not None and float(size.removesuffix("px")) < LEAST_LETTERS * width:
        least = math.ceil(LEAST_LETTERS * width * 10) / 10
        yield (
            f"this text is {size} units high and the picture {width:g} wide; "
            f"make it {least:g} units or larger"
        )


def _family_faults(family: str, words: str) -> Iterator[str]:
    """What is wrong with a family: none of ours, or one that lacks a letter another has."""
    needed = frozenset(ord(sign) for sign in {*words} if is_drawable(sign))
    known = {each.family: each for each in typefaces()}
    if family not in known or needed - known[family].characters:
        best = next((name for name, each in known.items() if needed <= each.characters), FAMILY)
        yield f'this text is set in {family}; write `font-family="{best}"`'
    yield from undrawable(words)
