"""Sizes of print that are asked for by number, from 12 to 36 point."""

import json
import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from booklet.check.check_pdf import check_pdf
from booklet.check.inspected_pdf import size_of
from booklet.editions import (
    LEAST_POINTS,
    MOST_POINTS,
    SIZES,
    Edition,
    Size,
    all_sizes,
    size_named,
    sizes_named,
)
from booklet.html.pictures import is_told_in_words
from booklet.html.render import render
from booklet.preview.choice import Choice, choice_from
from booklet.resources import styles_folder
from booklet.review.booklet import load_booklet
from tests.commands.program import run
from tests.conftest import ROOT, TODAY

NUMBERS = [f"{number}" for number in range(LEAST_POINTS, MOST_POINTS + 1)]
BY_NUMBER = [size for size in all_sizes() if size.points]


@pytest.mark.parametrize("number", NUMBERS)
def test_every_number_is_one_edition_that_its_files_are_known_by(number: str) -> None:
    size = size_named(number)
    assert f"{size.floor:g}" == number
    assert size_of(Edition("family", size).file_name("aml", "en", "0.1")) == size
    assert choice_from({"booklet": "aml", "size": size.name}) == Choice("aml", size=size)


def test_the_numbers_of_named_sizes_are_those_editions() -> None:
    assert tuple(map(size_named, ("12", "18", "24"))) == SIZES
    assert len({size.slug for size in all_sizes()}) == len(all_sizes()) == len(NUMBERS)


def test_without_a_size_standard_and_large_print_are_made() -> None:
    assert sizes_named(()) == SIZES[:2]


def test_large_print_is_on_a4_and_clear_print_on_a5() -> None:
    widths = {number: size_named(number).width for number in NUMBERS}
    assert {number for number, width in widths.items() if width == 148} == {*NUMBERS[:4]}
    assert set(widths.values()) == {148, 210}


@pytest.mark.parametrize("size", BY_NUMBER, ids=lambda size: size.name)
def test_a_row_of_the_table_and_its_style_sheet_say_the_same(size: Size) -> None:
    told = lengths(size.stylesheet)
    column = told["page-width"] - told["margin-inner"] - told["margin-outer"]
    assert (size.width, size.height) == (told["page-width"], told["page-height"])
    assert size.picture_width == int(column * told["figure-width"] / 100)


def lengths(sheet: str) -> dict[str, float]:
    """The lengths that a sheet says, and those of the sheets it imports that it leaves alone."""
    path = styles_folder() / sheet
    text = path.read_text(encoding="utf-8")
    before = [path.parent / name for name in re.findall(r'@import "([a-z0-9-]+\.css)"', text)]
    told = {
        name: value
        for each in before
        for name, value in lengths(each.relative_to(styles_folder()).as_posix()).items()
    }
    return told | {
        name: float(n) for name, n in re.findall(r"--([a-z-]+): ([\d.]+)(?:mm|%);", text)
    }


@pytest.mark.parametrize("written", ["11", "37", "20.5", "zwanzig", "020", "-20"])
@pytest.mark.parametrize("command", ["build", "check", "preview"])
def test_what_is_no_size_is_told_with_those_there_are(command: str, written: str) -> None:
    done = run(command, f"--size={written}")
    assert done.returncode == 2
    said = " ".join(re.sub("[│╭╰─]", " ", done.stderr).split())
    assert f"there is no size `{written}`; write standard, large, giant, or a whole number" in said
    assert "from 12 to 36" in said


def test_words_in_a_drawing_are_printed_as_text_where_they_would_be_too_small() -> None:
    folder = ROOT / "content/blood-transfusion/pictures"
    worded, plain = folder / "wristband.svg", folder / "chair-and-drip.svg"
    told = [size.name for size in all_sizes() if is_told_in_words(worded, size)]
    assert told == [f"{number}" for number in range(26, 37)]
    assert not any(is_told_in_words(plain, size) for size in all_sizes())


def test_a_drawing_told_in_words_has_its_caption_and_a_decorative_one_is_left_out() -> None:
    booklet = load_booklet(ROOT / "content", "blood-transfusion", TODAY)["patient"]
    page = render(booklet, size_named("36"))
    assert "Picture in words: A wristband with lines for" in page
    assert "What the wristband should say." in page
    assert page.count("<svg") == render(booklet, size_named("25")).count("<svg") - 1


@pytest.mark.slow
def test_print_of_20_and_36_point_is_made_measured_and_kept(content: Path) -> None:
    out = content.parent / "out"
    order = ("specimen", "--audience", "patient", "--size", "20", "--size", "36")
    places = ("--content", content, "--output", out)
    done = run(*order, *places)
    assert done.returncode == 0, done.stderr
    manifest = json.loads((out / "specimen_en_v0-1_manifest.json").read_text())
    rows = {row["edition"]: row for row in manifest["files"]}
    for points in (20, 36):
        row = rows[f"print-{points}pt"]
        file = out / row["name"]
        assert row["name"] == f"specimen_patient_en_print-{points}pt_v0-1.pdf"
        title = row["document_reference"]["content"][0]["attachment"]["title"]
        assert title.endswith(f"Print size {points} point")
        assert PdfReader(file).metadata.title == title
        (smallest,) = (each for each in row["checks"] if each["rule"] == "smallest-print")
        assert smallest["measured"].startswith(f"smallest {points}.0 pt")
    fallen_short = check_pdf(out / rows["print-20pt"]["name"], size=size_named("21"))
    assert {each.rule for each in fallen_short.errors} == {"smallest-print"}
    again = run(*order, *places, "--json")
    assert [each["made"] for each in json.loads(again.stdout)["files"]] == [False] * 4
