"""Pictures drawn as SVG, put into the page where they stand; others as an address with the data."""

import mimetypes
from base64 import b64encode
from pathlib import Path
from xml.etree import ElementTree

from markupsafe import Markup

from booklet.content.svg import SVG, read_drawing
from booklet.typeface import FAMILY


def inline_svg(path: Path, alt: str | None, name: str) -> Markup:
    """The picture as an element of the page; `alt` is its words, `None` for a decorative one.

    Its size is left to the style sheet, which knows it as `name`. `FaultsFound` as `read_drawing`
    tells them.
    """
    ElementTree.register_namespace("", SVG)
    root = read_drawing(path)
    root.attrib.pop("width", None)
    root.attrib.pop("height", None)
    root.set("class", name)
    root.set("font-family", root.get("font-family", FAMILY))
    if alt is None:
        root.set("aria-hidden", "true")
    else:
        root.set("role", "img")
        root.set("aria-label", alt)
        title = ElementTree.Element(f"{{{SVG}}}title")
        title.text = alt
        root.insert(0, title)
    return Markup(ElementTree.tostring(root, encoding="unicode"))


def embedded(path: Path) -> str:
    """The file as an address that holds all of it (RFC 2397)."""
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return f"data:{kind};base64,{b64encode(path.read_bytes()).decode('ascii')}"
