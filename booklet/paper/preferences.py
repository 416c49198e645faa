"""What a sheet tells the print dialogue: actual size, which edge to flip, which tray."""

from pypdf import PdfWriter
from pypdf.generic import ArrayObject, BooleanObject, DictionaryObject, NameObject

from booklet.paper.schemes import Flip

_DUPLEX: dict[Flip | None, str] = {
    "short": "/DuplexFlipShortEdge",
    "long": "/DuplexFlipLongEdge",
    None: "/Simplex",
}


def tell_the_printer(writer: PdfWriter, flip: Flip | None, right_to_left: bool = False) -> None:
    """Set the viewer preferences (ISO 32000-1, 12.2, table 150); how many copies is left open.

    `Enforce` (ISO 32000-2) keeps a viewer from remembering "fit to page" from the last job.
    `right_to_left` is for single pages; sheets have mirrored their pages already.
    """
    direction = {NameObject("/Direction"): NameObject("/R2L")} if right_to_left else {}
    writer.root_object[NameObject("/ViewerPreferences")] = DictionaryObject(
        {
            **direction,
            NameObject("/PrintScaling"): NameObject("/None"),
            NameObject("/Enforce"): ArrayObject([NameObject("/PrintScaling")]),
            NameObject("/Duplex"): NameObject(_DUPLEX[flip]),
            NameObject("/PickTrayByPDFSize"): BooleanObject(True),
            NameObject("/DisplayDocTitle"): BooleanObject(True),
        }
    )
