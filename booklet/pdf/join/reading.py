"""A PDF opened by qpdf to be joined, and what it says of itself."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from booklet.pdf.document import claims_in, title_in
from booklet.pdf.join.part import Facts
from booklet.pdf.opening import MOST_PAGES, CannotOpen

MOST_OBJECTS = 300_000
"""More objects than this are no letter and no booklet: ours of 48 pages has 1,700."""

NO_TITLES = frozenset({"untitled", "(anonymous)"})
"""What programs write where nobody gave a title."""

_IDENTIFIER = re.compile(r"<dc:identifier>([^<]*)</dc:identifier>")


def opened(data: bytes) -> pikepdf.Pdf:
    """The file, opened; `CannotOpen` says why it cannot be.

    A file that is encrypted but opens without a password is open.
    """
    if b"%PDF-" not in data[:1024]:
        raise CannotOpen("no PDF" if data else "empty")
    with sound():
        pdf = pikepdf.open(BytesIO(data))
        pages = len(pdf.pages)
    if not pages:
        raise CannotOpen("no pages")
    if pages > MOST_PAGES:
        raise CannotOpen("too many pages", str(pages))
    if len(pdf.objects) > MOST_OBJECTS:
        raise CannotOpen("damaged", f"{len(pdf.objects)} objects in it")
    return pdf


@contextmanager
def sound() -> Iterator[None]:
    """Whatever qpdf finds broken inside is the fault of the file, and is raised as `CannotOpen`."""
    try:
        yield
    except pikepdf.PasswordError as error:
        raise CannotOpen("locked") from error
    except (pikepdf.PikepdfError, RuntimeError, ValueError) as error:
        raise CannotOpen("damaged") from error


def facts_of(pdf: pikepdf.Pdf) -> Facts:
    """What an opened file says of itself."""
    root, xmp = pdf.Root, xmp_of(pdf)
    form = child(root, "/AcroForm")
    identifier = _IDENTIFIER.search(xmp)
    title = unescape(title_in(xmp)) or text(child(pdf.trailer, "/Info"), "/Title")
    return Facts(
        pages=len(pdf.pages),
        title="" if title.lower() in NO_TITLES else title,
        language=text(root, "/Lang"),
        identifier=unescape(identifier[1]) if identifier else "",
        tagged="/K" in child(root, "/StructTreeRoot"),
        claims=tuple(claims_in(xmp)),
        encrypted=pdf.is_encrypted,
        signed=any(_signed(root, form)),
        form=bool(items(form, "/Fields")),
        xfa="/XFA" in form,
        portfolio="/Collection" in root,
        mended=tuple(str(each).partition(": ")[2] for each in pdf.get_warnings()),
    )


def xmp_of(pdf: pikepdf.Pdf) -> str:
    """The XMP packet of the file, or nothing."""
    stream = pdf.Root.get("/Metadata")
    return stream.read_bytes().decode("utf-8", "replace") if isinstance(stream, Stream) else ""


def child(owner: pikepdf.Object, key: str) -> Dictionary:
    """An entry that is a dictionary, else an empty one."""
    found = owner.get(key)
    return found if isinstance(found, Dictionary) else Dictionary()


def items(owner: pikepdf.Object, key: str) -> list[pikepdf.Object]:
    """The entries of an entry that is an array, else none."""
    found = owner.get(key) if isinstance(owner, Dictionary) else None
    return list(found.as_list()) if isinstance(found, Array) else []


def text(owner: pikepdf.Object, key: str) -> str:
    """An entry that is a text, without the space around it, else nothing."""
    found = owner.get(key)
    return str(found).strip() if isinstance(found, String) else ""


def _signed(root: pikepdf.Object, form: Dictionary) -> Iterator[bool]:
    """Each way a file says that somebody signed it (ISO 32000-1, 12.7.4.5 and 12.8.4)."""
    yield bool(int(form.get("/SigFlags", 0)) & 1)
    yield "/Perms" in root
    seen, waiting = pikepdf.ObjectSet(), items(form, "/Fields")
    while waiting:
        field = waiting.pop()
        if isinstance(field, Dictionary) and seen.add(field):
            yield field.get("/FT") == Name.Sig and "/V" in field
            waiting += items(field, "/Kids")
