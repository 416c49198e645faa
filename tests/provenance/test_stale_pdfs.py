"""Finished PDFs beside the words they should hold: old ones and missing ones are told."""

import json
from datetime import date
from pathlib import Path

import typer
from typer.testing import CliRunner

from booklet.commands.check import check
from booklet.provenance.stale_pdfs import warnings
from booklet.review.booklet import review_status
from booklet.review.status import ReviewStatus

CONTENT = Path(__file__).parent.parent / "words" / "content"
SIZES = ("standard", "large-print-18pt")


def finished(folder: Path, reader: str, size: str, code: str) -> Path:
    """A file that says of itself what a finished PDF says in its metadata."""
    file = folder / f"leaflet_{reader}_en_{size}_v0-1.pdf"
    file.write_text(f"%PDF-1.7 <dc:identifier>Leaflet, version 0.1, {code}</dc:identifier>")
    return file


def status() -> ReviewStatus:
    return review_status(CONTENT, "leaflet", date(2026, 11, 22))


def test_pdfs_of_the_words_now_are_met_with_silence(tmp_path: Path) -> None:
    code = status().code
    files = [finished(tmp_path, who, size, code) for who in ("patient", "family") for size in SIZES]
    assert list(warnings(status(), files, tmp_path)) == []


def test_a_pdf_of_other_words_and_the_editions_not_built_are_told(tmp_path: Path) -> None:
    files = [
        finished(tmp_path, "patient", "standard", status().code),
        finished(tmp_path, "family", "standard", "7K2M-9QXA"),
    ]
    said = [str(each).replace(f"{tmp_path}/", "") for each in warnings(status(), files, tmp_path)]
    assert said == [
        "leaflet_family_en_standard_v0-1.pdf: warning: this was not made of the words as they are "
        "now; build the booklet again",
        f"{tmp_path}: warning: 1 of 4 PDFs of leaflet are made of the words as they are now; "
        "missing are: patient large, family standard, family large; make them with "
        "`booklet build leaflet`",
    ]


def test_a_pdf_that_was_kept_of_an_earlier_version_is_not_to_be_built_again(tmp_path: Path) -> None:
    code = status().code
    files = [finished(tmp_path, who, size, code) for who in ("patient", "family") for size in SIZES]
    kept = finished(tmp_path, "family", "large", "7K2M-9QXA")
    old = kept.rename(kept.with_name(kept.name.replace("v0-1", "v0-0")))
    finished(tmp_path, "family", "large", code)
    assert list(warnings(status(), [*files, old], tmp_path)) == []


def test_check_prints_them_for_people_and_for_programs(tmp_path: Path) -> None:
    finished(tmp_path, "family", "standard", "7K2M-9QXA")
    app = typer.Typer()
    app.command()(check)
    where = ["leaflet", "--content", str(CONTENT), "--built", str(tmp_path)]
    assert "not made of the words as they are now" in CliRunner().invoke(app, where).stdout
    said = json.loads(CliRunner().invoke(app, [*where, "--format", "json"]).stdout)
    assert [each["severity"] for each in said["copies"]] == ["warning", "warning"]
