"""Every reading PDF conforms to PDF/UA-1 and to PDF/A-2a, and says so truthfully."""

import re
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import fromstring

import outloud
import page
import pydyf
import pytest
from pypdf import PdfReader

from booklet.tagging.conformance import write_pdf
from tests.tagging.reading import document, painting_order, reading_order

STYLE = """
@page { size: 100mm 80mm; margin: 12mm; @top-left { content: "AML booklet" }
  @bottom-center { content: "Page " counter(page) } }
.contents { break-before: page; break-after: page }
.contents ol { list-style: none; padding: 0 }
.contents a::after { content: leader(dotted) " " target-counter(attr(href), page) }
.xref::after { content: " (page " target-counter(attr(href), page) ")" }
.callout { border: 2px solid }
.keep { white-space: nowrap }
svg { overflow: visible }
table { border-collapse: collapse } td, th { border: 1px solid; background: #eee }
"""
HEAD = """
<meta name="author" content="Blood clinic, Leeds"><meta name="description" content="For tests">
<meta name="keywords" content="blood, tests"><meta name="generator" content="Booklet builder">
<meta name="dcterms.created" content="2026-11-01">
<meta name="dcterms.modified" content="2026-11-02">
"""
ROWS = "".join(
    f"<tr><th scope=row>Day {day}</th><td>{day} in the morning</td><td>none at night</td></tr>"
    for day in range(1, 16)
)
BODY = f"""
<header class="cover"><p>For families</p><h1>When <abbr title="acute myeloid leukaemia">AML</abbr>
comes back</h1><p aria-hidden="true">* * *</p></header>
<nav class="contents"><h2>What is inside</h2><ol>
<li><a href="#choices">Treatment choices</a></li><li><a href="#ask">Questions to ask</a></li></ol>
</nav>
<section id="choices"><h2>Treatment choices</h2>
<p>{"There is more than one way to treat it, and nobody has to decide at once. " * 8}</p>
<ul>{"<li>A point that is long enough for a second line of this narrow page</li>" * 6}</ul>
<p>See <a class="xref" href="#ask">Questions to ask</a>. Read the guidance by
<a href="https://nice.org.uk/guidance/ta642">the National Institute for Health and Care
Excellence</a>.</p>
<article><h3>Tablets</h3><dl><div><dt>How</dt><dd>At home</dd></div></dl></article>
<aside class="callout"><p>Soon</p><p>Call <a href="tel:08082080888"><span class="keep">0808 2080
888</span></a> if you are worried.</p></aside>
<table><caption>Tablets by day</caption><thead><tr><th scope="col">Day</th>
<th scope="col">Morning</th><th scope="col">Night</th></tr></thead><tbody>{ROWS}</tbody></table>
<figure><svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="A drop of blood, seen large"
width="90" height="45" viewBox="0 0 8 4"><circle cx="2" cy="2" r="2" opacity="0.5"/></svg>
<figcaption>Blood is made in the marrow</figcaption></figure>
<blockquote><p>It helped to write things down. <span lang="cy">Diolch</span>!</p></blockquote>
</section>
<section id="ask" style="break-before: page"><h2>Questions to ask</h2>
<ol><li>What happens next?</li><li>Whom do we call?</li></ol></section>
"""


@pytest.fixture(scope="module")
def finished() -> bytes:
    return write_pdf(document(BODY, STYLE, HEAD))


@pytest.fixture(scope="module")
def pdf(finished: bytes) -> PdfReader:
    return PdfReader(BytesIO(finished))


def faults(pdf: bytes, profile: page.ValidationProfile) -> list[str]:
    report = page.validate_pdf_bytes(pdf, profile=profile)
    return [f"{failure.rule_id}: {failure.message}" for failure in report.failures] + (
        [] if report.is_compliant else ["does not conform"]
    )


@pytest.mark.parametrize(
    "profile", [page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A]
)
def test_one_file_conforms_to_both_standards(
    finished: bytes, profile: page.ValidationProfile
) -> None:
    assert faults(finished, profile) == []


def test_a_second_checker_finds_no_fault_and_nothing_to_warn_of(
    finished: bytes, tmp_path: Path
) -> None:
    """All of outloud's rules but ORD-001, which the next test puts more strictly.

    outloud 0.2.1 reads an element's own text first and the links and phrases within it after,
    so it finds text around a link out of order that is in order.
    """
    path = tmp_path / "booklet.pdf"
    path.write_bytes(finished)
    result = outloud.check(str(path), skip=["ORD-001"])
    assert result.error is None
    assert [f for f in result.findings if f.severity in ("error", "warning")] == []


def test_every_page_is_painted_in_the_order_it_is_read(pdf: PdfReader) -> None:
    assert painting_order(pdf) == reading_order(pdf)


