"""What `check --as-fax` tells of the words that a fax picture loses."""

import json
from pathlib import Path

import pytest

from booklet.check import fax_report, fax_tools
from booklet.check.as_fax import FaxPage, FaxReport
from tests.check.pdfs import page
from tests.commands.program import run

BLACK = "Ring the day unit before ten in the morning"
PALE = "sorrowful companions gathered yesterday"


def report(*pages: FaxPage) -> FaxReport:
    return FaxReport("letter.pdf", 12_345, pages)


def words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def test_only_words_of_the_file_itself_count() -> None:
    told = FaxPage(words("call us now"), words("cail us now"), words("cail us"))
    assert (told.from_grey, told.kept, told.lost) == (words("us now"), ("us",), ("now",))


def test_a_scan_is_held_against_what_grey_kept() -> None:
    told = report(FaxPage((), words("call us now"), words("call now")))
    assert told.share_kept == pytest.approx(2 / 3)
    assert "it has no text of its own" in "\n".join(fax_report.lines(told))


def test_a_file_of_which_nothing_can_be_read_has_not_passed() -> None:
    assert not report(FaxPage(words("a b"), (), ())).passed


def test_a_share_is_never_rounded_up_to_all() -> None:
    many = tuple(map(str, range(9999)))
    told = report(FaxPage(many, many, many[1:]))
    assert told.passed
    assert "keeps 99.9% of" in fax_report.verdict(told)


def test_words_too_pale_for_grey_as_well_are_not_passed_over() -> None:
    own = words("a b c d e f g h i j")
    told = report(FaxPage(own, own[:5], own[:5]))
    assert (told.share_kept, told.passed) == (1, False)
    assert "5 of the 10 words of the file can be read" in fax_report.verdict(told)


def test_words_that_turn_to_dots_are_named_with_their_page(tmp_path: Path) -> None:
    """A real file, drawn and read: its first page is black, its second has a pale line."""
    file = tmp_path / "letter.pdf"
    pale = f'<p style="color: #3d6f78">{PALE}</p>'
    body = f'<p>{BLACK}</p><p style="break-before: page">{BLACK}</p>{pale}'
    file.write_bytes(page(style="html { color: #000 } @page { color: #000 }", body=body))
    done = run("check", "--as-fax", file, "--json")
    (told,) = json.loads(done.stdout)["files"]
    assert done.returncode == 1
    assert told["lost"] == [{"page": 2, "words": PALE.split()}]
    assert 0 < told["tiff_bytes"] < 50_000
    assert told["read_from_grey"] > told["read_from_fax"]


def test_what_is_not_on_the_machine_is_named_with_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "letter.pdf"
    file.write_bytes(page(body=f"<p>{BLACK}</p>"))
    monkeypatch.setenv("PATH", str(tmp_path))
    done = run("check", "--as-fax", file)
    assert done.returncode == 3
    assert "install with `sudo apt-get install ghostscript tesseract-ocr`" in done.stderr


def test_a_language_that_tesseract_has_not_learnt_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fax_tools, "_known_languages", lambda: frozenset({"eng"}))
    fax_tools.must_be_there("en-GB")
    with pytest.raises(fax_tools.MissingOnMachine, match="apt-get install tesseract-ocr-cym`"):
        fax_tools.must_be_there("cy")


def test_a_file_that_is_no_pdf_is_told_and_the_others_are_looked_at(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_text("no PDF")
    done = run("check", "--as-fax", tmp_path / "a.pdf", tmp_path / "b.pdf")
    assert done.returncode == 1
    assert "a.pdf is not a PDF." in done.stderr
    assert "b.pdf cannot be opened: No such file or directory." in done.stderr
