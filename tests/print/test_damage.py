"""PDFs of other programs that are locked, damaged, empty or endless: a message, no traceback."""

import logging
import re
import time
from importlib.util import find_spec
from io import BytesIO

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from pypdf.constants import UserAccessPermissions

from booklet.print.schemes import scheme_named
from booklet.print.sheets import make_sheets
from booklet.problems import BookletError, FaultsFound
from tests.print.pdfs import leaflet, pages_pdf, raw_pdf
from tests.print.pictures import found

BOOKLET = scheme_named("booklet")


def sheets(pdf, scheme="booklet", **options):
    return make_sheets(pdf, scheme_named(scheme), **options)


def encrypted(algorithm, user="", allowed=None):
    writer = PdfWriter(clone_from=PdfReader(BytesIO(leaflet(4))))
    options = {} if allowed is None else {"permissions_flag": allowed}
    writer.encrypt(user, "owner", algorithm=algorithm, **options)
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


@pytest.mark.parametrize("algorithm", ["RC4-40", "RC4-128"])
def test_a_pdf_with_an_empty_password_is_read(algorithm):
    [made] = sheets(encrypted(algorithm))
    assert len(list(found(made.pdf, "Page"))) == 4
    assert not PdfReader(BytesIO(made.pdf)).is_encrypted


def aes(user=""):
    target = BytesIO()
    with pikepdf.open(BytesIO(leaflet(4))) as pdf:
        pdf.save(target, encryption=pikepdf.Encryption(user=user, owner="owner", R=6))
    return target.getvalue()


def outcome(*args, **options):
    """The sheets, or the message that stands in for them; any other exception goes through."""
    try:
        return make_sheets(*args, **options)
    except BookletError as error:
        return str(error)


def test_aes_is_read_or_the_missing_package_is_named():
    result = outcome(aes(), BOOKLET)
    if find_spec("cryptography"):
        assert len(list(found(result[0].pdf, "Page"))) == 4
    else:
        assert "pip install cryptography" in result


def test_a_locked_pdf_is_a_fault_that_asks_for_a_copy():
    with pytest.raises(FaultsFound, match="locked by a password; save a copy without"):
        sheets(encrypted("RC4-128", user="secret"))


def test_a_pdf_that_may_not_be_printed_is_refused():
    everything_but = UserAccessPermissions.all() & ~UserAccessPermissions.PRINT
    with pytest.raises(FaultsFound, match="owner does not allow"):
        sheets(encrypted("RC4-128", allowed=everything_but))


UNREADABLE = {
    "empty": (b"", "not a PDF"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 500, "not a PDF"),
    "only a header": (b"%PDF-1.7\n", "damaged"),
    "no pages": (pages_pdf([]), "no pages"),
    "pages that are no tree": (
        raw_pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"[ 1 2 3 ]"]),
        "damaged|no pages",
    ),
    "packed content cut short": (
        pages_pdf([b"x"]).replace(b"<< /Length 1  >>", b"<< /Length 1 /Filter /FlateDecode >>"),
        "damaged|not sound",
    ),
}


@pytest.mark.parametrize(("data", "says"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_is_a_fault_with_a_remedy(data, says):
    result = outcome(data, BOOKLET)
    message = result if isinstance(result, str) else " ".join(result[0].notes)
    assert re.search(says, message)
    assert re.search("save|build|compare", message)


def test_a_missing_file_is_a_fault_with_its_name(tmp_path):
    with pytest.raises(FaultsFound, match=r"nowhere\.pdf.*cannot be read"):
        sheets(tmp_path / "nowhere.pdf")


def test_a_mended_pdf_is_printed_with_a_warning_and_nothing_is_logged(caplog):
    torn = leaflet(4).replace(b"%PDF-1.7\n", b"%PDF-1.7\n% a mail server added this\n")
    with caplog.at_level(logging.WARNING):
        [made] = sheets(torn)
    assert len(list(found(made.pdf, "Page"))) == 4
    assert any("not sound" in note for note in made.notes)
    assert not caplog.records


def with_object_streams(pdf):
    """The same PDF with its dictionaries packed together, as most programs write it now."""
    target = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        opened.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return target.getvalue()


WHOLE = (leaflet(3), with_object_streams(leaflet(3)))


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_damage_anywhere_is_a_message_never_a_traceback(data):
    pdf = bytearray(data.draw(st.sampled_from(WHOLE)))
    for _ in range(data.draw(st.integers(1, 6))):
        pdf[data.draw(st.integers(0, len(pdf) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(len(pdf) // 2, len(pdf)))
    result = outcome(bytes(pdf[:cut]), scheme_named("flat"), fit=True, floor=0)
    if isinstance(result, str):
        assert result
    else:
        assert len(PdfReader(BytesIO(result[0].pdf)).pages) == len(result[0].run.sides)


def test_500_pages_are_no_booklet_but_lie_flat():
    pdf = leaflet(500)
    with pytest.raises(FaultsFound, match=r"500 pages are 125 sheets.*choose --scheme flat"):
        sheets(pdf)
    began = time.perf_counter()
    [made] = sheets(leaflet(500), "flat")
    assert time.perf_counter() - began < 20
    assert len(made.run.sides) == 500
    assert [side for side, _ in found(made.pdf, "Page 499.")] == [498]


def test_a_loop_in_the_page_tree_is_a_fault():
    pdf = raw_pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Pages /Parent 2 0 R /Kids [2 0 R] /Count 1 >>",
        ]
    )
    with pytest.raises(FaultsFound, match=r"damaged|no pages"):
        sheets(pdf)
