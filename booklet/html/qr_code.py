"""A web address as a QR code (ISO/IEC 18004), for the camera of a telephone."""

from io import BytesIO
from xml.etree import ElementTree

from markupsafe import Markup

from booklet.html.pictures import named_svg

QUIET_ZONE = 4
"""White modules on each side of the symbol: ISO/IEC 18004 asks for 4."""


def qr_code(address: str, alt: str, name: str) -> Markup:
    """The code of an address as a drawing of the page; `alt` is its words.

    Its size is left to the style sheet, which knows it as `name`. Level M or better: a seventh of
    it may be dirty or torn.
    """
    import segno  # few pages have a code

    drawn = BytesIO()
    segno.make_qr(address, error="m").save(
        drawn, kind="svg", border=QUIET_ZONE, omitsize=True, light="#ffffff", xmldecl=False
    )
    root = ElementTree.fromstring(drawn.getvalue())
    root.set("shape-rendering", "crispEdges")  # no grey between modules on a screen
    return named_svg(root, alt, name)
