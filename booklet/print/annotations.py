"""Annotations: stamps, comments and filled fields, which a viewer prints and sheets do not have."""

from pypdf.generic import ArrayObject, DictionaryObject

from booklet.print.objects import looked_up

HIDDEN, PRINT = 2, 4
"""Bits 2 and 3 of an annotation's flags (ISO 32000-1, 12.5.3)."""

_DEEPEST = 20
"""Fields inherit from fields; a damaged PDF may let them do so in a ring."""


def printed_annotations(page: DictionaryObject) -> int:
    """How many stamps, comments and filled fields of this page a viewer would print.

    Viewers draw comments and filled fields themselves where the PDF does not say how they look
    (ISO 32000-1, 12.5.5 and 12.7.2, `NeedAppearances`). Links are none of them.
    """
    listed = looked_up(page, "/Annots")
    found = [item.get_object() for item in listed] if isinstance(listed, ArrayObject) else []
    return sum(isinstance(item, DictionaryObject) and _printed(item) for item in found)


def _printed(item: DictionaryObject) -> bool:
    flags, kind = looked_up(item, "/F"), looked_up(item, "/Subtype")
    if kind in ("/Link", "/Popup") or not isinstance(flags, int):
        return False
    if flags & HIDDEN or not flags & PRINT:
        return False
    return kind != "/Widget" or "/AP" in item or _filled(item)


def _filled(field: DictionaryObject) -> bool:
    """Whether a form field has something in it, of its own or of the field it is a part of."""
    for _ in range(_DEEPEST):
        value, parent = looked_up(field, "/V"), looked_up(field, "/Parent")
        if value is not None:
            return isinstance(value, str | bytes | list) and bool(value) and value != "/Off"
        if not isinstance(parent, DictionaryObject):
            return False
        field = parent
    return False
