"""What the structure tree needs of WeasyPrint's insides: fails where a new version moved it."""

import inspect

import pytest
import weasyprint
import weasyprint.pdf
from weasyprint.formatting_structure import boxes
from weasyprint.pdf.stream import Stream

from booklet.tagging.conformance import write_pdf
from booklet.tagging.structure import CannotTag, LinkWording, structured
from tests.tagging.reading import (
    LONG,
    document,
    written,
)


def test_another_major_version_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = document("<p>One</p>")
    monkeypatch.setattr(weasyprint, "VERSION", "71.0")
    with pytest.raises(CannotTag, match=r"71\.0"):
        write_pdf(pages)


def test_weasyprint_is_as_it_was_afterwards() -> None:
    pages = document(f"<ul><li>{LONG}</li></ul><p><a href='https://example.org'>x</a></p>")
    before = pages.write_pdf(pdf_variant="pdf/ua-1")
    write_pdf(pages)
    with structured(pages, LinkWording()):
        assert weasyprint.pdf.Stream is not Stream
    with pytest.raises(CannotTag):
        written("<p style='opacity: 0.5'>Faint</p>")
    assert weasyprint.pdf.Stream is Stream
    assert pages.write_pdf(pdf_variant="pdf/ua-1") == before


def test_the_names_this_replaces_are_still_what_weasyprint_calls() -> None:
    assert list(inspect.signature(weasyprint.pdf.add_tags).parameters) == [
        "pdf",
        "document",
        "pdf_version",
        "page_streams",
    ]
    source = inspect.getsource(weasyprint.pdf.generate_pdf)
    assert "add_tags(pdf, document, options['pdf_version'], page_streams)" in source
    assert "stream = Stream(" in source
    assert list(inspect.signature(Stream.marked).parameters) == ["self", "box", "tag"]
    assert "tags" in inspect.getsource(Stream.clone)


def test_boxes_still_carry_what_this_reads() -> None:
    body = "<ul><li>One <a href='https://example.org'>two</a></li></ul><table><thead><tr><td>x"
    page = document(body).pages[0]
    found = list(page._page_box.descendants(placeholders=True))
    found += [inner for box in found if box.is_outside_marker for inner in box.descendants()]
    texts = [box for box in found if isinstance(box, boxes.TextBox)]
    assert {box.element_tag for box in texts} == {"li", "li::marker", "a", "td"}
    assert all(box.element.tag == box.element_tag.partition("::")[0] for box in texts)
    assert all(box.pango_layout.text.rstrip() == box.text.rstrip() for box in texts)
    assert [box.element_tag for box in found if box.link] == ["a"]
    assert [box.element_tag for box in found if getattr(box, "is_header", False)] == ["thead"]
    assert any(box.is_outside_marker and box.element_tag == "li::marker" for box in found)
    ((kind, target, rectangle, box),) = page.links
    assert (kind, target, len(rectangle), box.element_tag) == (
        "external",
        "https://example.org",
        4,
        "a",
    )
