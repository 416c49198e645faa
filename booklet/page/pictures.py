"""Pictures drawn as SVG, put into the page where they stand; others as an address with the data."""

import mimetypes
from base64 import b64encode
from pathlib import Path
from xml.etree import ElementTree

from markupsafe import Markup

from booklet.problems import FaultsFound, Problem

_SVG = "http://www.w3.org/2000/svg"
_SHAPES = frozenset(
    (
        "svg",
        "g",
        "path",
        "circle",
        "ellipse",
        "line",
        "polygon",
        "polyline",
        "rect",
        "text",
        "tspan",
    )
)


def inline_svg(path: Path, alt: str | None) -> Markup:
    """The picture as an element of the page; `alt` is its words, `None` for a decorative one.

    `FaultsFound` where the file is no SVG, or holds anything but shapes and text: a picture
    neither runs scripts nor fetches anything, and needs a `viewBox` to be set at any size.
    """
    ElementTree.register_namespace("", _SVG)
    try:
        root = ElementTree.fromstring(path.read_bytes())
    except ElementTree.ParseError as error:
        line, column = error.position
        message = "this picture is not well-formed SVG; export it anew"
        raise FaultsFound([Problem(path, line, column + 1, message)]) from error
    faults = [Problem(path, 1, 1, message) for message in sorted(_faults(root))]
    if faults:
        raise FaultsFound(faults)
    root.attrib.pop("width", None)
    root.attrib.pop("height", None)
    root.set("class", "figure__picture")
    if alt is None:
        root.set("aria-hidden", "true")
    else:
        root.set("role", "img")
        root.set("aria-label", alt)
        title = ElementTree.Element(f"{{{_SVG}}}title")
        title.text = alt
        root.insert(0, title)
    return Markup(ElementTree.tostring(root, encoding="unicode"))


def embedded(path: Path) -> str:
    """The file as an address that holds all of it (RFC 2397)."""
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return f"data:{kind};base64,{b64encode(path.read_bytes()).decode('ascii')}"


def _faults(root: ElementTree.Element) -> set[str]:
    faults = set() if root.get("viewBox") else {"this picture has no `viewBox`; add one"}
    for element in root.iter():
        name = str(element.tag).removeprefix(f"{{{_SVG}}}")
        if name not in _SHAPES:
            faults.add(f"this picture holds `{name}`; draw with shapes and text only")
        for attribute, value in element.attrib.items():
            if attribute.split("}")[-1] in ("href", "style", "class") or "url(" in value:
                faults.add(f"this picture uses `{attribute}`; use plain attributes instead")
            if attribute.startswith("on"):
                faults.add(f"this picture runs a script (`{attribute}`); remove it")
    return faults
