"""Single objects out of object streams are those that pypdf reads."""

from io import BytesIO

from pypdf import PdfReader

from booklet.pdf.lazy_reader import LazyReader
from booklet.print.schemes import scheme_named
from booklet.print.sheets import make_sheets
from tests.print.pdfs import leaflet
from tests.print.pictures import found
from tests.print.test_damage import with_object_streams


def sheets(pdf):
    return make_sheets(pdf, scheme_named("booklet"))


def written(thing):
    target = BytesIO()
    thing.write_to_stream(target)
    return target.getvalue()


def test_object_streams_are_read_as_pypdf_reads_them():
    packed_pdf = with_object_streams(leaflet(12))
    lazy, eager = LazyReader(BytesIO(packed_pdf)), PdfReader(BytesIO(packed_pdf))
    assert len(lazy.xref_objStm) > 12
    for number in range(1, int(eager.trailer["/Size"])):
        assert written(lazy.get_object(number)) == written(eager.get_object(number))
    [made] = sheets(packed_pdf)
    assert list(found(made.pdf, "Page")) == list(found(sheets(leaflet(12))[0].pdf, "Page"))


def test_an_object_stream_is_not_parsed_for_one_object_of_it():
    reader = LazyReader(BytesIO(with_object_streams(leaflet(12))))
    assert reader.root_object["/Type"] == "/Catalog"
    assert len(reader.resolved_objects) < 6
