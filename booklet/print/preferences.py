"""What a sheet tells the print dialogue: actual size, which edge to flip, which tray."""

from pypdf import PdfWriter
from pypdf.generic import ArrayObject, BooleanObject, DictionaryObject, NameObject

from booklet.print.schemes import Edge, Flip

_DUPLEX: dict[Flip | None, str] = {
    "short": "/DuplexFlipShortEdge",
    "long": "/DuplexFlipLongEdge",
    None: "/Simplex",
}


def tell_the_printer(writer: PdfWriter, flip: Flip | None, shop: Edge | None = None) -> None:
    """Set the viewer preferences (ISO 32000-1, 12.2, table 150); how many copies is left open.

    `Enforce` (ISO 32000-2) keeps a viewer from remembering "fit to page" from the last job.
    `shop` is where a print shop binds single pages: their direction is told, for sheets alone
    have mirrored their pages already, and which sides it prints is not.
    """
    direction = {NameObject("/Direction"): NameObject("/R2L")} if shop == "right" else {}
    sides = {} if shop else {NameObject("/Duplex"): NameObject(_DUPLEX[flip])}
    writer.root_object[NameObject("/ViewerPreferences")] = DictionaryObject(
        {
            **direction,
            NameObject("/PrintScaling"): NameObject("/None"),
            NameObject("/Enforce"): ArrayObject([NameObject("/PrintScaling")]),
            **sides,
            NameObject("/PickTrayByPDFSize"): BooleanObject(True),
            NameObject("/DisplayDocTitle"): BooleanObject(True),
        }
    )