def test_the_same_pages_give_the_same_bytes(finished: bytes) -> None:
    pages = document(BODY, STYLE, HEAD)
    assert write_pdf(pages) == write_pdf(pages) == finished


def test_metadata_names_both_standards_in_plain_sight(finished: bytes) -> None:
    packet = re.search(rb"<x:xmpmeta.*</x:xmpmeta>", finished, re.S)
    assert packet is not None
    described = fromstring(packet[0])
    found = {**{key: value for each in described.iter() for key, value in each.attrib.items()}}
    found |= {each.tag: each.text or "" for each in described.iter()}
    assert found["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
    assert found["{http://www.aiim.org/pdfa/ns/id/}part"] == "2"
    assert found["{http://www.aiim.org/pdfa/ns/id/}conformance"] == "A"
    assert found["{http://www.aiim.org/pdfa/ns/schema#}prefix"] == "pdfuaid"


def test_metadata_and_document_information_agree(pdf: PdfReader) -> None:
    xmp, info = pdf.xmp_metadata, pdf.metadata
    assert xmp is not None
    assert info is not None
    assert xmp.dc_title == {"x-default": info.title} == {"x-default": "A booklet about tests"}
    assert xmp.dc_creator == [info.author] == ["Blood clinic, Leeds"]
    assert xmp.dc_description == {"x-default": info.subject} == {"x-default": "For tests"}
    assert xmp.pdf_keywords == info["/Keywords"] == "blood, tests"
    assert xmp.xmp_creator_tool == info.creator == "Booklet builder"
    assert xmp.pdf_producer == info.producer
    assert xmp.xmp_create_date.date() == info.creation_date.date()
    assert xmp.xmp_modify_date.date() == info.modification_date.date()


def test_colours_have_an_output_intent(pdf: PdfReader) -> None:
    (intent,) = pdf.root_object["/OutputIntents"]
    assert intent["/S"] == "/GTS_PDFA1"
    assert intent["/DestOutputProfile"]["/N"] == 3


def test_viewers_show_the_title_and_print_at_full_size(pdf: PdfReader) -> None:
    wanted = {"/DisplayDocTitle": True, "/PrintScaling": "/None"}
    assert pdf.root_object["/ViewerPreferences"] == wanted


def test_page_labels_are_the_printed_numbers(pdf: PdfReader) -> None:
    printed = [each.extract_text().split("Page ")[-1].split()[0] for each in pdf.pages]
    assert list(pdf.page_labels) == printed == [str(n) for n in range(1, len(pdf.pages) + 1)]


def test_tabs_follow_the_structure_and_the_language_is_said(pdf: PdfReader) -> None:
    assert {each["/Tabs"] for each in pdf.pages} == {"/S"}
    assert pdf.root_object["/Lang"] == "en-GB"
    assert pdf.root_object["/MarkInfo"] == {"/Marked": True}


def test_bookmarks_are_the_headings() -> None:
    def titles(outline: list[object]) -> list[object]:
        return [titles(each) if isinstance(each, list) else each.title for each in outline]  # type: ignore[attr-defined]

    outline = PdfReader(BytesIO(write_pdf(document(BODY, STYLE, HEAD)))).outline
    assert titles(outline) == [
        "When AML comes back",
        ["What is inside", "Treatment choices", ["Tablets"], "Questions to ask"],
    ]


def test_nothing_runs_and_nothing_is_enclosed(pdf: PdfReader) -> None:
    root = pdf.root_object
    assert not {"/OpenAction", "/AA", "/AcroForm", "/AF", "/Encrypt"} & set(root)
    assert set(root["/Names"]) == {"/Dests"}
    kinds = {each["/Subtype"] for page in pdf.pages for each in page.get("/Annots", ())}
    actions = {each["/A"]["/S"] for p in pdf.pages for each in p.get("/Annots", ()) if "/A" in each}
    assert kinds == {"/Link"}
    assert actions == {"/URI"}


def test_the_end_of_a_stream_cannot_be_mistaken(finished: bytes) -> None:
    ends = [match.start() for match in re.finditer(rb"endstream\b", finished)]
    assert ends
    assert all(finished[end - 2 : end] == b"\r\n" for end in ends)


@pytest.mark.slow
def test_content_that_ends_in_a_carriage_return_still_has_the_length_it_says() -> None:
    for number in range(400):
        pdf = write_pdf(document(f"<h1>Page {number}</h1>"))
        if b"\r\r\nendstream" in pdf:
            break
    else:
        pytest.fail("no content ended in a carriage return")
    assert faults(pdf, page.ValidationProfile.PDF_A_2A) == []
    assert pydyf.Stream([b"x"]).data.endswith(b"x\nendstream")
