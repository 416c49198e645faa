"""Which standards a joined file may say it meets, and its metadata."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Dictionary, Name, Stream

from booklet.pdf.join.colours import same_colours
from booklet.pdf.join.reading import items

KEPT = ("PDF/UA-1", "PDF/A-2", "PDF/A-3")
"""The standards whose files may be joined as it is done here. Those of PDF/A-1 may not have packed
objects (ISO 19005-1, 6.1.4), those of PDF/UA-2 and PDF/A-4 ask for more than is done."""

_LEVELS = "aub"
"""The levels of PDF/A, the strictest first (ISO 19005-2, 6.6.4)."""

_AS_ELEMENT = re.compile(rb"(<)(pdfu?aid:\w+)([^<>]*>)[^<]*(</\2\s*>)")
_AS_ATTRIBUTE = re.compile(rb"(\s)(pdfu?aid:\w+)(\s*=\s*[\"'])[^\"']*([\"'])")
"""The two ways of writing a property in XMP (ISO 16684-1, 7.4 and 7.9.2.2): what stands before it,
its name, what stands between, its value, what stands behind."""

_PACKET = """\
<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt></dc:title>
<dc:identifier>{}</dc:identifier>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


@dataclass(frozen=True, slots=True)
class Claimed:
    """What one part claims."""

    title: str  # what it is called in messages
    claims: tuple[str, ...]  # the standards it says it meets


def common(parts: Sequence[Claimed]) -> tuple[str, ...]:
    """The standards that all parts say they meet, at the level of the least strict.

    >>> letter, booklet = ("PDF/UA-1", "PDF/A-2b"), ("PDF/UA-1", "PDF/A-2a")
    >>> [common((Claimed("a", each), Claimed("b", booklet))) for each in (letter, ())]
    [('PDF/UA-1', 'PDF/A-2b'), ()]
    """
    kept: list[str] = []
    for standard in KEPT:
        found = [
            [each for each in part.claims if each[: len(standard)] == standard] for part in parts
        ]
        if all(found):
            kept.append(max((each[0] for each in found), key=_strictness))
    return tuple(kept)


def _strictness(claim: str) -> int:
    return _LEVELS.find(claim[-1])


def why_dropped(parts: Sequence[Claimed], kept: Iterable[str]) -> Iterator[str]:
    """For each claim that not all parts share, which part does not make it."""
    for claim in sorted({claim for part in parts for claim in part.claims} - {*kept}):
        lacking = [part.title for part in parts if claim not in part.claims]
        if not lacking:
            yield f"{claim} is no longer claimed: files of this kind cannot be joined within it"
        elif any(claim[:-1] == each[:-1] for each in kept if claim.startswith("PDF/A")):
            yield f"{claim} is claimed at a lower level: that of {' and '.join(lacking)}"
        else:
            yield f"{claim} is no longer claimed: {' and '.join(lacking)} does not claim it"


def write_claims(target: pikepdf.Pdf, kept: Sequence[str]) -> None:
    """Leave in the metadata only the claims that are kept; all else stays byte for byte."""
    packet = target.Root.get("/Metadata")
    if isinstance(packet, Stream):
        before = packet.read_bytes()
        after = claiming(before, kept)
        if after != before:
            packet.write(after)


def claiming(packet: bytes, kept: Sequence[str]) -> bytes:
    """A packet of XMP that makes these claims, of those it made, and no others.

    >>> packet = b"<x><pdfuaid:part>1</pdfuaid:part><y pdfaid:part='2' pdfaid:conformance='A'/></x>"
    >>> claiming(packet, ["PDF/A-3b"])
    b"<x><y pdfaid:part='3' pdfaid:conformance='B'/></x>"
    """
    values: dict[bytes, str] = {}
    for claim in kept:
        if claim.startswith("PDF/UA-"):
            values[b"pdfuaid:part"] = claim[-1]
        else:
            values[b"pdfaid:part"], values[b"pdfaid:conformance"] = claim[-2], claim[-1].upper()

    def said(found: re.Match[bytes]) -> bytes:
        before, name, between, after = found.group(1, 2, 3, 4)
        value = values.get(name)
        return b"" if value is None else before + name + between + value.encode() + after

    for pattern in (_AS_ELEMENT, _AS_ATTRIBUTE):
        packet = pattern.sub(said, packet)
    return packet


def name_on_page(target: pikepdf.Pdf, page: pikepdf.Page, title: str, identifier: str) -> None:
    """Say on its first page which words a part holds (ISO 32000-1, 14.3.2)."""
    packet = _PACKET.format(escape(title), escape(identifier)).encode()
    page.obj.Metadata = target.make_stream(packet, Type=Name.Metadata, Subtype=Name.XML)


def same_intent(sources: Sequence[tuple[pikepdf.Pdf, bool]]) -> bool:
    """Whether all files mean their colours for one device: of each the file, and if it is PDF/A.

    A file of PDF/A that names none has no colour that needs it (ISO 19005-2, 6.2.4).
    """
    told = [
        _profiles(pdf.Root)
        for pdf, is_archive in sources
        if "/OutputIntents" in pdf.Root or not is_archive
    ]
    return all(_alike(told[0], each) for each in told[1:])


def _profiles(root: pikepdf.Object) -> list[bytes]:
    profiles = (
        intent.get("/DestOutputProfile")
        for intent in items(root, "/OutputIntents")
        if isinstance(intent, Dictionary)
    )
    return [each.read_bytes() for each in profiles if isinstance(each, Stream)]


def _alike(some: list[bytes], others: list[bytes]) -> bool:
    return len(some) == len(others) and all(map(same_colours, some, others))
