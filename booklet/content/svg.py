"""SVG drawings: shapes and text only, and text that can be read at every size of print."""

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from xml.etree import ElementTree
from xml.parsers import expat

from booklet.content.suggestion import undrawable
from booklet.problems import FaultsFound, Position, Problem
from booklet.typeface import FAMILY, drawable, typefaces

Element = ElementTree.Element

SVG = "http://www.w3.org/2000/svg"
#: Levels of groups in one drawing.
DEEPEST = 50
#: The least height of letters, as a part of the width: 21 of 400 is 13 point in standard print.
LEAST_LETTERS = 0.052
_WORDS = ("text", "tspan")
_SHAPES = frozenset(
    ("svg", "g", "path", "circle", "ellipse", "line", "polygon", "polyline", "rect", *_WORDS)
)
_INHERITED = ("font-family", "font-size", "font-style", "font-weight", "font")
_NUMBER = re.compile(r"\d*\.?\d+(?:px)?")
#: What SVG takes where no size of letters is said.
_SIZE_UNSAID = "16"
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

    The tree is built only when the whole was read once, and has neither entities nor depths.
    """
    parser = expat.ParserCreate(namespace_separator="}")
    places: list[Position] = []
    depth = 0

    def here() -> Position:
        return Position(parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)

    def refused(message: str) -> FaultsFound:
        return FaultsFound([Problem(path, message, here())])

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST + 1:
            raise refused("too many groups stand inside one another; ungroup the drawing")
        places.append(here())

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1

    def entity(*_: object) -> None:
        raise refused("this picture declares an entity; save it as plain SVG")

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.EntityDeclHandler = entity
    try:
        content = path.read_bytes()
        parser.Parse(content, True)
        return dict(zip(ElementTree.fromstring(content).iter(), places, strict=True))
    except (expat.ExpatError, ElementTree.ParseError) as error:
        raise refused("this picture is not well-formed SVG; export it anew") from error
    except (LookupError, ValueError) as error:
        message = "this picture is in an encoding that is not known; save it as UTF-8"
        raise FaultsFound([Problem(path, message, Position(1, 1))]) from error
    except OSError as error:
        message = f"this picture cannot be read: {error.strerror}"
        raise FaultsFound([Problem(path, message)]) from error


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
    for full_name, value in element.attrib.items():
        attribute = full_name.split("}")[-1]
        if attribute in ("href", "style", "class"):
            yield f"this picture uses `{attribute}`; use plain attributes instead"
        if "url(" in value:
            yield f"`{attribute}` points elsewhere (`url`); write a plain colour or number"
        if attribute.lower().startswith("on"):
            yield f"this picture runs a script (`{attribute}`); remove it"


def _root_faults(root: Element) -> Iterator[str]:
    if root.tag != f"{{{SVG}}}svg":
        yield f'this is no SVG drawing; begin with `<svg xmlns="{SVG}" …>`'
    if not root.get("viewBox"):
        yield "this picture has no `viewBox`; add one, like `0 0 400 300`"
    elif _width(root) is None:
        yield (
            f"`{root.get('viewBox')}` is no `viewBox`; write four numbers, like `0 0 400 300`, "
            "the last two above 0"
        )


def size_of(root: Element) -> tuple[float, float]:
    """Width and height of a drawing that was read without faults, in its own units."""
    _, _, width, height = map(float, re.split(r"[\s,]+", root.get("viewBox", "").strip()))
    return width, height


def _width(root: Element) -> float | None:
    """The width of the drawing in its own units; `None` where it does not say one."""
    try:
        sizes = size_of(root)
    except ValueError:
        return None
    return sizes[0] if all(math.isfinite(size) and size > 0 for size in sizes) else None


def _no_text(element: Element) -> Iterator[str]:
    if element.tag.split("}")[-1] == "text":
        yield "the words of a logo are part of its drawing; convert this text to paths (outlines)"


def _letter_faults(element: Element, root: Element, style: Mapping[str, str]) -> Iterator[str]:
    # Those directly in it, without those of elements inside it.
    words = " ".join((element.text or "", *(child.tail or "" for child in element))).split()
    if element.tag.split("}")[-1] not in _WORDS or not words:
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
    known = {each.family: each.characters for each in typefaces()}
    needed = frozenset(map(ord, words)) & drawable()
    if family not in known or needed - known[family]:
        best = next((name for name, have in known.items() if needed <= have), FAMILY)
        yield f'this text is set in {family}; write `font-family="{best}"`'
    yield from undrawable(words, drawable())
