"""One file for two standards: PDF/A-2a, which lasts, and PDF/UA-1, which everyone can read."""

from functools import partial
from xml.sax.saxutils import escape

import pydyf
import weasyprint
import weasyprint.pdf
from weasyprint import Document
from weasyprint.pdf.metadata import DocumentMetadata

from booklet.tagging.content_stream import ContentStream, page_to_paint
from booklet.tagging.marked_content import (
    CannotTag,
    LinkArea,
    PaintedContent,
    read_pages,
    runs_leftwards,
)
from booklet.tagging.roles import LinkTarget, LinkWording, describe_link, title_of
from booklet.tagging.structure_tree import LOGGER, build_structure_tree, everything_in, lost_spaces
from booklet.tagging.structure_writer import write_tree
from booklet.tagging.text_painter import painted_as_read
from booklet.tagging.weasyprint_patches import MAJOR_VERSION, page_references_kept, patched

_UA_PROPERTIES = b"""\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
"""What PDF/A does not know of PDF/UA: the identifier (ISO 14289-1, clause 5), and the schema that
every property from outside PDF/A must bring along (ISO 19005-2, 6.6.2.3)."""
_IDENTIFIER = b"""\
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier>%s</dc:identifier>
</rdf:Description>
"""
_END = b"</rdf:RDF>"
_stream_data = pydyf.Stream.data.fget


def write_pdf(document: Document, wording: LinkWording | None = None) -> bytes:
    """The pages as one PDF that conforms to PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1).

    Its structure is the content's (see `structure_tree`); pages are labelled 1, 2, 3 from the
    first, the title is shown in the window, printing is not scaled. The same pages give the same
    bytes. `CannotTag` where a page paints something that has no place in the content. Pictures
    without alternative text and a page without a language are logged, as WeasyPrint logs them.
    """
    if weasyprint.VERSION.split(".")[0] != MAJOR_VERSION:
        raise CannotTag(f"made for WeasyPrint {MAJOR_VERSION}, this is {weasyprint.VERSION}")
    painted = read_pages(document)
    targets = _link_targets(document, painted)
    describe = partial(describe_link, targets=targets, wording=wording or LinkWording())
    tree = build_structure_tree(painted, describe)
    areas = {kid.box: kid for kid in everything_in(tree) if isinstance(kid, LinkArea)}
    written = document.copy([page_to_paint(page, areas) for page in document.pages])
    written.metadata = _Metadata(**vars(document.metadata))
    written.color_profiles, written.output_intent = dict(document.color_profiles), "srgb"
    stream = partial(ContentStream, painted.artifacts, lost_spaces(tree))
    with (
        patched(weasyprint.pdf, Stream=stream, add_tags=partial(write_tree, tree)),
        patched(pydyf.Stream, data=property(_with_plain_end)),
        page_references_kept(),
        painted_as_read(document),
    ):
        pdf: bytes = written.write_pdf(pdf_variant="pdf/a-2a", finisher=_finish)
    return pdf


def _link_targets(document: Document, painted: PaintedContent) -> dict[str, LinkTarget]:
    """Where links inside the document lead, by anchor; pages are numbered from 1."""
    named = {
        element.get("id"): element
        for source in painted.sources.values()
        for element in source.begins
    }
    targets: dict[str, LinkTarget] = {}
    for number, page in enumerate(document.pages, start=1):
        for anchor in page.anchors:
            if anchor not in targets:
                title = title_of(named[anchor]) if anchor in named else ""
                targets[anchor] = LinkTarget(title, number)
    return targets


class _Metadata(DocumentMetadata):  # type: ignore[misc]
    """WeasyPrint's metadata, with the PDF/UA identifier beside the PDF/A one, and the words' own.

    `dc:identifier` is one of XMP's own properties (ISO 16684-1, 8.3): PDF/A needs no schema for it.
    """

    def generate_rdf_metadata(self, *arguments: object) -> bytes:
        rdf: bytes = super().generate_rdf_metadata(*arguments)
        head, end, _ = rdf.rpartition(_END)
        known = self.custom.get("dcterms.identifier")
        return (
            head + _UA_PROPERTIES + (_IDENTIFIER % escape(known).encode() if known else b"") + end
        )


def _finish(document: Document, pdf: pydyf.PDF) -> None:
    """The last touches before the file is written.

    Metadata is left readable without a PDF library (ISO 19005-2, 6.6.2.1); the window shows the
    title (ISO 14289-1, 7.1), printing keeps the size of the type, and pages that are read from
    right to left are laid side by side and bound that way (ISO 32000-1, table 150).
    """
    if "Lang" not in pdf.catalog:
        LOGGER.error('Missing required "lang" attribute at the root of the document')
    number = int(pdf.catalog["Metadata"].split()[0])
    pdf.objects[number].compress = False
    preferences = {"DisplayDocTitle": "true", "PrintScaling": "/None"}
    if runs_leftwards(document):
        preferences["Direction"] = "/R2L"
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary(preferences)
    labels = pydyf.Array([0, pydyf.Dictionary({"S": "/D", "St": 1})])
    pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": labels})


def _with_plain_end(stream: pydyf.Stream) -> bytes:
    r"""A stream as bytes, its end marked by a whole line break.

    pydyf parts the content from `endstream` by a line feed. Where compressed content happens to
    end in a carriage return, the two read as one line break, and the length then said is one
    byte too long (ISO 19005-2, 6.1.7.1). After `\r\n` there is nothing to mistake.

    pydyf asks twice for it, to write it and to give the file its identifier (ISO 32000-1, 14.4).
    Nothing is added to a stream in between, so it is packed once.
    """
    if not hasattr(stream, "as_written"):
        data = _stream_data(stream)
        stream.as_written = data.removesuffix(b"\nendstream") + b"\r\nendstream"
    written: bytes = stream.as_written
    return written
