"""`read` says a tagged PDF the way a screen reader would."""

from pathlib import Path
from typing import Any

import typer
import weasyprint
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject
from typer.testing import CliRunner

from booklet.check.inspected_pdf import inspect_pdf
from booklet.check.read import speak, transcript
from booklet.commands.check import check, read
from tests.check.pdfs import BROKEN, DRAWING, altered, elements, good, page, undescribe_a_link

APP = typer.Typer()
APP.command()(check)
APP.command()(read)


def spoken(pdf: bytes) -> list[str]:
    return [str(said) for said in speak(inspect_pdf(pdf, "a.pdf", None))]


def test_what_a_file_says_cannot_command_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(altered(command_the_terminal))
    told = CliRunner().invoke(APP, ["read", str(path)]).output
    assert "Picture: Clear\\u001b[2J \\u202eit" in told


def command_the_terminal(pdf: PdfWriter) -> None:
    figure = next(elements(pdf, "Figure"))
    figure[NameObject("/Alt")] = TextStringObject("Clear\x1b[2J \u202eit")


def last(extra: str) -> list[str]:
    """What is said of markup at the end of the good booklet."""
    told = spoken(page(f"<section><h3>Here</h3>{extra}</section>"))
    return told[told.index("Heading level 3: Here") + 1 :]


def test_the_title_and_the_language_come_first() -> None:
    assert spoken(good())[:2] == [
        "Document: When it comes back, in English",
        "Heading level 1: When it comes back",
    ]


def test_a_contents_list_is_counted_and_its_links_say_where_they_lead() -> None:
    told = spoken(good())
    start = told.index("Contents of 3 entries")
    assert told[start + 1] == "  [link: Go to About this booklet, page 3] About this booklet 3"
    assert told[start + 4] == "End of contents"


def test_items_are_counted_at_every_level() -> None:
    inner = "<ol><li>first</li><li>second</li></ol>"
    assert last(f"<ul><li>One thing{inner}</li><li>Another</li></ul>") == [
        "List of 2 items",
        "  • One thing",
        "    List of 2 items",
        "      1. first",
        "      2. second",
        "    End of list",
        "  • Another",
        "End of list",
    ]


def test_a_term_is_said_before_its_meaning() -> None:
    assert last("<dl><dt>Relapse</dt><dd>It has come back.</dd></dl>") == [
        "List of 1 item",
        "  Relapse: It has come back.",
        "End of list",
    ]


def test_cells_are_said_with_the_headings_above_and_beside_them() -> None:
    told = spoken(good())
    start = told.index("Table of 2 rows and 2 columns")
    assert told[start + 1 : start + 7] == [
        "  Caption: Clinic times",
        "  Heading cell: Day",
        "  Heading cell: Time",
        "  Heading cell: Monday",
        "  Monday, Time: 9am to 12pm",
        "End of table",
    ]


def test_a_picture_is_said_in_the_words_in_its_place() -> None:
    told = spoken(good())
    start = told.index("Picture: More tests come first.")
    assert told[start + 1] == "Caption: What comes first"


def test_links_expansions_and_other_languages_are_announced_where_they_stand() -> None:
    told = last(
        "<p>Ring <a href='tel:999'>999</a> about <abbr title='acute myeloid leukaemia'>AML</abbr>,"
        " or say <span lang='cy'>bore da</span> first.</p>"
    )
    assert told == [
        "Ring [link: Call 999] 999 about AML [acute myeloid leukaemia], or say [Welsh: bore da]"
        " first."
    ]


def test_a_link_without_words_or_a_description_is_said_all_the_same() -> None:
    def silent(writer: PdfWriter) -> None:
        undescribe_a_link(writer)
        links = list(elements(writer, "Link"))
        for link in links:
            kids: Any = link["/K"]
            kept = (kid for kid in kids if isinstance(kid.get_object(), DictionaryObject))
            link[NameObject("/K")] = ArrayObject(kid for kid in kept if "/Obj" in kid.get_object())

    told = "\n".join(spoken(altered(undescribe_a_link)))
    assert "[link: tel:08082080888] 0808 2080 888" in told
    assert "[link: page 3] About this booklet" in told
    assert "[link: tel:08082080888, no words]" in "\n".join(spoken(altered(silent)))


def test_a_link_around_a_picture_is_said_before_it() -> None:
    pdf = page(f"<a href='https://www.nhs.uk'><img alt='The NHS' src=\"{DRAWING}\"></a>")
    told = spoken(pdf)
    assert "nhs.uk" in told[told.index("Picture: The NHS") - 1]


def test_a_callout_has_a_start_and_an_end() -> None:
    told = last("<aside class='callout'><p>Ring today</p></aside>")
    assert told == ["Callout", "  Ring today", "End of callout"]


def test_a_paragraph_over_two_pages_is_said_once_and_whole() -> None:
    words = " ".join(f"word{number}" for number in range(400))
    assert last(f"<p style='margin-top: 60mm'>{words}</p>") == [words]


def test_weasyprints_own_structure_is_said_too() -> None:
    html = "<html lang='en-GB'><title>T</title><h1>One</h1><p>Some <b>bold</b> words.</p><ul><li>a"
    pdf = weasyprint.HTML(string=html).write_pdf(pdf_variant="pdf/ua-1")
    assert spoken(pdf) == [
        "Document: T, in English",
        "Heading level 1: One",
        "Some bold words.",
        "List of 1 item",
        "  • a",
        "End of list",
    ]


def test_pages_are_said_when_asked_for() -> None:
    evidence = inspect_pdf(good(), "a.pdf", None)
    told = list(transcript(speak(evidence), evidence.document.labels))
    assert [line for line in told if line.startswith("—")] == [
        f"— Page {number} —" for number in range(1, 6)
    ]


def test_the_command_reads_a_file_and_refuses_what_it_cannot_read(tmp_path: Path) -> None:
    fine, bare, broken = (tmp_path / name for name in ("fine.pdf", "bare.pdf", "broken.pdf"))
    fine.write_bytes(good())
    bare.write_bytes(BROKEN["tagged"]())
    broken.write_bytes(b"%PDF-1.7 broken")
    run = CliRunner().invoke
    assert "List of 2 items" in run(APP, ["read", str(fine)]).output
    untagged = run(APP, ["read", str(bare)])
    assert untagged.exit_code == 1
    assert "no structure" in untagged.output
    assert run(APP, ["read", str(broken)]).exit_code == 1
    assert run(APP, ["read", str(tmp_path / "gone.pdf")]).exit_code == 1
