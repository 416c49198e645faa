"""A PDF is open, or there is one word for why it is not."""

import logging

import pytest

from booklet.pdf import opening
from booklet.pdf.opening import CannotOpen, guarded, heard, may_be_printed, open_pdf
from booklet.pdf.pages import frames
from tests.print.pdfs import leaflet, pages_pdf, raw_pdf, words
from tests.print.test_damage import aes, encrypted

UNREADABLE = {
    "empty": b"",
    "no PDF": b"\x89PNG\r\n\x1a\n",
    "locked": encrypted("RC4-128", user="secret"),
    "no pages": pages_pdf([]),
    "damaged": raw_pdf([b"<< /Type /Catalog /Pages 2 0 R >>"]),
}


@pytest.mark.parametrize(("why", "data"), UNREADABLE.items(), ids=UNREADABLE)
def test_there_is_one_word_for_why_a_pdf_cannot_be_opened(why, data):
    with pytest.raises(CannotOpen) as caught:
        open_pdf(data)
    assert caught.value.why == why


def test_more_pages_than_a_booklet_has_are_too_many(monkeypatch):
    monkeypatch.setattr(opening, "MOST_PAGES", 3)
    assert len(open_pdf(leaflet(3)).pages) == 3
    with pytest.raises(CannotOpen, match="too many pages: 4"):
        open_pdf(leaflet(4))


@pytest.mark.parametrize(
    "data", [leaflet(2), encrypted("RC4-128"), aes()], ids=["plain", "RC4", "AES"]
)
def test_what_needs_no_password_is_open_and_may_be_printed(data):
    reader = open_pdf(data)
    assert len(frames(reader)) == 2 or len(frames(reader)) == 4
    assert may_be_printed(reader)


def test_what_breaks_inside_is_the_files_fault_and_our_own_mistakes_are_not():
    with pytest.raises(CannotOpen), guarded():
        raise KeyError("/Pages")
    with pytest.raises(NameError), guarded():
        raise NameError("a slip of ours")


def test_what_a_library_logs_is_heard_and_not_shown(caplog):
    with heard("pypdf") as said:
        logging.getLogger("pypdf._reader").warning("odd %s", "xref")
    assert said == ["odd xref"]
    assert not caplog.records


def test_a_frame_says_where_a_cropped_page_in_its_own_unit_lies():
    entries = b"/MediaBox [0 0 800 900] /CropBox [20 30 220 330] /UserUnit 2 /Rotate 90"
    [frame] = frames(open_pdf(pages_pdf([words(1)], entries=[entries])))
    assert (frame.turn, frame.unit, frame.upright) == (90, 2, (600, 400))
    assert frame.point(21, 32) == (2, 4)
