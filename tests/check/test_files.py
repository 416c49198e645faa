"""`check` on whole files: those it cannot read, those of other programs, and what it reports."""

import json
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
import typer
import weasyprint
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, NameObject, NullObject, NumberObject
from typer.testing import CliRunner

from booklet.check.check_pdf import PDF_RULES, check_pdf
from booklet.check.explain import page_of_pdf_rules
from booklet.check.inspected_pdf import size_of
from booklet.check.pdf_report import FOR_A_PERSON, as_values, lines, unread, verdict
from booklet.check.report import Report
from booklet.commands.check import check, read
from booklet.editions import SIZES, size_named
from tests.check.pdfs import BROKEN, LONG, STYLE, altered, good, page
from tests.conftest import ROOT
from tests.screen import CHROMIUM

APP = typer.Typer()
APP.command()(check)
APP.command()(read)


def locked() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(good())))
    writer.encrypt("secret")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def empty() -> bytes:
    out = BytesIO()
    PdfWriter().write(out)
    return out.getvalue()


UNREADABLE = {
    "nothing": (b"", "is empty"),
    "a web page": (b"<html><p>Hello</p></html>", "is not a PDF"),
    "half a file": (good()[: len(good()) // 2], "is damaged"),
    "only a header": (b"%PDF-1.7\n", "is damaged"),
    "a password": (locked(), "is locked with a password"),
    "no pages": (empty(), "has no pages"),
}


def outcome(report: Report, rule: str) -> str:
    return report.findings[rule].verdict


def places(report: Report, rule: str) -> list[str]:
    return [place.message for place in report.findings[rule].problems]


@pytest.mark.parametrize(("data", "why"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_file_that_cannot_be_read_has_not_passed_and_says_why(data: bytes, why: str) -> None:
    report = check_pdf(data, "leaflet.pdf")
    assert not report.passed
    assert not report.findings
    assert verdict(report).startswith(f"leaflet.pdf {why}")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=60))
def test_damage_anywhere_gives_a_report_and_never_a_crash(
    damage: list[tuple[float, int]],
) -> None:
    data = bytearray(good())
    for place, value in damage:
        data[int(place * len(data))] = value
    report = check_pdf(bytes(data), "damaged.pdf")
    assert bool(unread(report)) != bool(report.findings)
    assert report.findings or not report.passed


def test_a_file_that_is_not_there_has_not_passed(tmp_path: Path) -> None:
    report = check_pdf(tmp_path / "gone.pdf")
    assert not report.passed
    assert "cannot be opened" in unread(report)


def test_the_size_of_print_follows_the_name_then_the_title_then_the_option() -> None:
    assert size_of("aml_patient_en_giant-print-24pt_v1.pdf") == size_named("giant")
    assert size_of("aml.pdf", "AML. For patients. Large print") == size_named("large")
    assert size_of("aml.pdf", "AML in the largest print") is None
    assert check_pdf(good(), "aml_patient_en_large-print-18pt_v1.pdf").floor == 18
    assert check_pdf(good(), "aml_patient_en_large-print-18pt_v1.pdf", SIZES[0]).floor == 12
    report = check_pdf(good(), "good.pdf", size_named("giant"))
    assert {"smallest-print", "paper"} <= {problem.rule for problem in report.errors}


def test_letters_in_a_scaled_down_picture_are_measured_as_printed() -> None:
    small = (
        "<img alt='x' style='width: 50mm' src=\"data:image/svg+xml,<svg xmlns="
        "'http://www.w3.org/2000/svg' viewBox='0 0 400 100'><text y='40' font-size='30'>"
        'Label</text></svg>">'
    )
    report = check_pdf(page(f"<p>{small}</p>"), "a.pdf")
    assert places(report, "smallest-print") == ["10.6 pt: Label"]


def test_see_through_text_counts_with_the_contrast_it_is_seen_with() -> None:
    html = f"<html lang=en><style>{STYLE}</style><p style='opacity: .5'>Half there</p>"
    report = check_pdf(weasyprint.HTML(string=html).write_pdf(), "a.pdf")
    [words] = places(report, "contrast")
    assert words.endswith(": Half there")
    assert float(words.split(":1 ")[0]) < 4


def test_a_word_that_runs_off_its_panel_is_measured_against_the_paper_too() -> None:
    panel = "<p style='background: #0b4f5c; width: 12mm; color: #fff; font-weight: bold'>"
    report = check_pdf(page(f"{panel}Unforgettable</p>"), "a.pdf")
    assert outcome(report, "hidden-text") == "failed" or outcome(report, "contrast") == "failed"


def test_text_on_a_photograph_is_found_and_beside_it_is_not() -> None:
    photo = _photograph()
    laid = f"<p style=\"background: url('{photo}'); font-weight: bold\">On the photograph</p>"
    report = check_pdf(page(laid), "a.pdf")
    assert places(report, "text-on-pictures") == ["On the photograph"]
    beside = f"<figure><img alt='A hill' src='{photo}'></figure><p>Beside it</p>"
    assert outcome(check_pdf(page(beside), "a.pdf"), "text-on-pictures") == "passed"


def _photograph() -> str:
    import base64

    from PIL import Image

    noise = Image.effect_noise((200, 40), 90).convert("RGB")
    pale = Image.blend(noise, Image.new("RGB", noise.size, "white"), 0.6)
    out = BytesIO()
    pale.save(out, "PNG")
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()


QUIET = {
    "a lone hyphenated compound": "<p>Non-intensive treatment, FLAG-Ida, 24-hour line</p>",
    "a long web address": "<p style='width: 40mm'>bloodcancer.org.uk/understanding-blood-cancer"
    "/types-of-leukaemia/aml</p>",
    "a web address over many lines": "<p style='width: 62mm'>example.org/patients/<wbr>what-to-"
    "expect-when-you-go-home-after-it-<wbr>is-over-and-the-rest</p>",
    "lines to write on": "<p>My name: ____________</p><div class='line'></div>",
    "a list of acronyms": "<p>AML, NHS, NICE, FLT3, IDH1, MRD, LDAC, DLI</p>",
    "a heading over two lines": "<h3 style='width: 50mm'>How treatment is chosen for you</h3>",
    "a table of narrow cells": "<table><tr><th scope='col'>Monday</th><th scope='col'>Ring</th>"
    "</tr><tr><td style='width: 20mm'>From 9am to 5pm</td><td>Ask for the clinic</td></tr></table>",
    "an address": "<p>Phone: 0808&nbsp;2080&nbsp;888</p><p style='margin: 0'>Open daily</p>",
    "a bold label above its text": f"<p style='margin: 0'><b>{LONG * 2}</b></p><p>{LONG * 2}</p>",
    "bold words in a line": "<p>It is called a <b>relapse</b>. It is <b>not</b> your fault.</p>",
    "a paragraph over two pages": f"<p style='margin-top: 70mm'>{LONG * 9}</p>",
    "a picture for decoration": "<p>Words</p><img alt='' src='data:image/svg+xml,<svg xmlns="
    '"http://www.w3.org/2000/svg" width="90" height="9"><path d="M0 0h90v9"/></svg>\'>',
}


@pytest.mark.parametrize("extra", QUIET.values(), ids=QUIET)
def test_what_a_booklet_rightly_does_raises_no_alarm(extra: str) -> None:
    report = check_pdf(page(extra), "quiet.pdf")
    assert report.problems == ()


def test_weasyprints_own_tags_leave_page_numbers_outside_the_structure() -> None:
    html = f"""<html lang="en-GB"><title>A leaflet</title><style>@page {{ size: A5;
    @bottom-center {{ content: counter(page); font: 12pt 'DejaVu Sans' }} }}
    body {{ font: 13pt/1.4 'DejaVu Sans' }}</style><h1>A leaflet</h1><p>{LONG}</p>"""
    pdf = weasyprint.HTML(string=html).write_pdf(pdf_variant="pdf/ua-1")
    assert places(check_pdf(pdf, "leaflet.pdf"), "untagged-text") == ["1"]


def _nulls(writer: PdfWriter) -> None:
    writer._root_object[NameObject("/StructTreeRoot")] = NullObject()
    writer._root_object[NameObject("/Lang")] = NumberObject(3)
    writer.pages[0][NameObject("/Annots")] = ArrayObject([NullObject(), NumberObject(3)])


def test_entries_that_are_null_or_of_a_wrong_type_count_as_absent() -> None:
    report = check_pdf(altered(_nulls), "a.pdf")
    assert not unread(report)
    assert outcome(report, "tagged") == outcome(report, "language") == "failed"


def test_damage_is_told_without_the_words_of_python(caplog: pytest.LogCaptureFixture) -> None:
    data = altered(
        lambda writer: writer.pages[0].update({NameObject("/UserUnit"): NameObject("/x")})
    )
    assert unread(check_pdf(data, "a.pdf")) == "a.pdf is damaged: its parts do not fit"
    assert unread(check_pdf(good()[: len(good()) // 2], "half.pdf"))
    assert not caplog.records


def test_one_page_is_said_as_one() -> None:
    report = check_pdf(page(body="<h1>One</h1>", style="h1 { break-after: auto }"), "a.pdf")
    assert next(iter(lines(report))).startswith("a.pdf, 1 page, ")


@pytest.mark.slow
@pytest.mark.skipif(not CHROMIUM, reason="needs chromium")
def test_a_page_printed_by_chromium_is_measured_too(tmp_path: Path) -> None:
    html = tmp_path / "page.html"
    html.write_text(
        "<html lang=en><title>A page</title><style>body { font: 16px/1.4 'DejaVu Sans' }</style>"
        "<h1>Hello</h1><p>Some <i>leaning</i> and <u>underlined</u> words, and"
        " <a href='https://www.nhs.uk'>a link</a>.<p style='opacity: .5'>Half there"
    )
    pdf = tmp_path / "page.pdf"
    command = [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu"]
    subprocess.run([*command, f"--print-to-pdf={pdf}", str(html)], check=True, capture_output=True)
    report = check_pdf(pdf)
    assert places(report, "italics") == ["leaning"]
    assert len(places(report, "underlines")) == 1
    assert [words[-10:] for words in places(report, "contrast")] == ["Half there"]
    assert places(report, "links") == ["no description: a link"]
    assert any(words.startswith("8.0 pt: ") for words in places(report, "smallest-print"))
    assert outcome(report, "hidden-text") == "passed"
    assert outcome(report, "characters") == "passed"


def test_the_report_never_goes_without_the_questions_for_a_person() -> None:
    told = "\n".join(lines(check_pdf(good(), "good.pdf")))
    assert "For a person to check:" in told
    assert all(question in told for question in FOR_A_PERSON)
    assert "accessible" not in told


def test_json_has_every_finding_of_every_file_under_keys_that_stay() -> None:
    reports = (check_pdf(good(), "good.pdf"), check_pdf(b"", "none.pdf"))
    first, second = (json.loads(json.dumps(as_values(each))) for each in reports)
    assert (first["passed"], second["passed"]) == (True, False)
    assert sorted(first) == sorted(
        ["name", "passed", "verdict", "unread", "pages", "floor_pt", "findings", "for_a_person"]
    )
    assert [finding["rule"] for finding in first["findings"]] == list(PDF_RULES)
    assert sorted(first["findings"][0]) == sorted(
        ["rule", "checks", "measured", "limit", "verdict", "source", "places"]
    )
    assert second["unread"] == "none.pdf is empty"


def test_the_command_fails_when_one_of_its_files_does(tmp_path: Path) -> None:
    fine, pale = tmp_path / "fine.pdf", tmp_path / "pale.pdf"
    fine.write_bytes(good())
    pale.write_bytes(BROKEN["contrast"]())
    run = CliRunner().invoke
    assert run(APP, ["check", str(fine)]).exit_code == 0
    both = run(APP, ["check", str(fine), str(pale)])
    assert both.exit_code == 1
    assert "Pale words" in both.output
    assert json.loads(run(APP, ["check", "--format", "json", str(pale)]).output)["passed"] is False
    assert run(APP, ["check", "--size", "large", str(fine)]).exit_code == 1
    huge = run(APP, ["check", "--size", "huge", str(fine)])
    assert huge.exit_code == 2
    assert all(row.name in huge.output for row in SIZES)
    assert run(APP, ["check"]).exit_code == 2


def test_the_page_about_the_rules_is_up_to_date() -> None:
    shown = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")
    now = page_of_pdf_rules()
    assert shown == now, "run: booklet check --rules > docs/checks.md"
