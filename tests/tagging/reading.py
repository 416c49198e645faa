"""A finished PDF read back for the tests: what each page paints, and the structure tree over it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import Any

import weasyprint
from pikepdf import Pdf, Stream, String, parse_content_stream
from pypdf import PdfReader
from pypdf.generic import ContentStream

from booklet.tagging.conformance import write_pdf
from booklet.tagging.roles import LinkWording
from booklet.typeface import font_files

FACES = "".join(
    f"@font-face {{ font-family: Atkinson; src: url({path.as_uri()});"
    f" font-weight: {700 if 'bold' in name.lower() else 400} }}"
    for name, path in font_files().items()
    if "italic" not in name.lower()
)
SMALL_PAGES = "@page { size: 90mm 60mm; margin: 10mm } p { orphans: 1; widows: 1 }"

NO_FILE = Pdf.new()
"""Every stream of qpdf belongs to a file."""

SENTENCE = "The words of this sentence are there to fill a line and then some more."
LONG = " ".join(f"word{number}" for number in range(150))
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="A drop of blood"'
    ' width="80" height="40" viewBox="0 0 8 4"><circle cx="2" cy="2" r="2"/></svg>'
)


@dataclass(frozen=True)
class Painted:
    """One marked piece of a page: its number, or the kind of artifact, and its text."""

    mark: int | None
    artifact: str
    text: str


@dataclass(frozen=True)
class Element:
    """One structure element; `kids` are elements and runs of text in reading order."""

    role: str
    kids: tuple[Any, ...]
    marks: tuple[tuple[int, int], ...]
    annotations: tuple[Any, ...]
    entries: dict[str, Any]

    @property
    def text(self) -> str:
        return "".join(kid if isinstance(kid, str) else kid.text for kid in self.kids)

    @property
    def elements(self) -> tuple["Element", ...]:
        return tuple(kid for kid in self.kids if isinstance(kid, Element))

    @property
    def roles(self) -> tuple[str, ...]:
        return tuple(element.role for element in self.elements)

    @property
    def pages(self) -> set[int]:
        return {page for element in self.walk() for page, _ in element.marks}

    def walk(self) -> Iterator["Element"]:
        yield self
        for element in self.elements:
            yield from element.walk()

    def all(self, role: str) -> tuple["Element", ...]:
        return tuple(element for element in self.walk() if element.role == role)

    def one(self, role: str) -> "Element":
        (element,) = self.all(role)
        return element


def document(body: str, style: str = SMALL_PAGES, head: str = "", lang: str = "en-GB") -> Any:
    """The pages of a piece of HTML in the house typeface."""
    look = f"{FACES} html {{ font: 11pt/1.3 Atkinson }} {style}"
    html = f"<style>{look}</style><title>A booklet about tests</title>{head}<body>{body}"
    return weasyprint.HTML(string=f'<!doctype html><html lang="{lang}">{html}').render()


def written(body: str, style: str = SMALL_PAGES, wording: LinkWording | None = None) -> PdfReader:
    """The same as a finished PDF."""
    return PdfReader(BytesIO(write_pdf(document(body, style), wording)))


@lru_cache(maxsize=2)
def tree(pdf: PdfReader) -> Element:
    """The `Document` element of a PDF; every reference in it must lead somewhere."""
    pages = {page.indirect_reference.idnum: number for number, page in enumerate(pdf.pages)}
    texts = [{piece.mark: piece.text for piece in page} for page in _painted_pages(pdf)]
    (root,) = pdf.root_object["/StructTreeRoot"]["/K"]
    return _element(root.get_object(), pages, texts)


def reading_order(pdf: PdfReader) -> list[tuple[int, int]]:
    """Page and number of every piece of content, as the tree orders it."""

    def marks(element: Element) -> Iterator[tuple[int, int]]:
        own = iter(element.marks)
        for kid in element.kids:
            yield from marks(kid) if isinstance(kid, Element) else (next(own),)

    return list(marks(tree(pdf)))


def painting_order(pdf: PdfReader) -> list[tuple[int, int]]:
    """Page and number of every piece of content, as the pages paint it."""
    return [
        (number, piece.mark)
        for number, page in enumerate(_painted_pages(pdf))
        for piece in page
        if piece.mark is not None
    ]


def _element(source: Any, pages: dict[int, int], texts: list[dict[int | None, str]]) -> Element:
    kids: list[Any] = []
    marks: list[tuple[int, int]] = []
    annotations: list[Any] = []
    own = pages[source.raw_get("/Pg").idnum] if "/Pg" in source else None
    for raw in source["/K"]:
        kid = raw.get_object()
        if isinstance(kid, int):
            assert own is not None
            marks.append((own, int(kid)))
            kids.append(texts[own][int(kid)])
        elif kid.get("/Type") == "/MCR":
            page = pages[kid.raw_get("/Pg").idnum]
            marks.append((page, int(kid["/MCID"])))
            kids.append(texts[page][int(kid["/MCID"])])
        elif kid.get("/Type") == "/OBJR":
            annotations.append(kid["/Obj"])
        else:
            assert kid["/P"] == source
            kids.append(_element(kid, pages, texts))
    entries = {key[1:]: source[key] for key in source if key not in ("/K", "/P", "/Pg", "/S")}
    return Element(source["/S"][1:], tuple(kids), tuple(marks), tuple(annotations), entries)


@lru_cache(maxsize=2)
def _painted_pages(pdf: PdfReader) -> tuple[list[Painted], ...]:
    return tuple(painted(page) for page in pdf.pages)


def painted(page: Any) -> list[Painted]:
    """Everything marked on a page, in the order it is painted."""
    fonts = {name: _unicode(font) for name, font in page["/Resources"]["/Font"].items()}
    pieces: list[Painted] = []
    open_marks: list[Painted] = []
    font: dict[str, str] = {}
    for operands, sign in _operations(page):
        operator = str(sign)
        if operator == "Tf":
            font = fonts[str(operands[0])]
        elif operator in ("BDC", "BMC"):
            open_marks.append(_mark(operands))
        elif operator == "EMC":
            pieces.append(open_marks.pop())
        elif operator in ("TJ", "Tj"):
            shown = "".join(_decoded(part, font) for part in _parts(operands[0]))
            top = open_marks.pop()
            open_marks.append(Painted(top.mark, top.artifact, top.text + shown))
    return pieces


def _operations(page: Any) -> Any:
    """What marks and what writes, by qpdf: pypdf takes ten times as long over it."""
    content = ContentStream(page["/Contents"], page.pdf).get_data()
    return parse_content_stream(Stream(NO_FILE, content), "Tf BDC BMC EMC TJ Tj")


def _mark(operands: Any) -> Painted:
    tag, properties = operands[0], operands[1] if len(operands) > 1 else {}
    if tag != "/Artifact":
        return Painted(int(properties["/MCID"]), "", "")
    kind = str(properties.get("/Type", "/Layout"))[1:] + str(properties.get("/Subtype", ""))
    return Painted(None, kind, "")


def _parts(shown: Any) -> list[bytes]:
    parts = [shown] if isinstance(shown, String) else list(shown)
    return [bytes(part) for part in parts if isinstance(part, String)]


def _decoded(codes: bytes, font: dict[str, str]) -> str:
    return "".join(font[codes[i : i + 2].hex()] for i in range(0, len(codes), 2))


def _unicode(font: Any) -> dict[str, str]:
    table = font["/ToUnicode"].get_data().decode()
    return {
        code.lower(): bytes.fromhex(text).decode("utf-16-be")
        for code, text in re.findall(r"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>\n", table)
    }


def artifacts(pdf: PdfReader, kind: str) -> list[str]:
    """The texts of all artifacts of one kind, such as `Pagination/Header`."""
    return [piece.text for page in pdf.pages for piece in painted(page) if piece.artifact == kind]
