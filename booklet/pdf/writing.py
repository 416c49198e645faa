"""PDFs written by qpdf: pages of one placed on those of another, each stored once."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ContentStream

from booklet.pdf.geometry import Box
from booklet.pdf.opening import Damaged
from booklet.pdf.pages import Frame

LEFT_BEHIND = frozenset(
    {"/StructParent", "/StructParents", "/PieceInfo", "/Metadata", "/Thumb", "/Ref"}
)
"""Ties to what a page without tags does not have (a structure tree, private data of other
programs) or want."""

KEPT = ("/OCProperties", "/OutputIntents")
"""Hidden layers stay hidden, colours what they were (ISO 32000-1, 8.11.4, 14.11.5)."""


@dataclass(frozen=True, slots=True)
class NewPage:
    """A page to be written; its boxes are in points (ISO 32000-1, 14.11.2)."""

    media: Box  # the whole of it
    bleed: Box  # how far ink goes
    trim: Box  # what is kept when it is cut
    content: str  # the operators that draw it; `/P3 Do` paints page 3 of the source
    painted: tuple[int, ...]  # the pages of the source it paints


def composed(
    source: tuple[bytes, PdfReader],
    frames: Sequence[Frame],
    pages: Iterable[NewPage],
    *,
    information: Mapping[str, str],
    preferences: Mapping[str, Any],
) -> bytes:
    """New pages that paint those of a source: its bytes, its reader, and where its pages lie.

    A source page is painted upright, the lower left corner of its trim at 0, 0 and one unit to
    a point, and nothing outside the bleed box of its frame. Annotations and tags stay behind.
    `Damaged` where qpdf cannot make pages of them.
    """
    try:
        return _composed(source, frames, pages, information, preferences)
    except pikepdf.PikepdfError as error:
        raise Damaged("its parts do not fit") from error


def _composed(
    source: tuple[bytes, PdfReader],
    frames: Sequence[Frame],
    pages: Iterable[NewPage],
    information: Mapping[str, str],
    preferences: Mapping[str, Any],
) -> bytes:
    given, target = opened_for_copying(*source), pikepdf.new()
    forms: dict[int, pikepdf.Object] = {}
    for page in pages:
        for number in page.painted:
            if number not in forms:
                form = _form(given, frames[number - 1], source[1])
                forms[number] = target.copy_foreign(form)
        _add(target, page, {f"/P{number}": forms[number] for number in page.painted})
    for key in KEPT:
        if key in given.Root:
            target.Root[key] = target.copy_foreign(given.make_indirect(given.Root[key]))
    _tell_warnings(given)
    _leave_behind(target)
    for key, words in information.items():
        target.docinfo[key] = words
    return with_preferences(target, preferences)


def _tell_warnings(given: pikepdf.Pdf) -> None:
    """Logs what qpdf mended, without the words for where the bytes came from."""
    for warning in given.get_warnings():
        logging.getLogger("booklet.pdf").warning(str(warning).partition(": ")[2] or warning)


def _leave_behind(target: pikepdf.Pdf) -> None:
    for thing in target.objects:
        if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            for key in LEFT_BEHIND & set(thing.keys()):
                del thing[key]


def with_preferences(pdf: bytes | pikepdf.Pdf, preferences: Mapping[str, Any]) -> bytes:
    """The PDF with these viewer preferences (ISO 32000-1, 12.2); texts are names."""
    written = pikepdf.open(BytesIO(pdf)) if isinstance(pdf, bytes) else pdf
    told = {key: _preference(value) for key, value in preferences.items()}
    written.Root.ViewerPreferences = Dictionary(told)
    return saved(written)


def opened_for_copying(data: bytes, reader: PdfReader) -> pikepdf.Pdf:
    """A PDF for qpdf to copy from.

    Where qpdf cannot open it, or finds other pages in it, pypdf, which reads what others wrote
    badly, writes it anew first.
    """
    try:
        opened = pikepdf.open(BytesIO(data))
        if len(opened.pages) == len(reader.pages):
            return opened
    except pikepdf.PdfError:
        pass
    mended = BytesIO()
    PdfWriter(clone_from=reader).write(mended)
    return pikepdf.open(mended)


def saved(pdf: pikepdf.Pdf, version: str = "1.7") -> bytes:
    """The bytes of a PDF: the same for the same content, its identifier included (14.4).

    It says that it is of this version of PDF, or of its own where that is later. Its metadata stays
    as it is, byte for byte.
    """
    target = BytesIO()
    pdf.save(
        target,
        min_version=version,
        fix_metadata_version=False,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        deterministic_id=True,
    )
    return target.getvalue()


def saved_with_plain_ends(pdf: pikepdf.Pdf, version: str = "1.7") -> bytes:
    """As `saved`, no stream ending in a carriage return.

    qpdf parts a stream from `endstream` by a line feed. Behind a carriage return that reads as one
    line break, and the length as one byte too many (ISO 19005-2, 6.1.7.1). What is packed may have
    a byte behind its end. What qpdf packs itself, tables and objects, is packed otherwise as soon
    as an object more is among them.
    """
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Stream):
            raw = thing.read_raw_bytes()
            if raw.endswith(b"\r") and thing.get("/Filter") == Name.FlateDecode:
                parms: Any = thing.get("/DecodeParms")
                thing.write(raw + b"\n", filter=Name.FlateDecode, decode_parms=parms)
    data = saved(pdf, version)
    for page in pdf.pages:
        if b"\r\nendstream" not in data:
            break
        page.obj.MediaBox = pdf.make_indirect(Array([*page.mediabox]))
        data = saved(pdf, version)
    return data


def _form(given: pikepdf.Pdf, frame: Frame, reader: PdfReader) -> pikepdf.Object:
    """A page as a Form XObject (ISO 32000-1, 8.10)."""
    page = given.pages[frame.number - 1]
    form = page.as_form_xobject(handle_transformations=False)
    form.Resources = given.make_indirect(page.resources)  # pages may share them, and so may forms
    try:
        form.read_bytes()
    except pikepdf.PdfError:  # packed content that breaks off: pypdf takes what there is
        contents = reader.pages[frame.number - 1].get("/Contents")
        form.write(ContentStream(contents, None).get_data())
    form.BBox = _array(frame.bleed)
    form.Matrix = Array([round(number, 5) for number in frame.matrix])
    return form


def _add(target: pikepdf.Pdf, page: NewPage, forms: Mapping[str, pikepdf.Object]) -> None:
    added = target.add_blank_page(page_size=(page.media.width, page.media.height)).obj
    added.Contents = target.make_stream(page.content.encode("ascii"))
    added.Resources = Dictionary(XObject=Dictionary(forms))
    added.MediaBox = added.CropBox = _array(page.media)
    added.BleedBox, added.TrimBox = _array(page.bleed), _array(page.trim)


def _array(box: Box) -> Array:
    return Array([round(edge, 5) for edge in (box.left, box.bottom, box.right, box.top)])


def _preference(value: Any) -> Any:
    if isinstance(value, tuple):
        return Array([_preference(each) for each in value])
    return Name(value) if isinstance(value, str) else value


_OWN_WORDS = b"/ActualText"


def without_own_words(data: bytes) -> bytes:
    """A file in which no text has words in its place (ISO 32000-1, 14.9.4).

    `Damaged` where it cannot be written.
    """
    try:
        with pikepdf.open(BytesIO(data)) as given:
            for thing in given.objects:
                if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
                    _drop_own_words(thing)
            out = BytesIO()
            given.save(out, encryption=False)
    except pikepdf.PdfError as error:
        raise Damaged(str(error)) from error
    return out.getvalue()


def _drop_own_words(thing: pikepdf.Object) -> None:
    if _OWN_WORDS.decode() in thing:
        del thing[_OWN_WORDS.decode()]
    if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") != Name.Image:
        with suppress(pikepdf.PdfError):  # a stream that cannot be read says nothing either way
            content = thing.read_bytes()
            if _OWN_WORDS in content:
                # Another name of the same length: properties that nobody knows are passed over.
                thing.write(content.replace(_OWN_WORDS, b"/ActualTexT"))
