"""Pages as Form XObjects: the page as it is, stored once, to be placed anywhere."""

from typing import Any

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    ContentStream,
    DecodedStreamObject,
    DictionaryObject,
    EncodedStreamObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    PdfObject,
    StreamObject,
)

from booklet.print.geometry import scaled, turned
from booklet.print.source_file import SourcePage

# Ties to what sheets do not have (a structure tree, private data of other programs) or want.
LEFT_BEHIND = frozenset(
    {"/StructParent", "/StructParents", "/PieceInfo", "/Metadata", "/Thumb", "/Length", "/Ref"}
)


class Copier:
    """Copies objects from one PDF into another, each indirect object once.

    pypdf's own `clone` stores a stream again for every array that names it, as the array of
    a colour space does its profile.
    """

    def __init__(self, writer: PdfWriter) -> None:
        self.writer = writer
        self._copied: dict[tuple[int, int], IndirectObject] = {}

    def copy(self, thing: Any) -> PdfObject:
        """The same thing for the other PDF."""
        if isinstance(thing, IndirectObject):
            return self._reference(thing)
        if isinstance(thing, ArrayObject):
            return ArrayObject(self.copy(item) for item in thing)
        if isinstance(thing, StreamObject):
            return self._stream(thing)
        if isinstance(thing, DictionaryObject):
            return self._fill(DictionaryObject(), thing)
        return thing if isinstance(thing, PdfObject) else NullObject()

    def _reference(self, reference: IndirectObject) -> PdfObject:
        key = (reference.idnum, reference.generation)
        if key in self._copied:
            return self._copied[key]
        target = reference.get_object()
        if not isinstance(target, DictionaryObject | ArrayObject):
            return self.copy(target)
        if isinstance(target, DictionaryObject) and target.get("/Type") in ("/Page", "/Pages"):
            return NullObject()
        fresh = _empty_like(target)
        self._copied[key] = self.writer._add_object(fresh)
        self._into(fresh, target)
        return self._copied[key]

    def _stream(self, stream: StreamObject) -> PdfObject:
        fresh = _empty_like(stream)
        self._into(fresh, stream)
        return self.writer._add_object(fresh)

    def _into(self, fresh: PdfObject, source: PdfObject) -> None:
        if isinstance(fresh, ArrayObject) and isinstance(source, ArrayObject):
            fresh.extend(self.copy(item) for item in source)
        if isinstance(fresh, StreamObject) and isinstance(source, StreamObject):
            fresh._data = source._data
        if isinstance(fresh, DictionaryObject) and isinstance(source, DictionaryObject):
            self._fill(fresh, source)

    def _fill(self, fresh: DictionaryObject, source: DictionaryObject) -> DictionaryObject:
        for key, value in source.items():
            if key not in LEFT_BEHIND:
                fresh[NameObject(key)] = self.copy(value)
        return fresh


def _empty_like(thing: PdfObject) -> DictionaryObject | ArrayObject:
    """A new object of the same kind, to be referred to before it is filled."""
    if isinstance(thing, ArrayObject):
        return ArrayObject()
    if isinstance(thing, StreamObject):
        return EncodedStreamObject() if "/Filter" in thing else DecodedStreamObject()
    return DictionaryObject()


def page_form(page: SourcePage, copier: Copier) -> IndirectObject:
    """A page as a Form XObject, upright, with the lower left corner of its trim at 0, 0.

    One unit of the form is one point, whatever the page's rotation and user unit. Nothing
    outside the page's bleed is painted. Annotations stay behind.
    """
    form = DecodedStreamObject()
    form.set_data(ContentStream(page.contents, None).get_data())
    packed = form.flate_encode(9)
    box, matrix = page.bleed, scaled(turned(page.trim, page.turn), page.unit)
    packed[NameObject("/Type")] = NameObject("/XObject")
    packed[NameObject("/Subtype")] = NameObject("/Form")
    packed[NameObject("/BBox")] = numbers(box.left, box.bottom, box.right, box.top)
    packed[NameObject("/Matrix")] = numbers(*matrix)
    packed[NameObject("/Resources")] = copier.copy(page.resources)
    if page.group is not None:
        packed[NameObject("/Group")] = copier.copy(page.group)
    return copier.writer._add_object(packed)


def numbers(*values: float) -> ArrayObject:
    """Numbers as a PDF array, to a hundred-thousandth."""
    return ArrayObject(FloatObject(round(value, 5)) for value in values)
