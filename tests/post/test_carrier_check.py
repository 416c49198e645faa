"""Each rule of carriers is broken by the letter that breaks it, and by no good one."""

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from reportlab.lib.pagesizes import A3, A4, A5, landscape
from reportlab.lib.units import mm
from typer.testing import CliRunner

from booklet.check.explain import explained
from booklet.commands.main import app
from booklet.post.carrier_check import (
    CARRIER_RULES,
    BatchLetter,
    check_carrier,
    faults_of_batch,
    lines,
)
from booklet.post.carriers import carrier_named
from tests.post.pdfs import (
    ADDRESS,
    BOLD,
    DESK,
    GOOD,
    Pen,
    address,
    block,
    body,
    letter,
    on_its_side,
    words,
)

SEVEN = (*ADDRESS[:1], *(f"Line {number}" for number in range(2, 7)), ADDRESS[-1])


def broken(pdf: bytes, carrier: str) -> dict[str, list[int]]:
    """The rules that a letter breaks, each with the pages that are named."""
    found: dict[str, list[int]] = {}
    for problem in check_carrier(pdf, carrier_named(carrier)).problems:
        found.setdefault(problem.rule or "", []).append(getattr(problem.at, "page", 0))
    return found


def coloured(pen: Pen) -> None:
    pen.canvas.setFillColorCMYK(1, 0.2, 0, 0)
    pen.canvas.rect(60 * mm, 60 * mm, 20 * mm, 2 * mm, stroke=0, fill=1)


def tag(pen: Pen) -> None:
    pen.text(1.8, 3.9, "NOTIFY", 6, grey=1)


def without_information(pdf: bytes) -> bytes:
    with pikepdf.open(BytesIO(pdf)) as opened:
        del opened.trailer["/Info"]
        file = BytesIO()
        opened.save(file)
        return file.getvalue()


SPOTS = (("the margin", 7, 150), ("above the window", 60, 34), ("the body", 60, 150))

EDGES = (block(15, 95, 195, 292), block(15, 5, 125, 30), block(125, 5, 195, 95))
"""All that may be printed on page 1, filled."""

PASSES = {
    "a good letter": (letter(GOOD), "gov-notify"),
    "seven lines": (letter([address(SEVEN, step=3.4, size=8), body]), "gov-notify"),
    "print up to its edges": (letter([address(), *EDGES], [block(15, 5, 195, 292)]), "gov-notify"),
    "pages that lie on their sides": (on_its_side(letter(GOOD, [body])), "gov-notify"),
    "no information": (without_information(letter(GOOD)), "gov-notify"),
    "its tag on page 1": (letter([*GOOD, tag]), "gov-notify"),
    "the address again on page 2": (letter(GOOD, [address()]), "gov-notify"),
    "ten pages": (letter(GOOD, *[[body]] * 9), "gov-notify"),
    "colours of a printer": (letter([*GOOD, coloured]), "gov-notify"),
    "an empty page 2": (letter(GOOD, []), "gov-notify"),
    "C5 at the desk": (letter(DESK), "desk-c5"),
    "DL at the desk": (letter(DESK), "desk-dl"),
    "black in a black pack": (letter(GOOD, language="pl"), "nhs-notify-c5"),
    "38 pages in C4": (letter(*[GOOD] * 38), "nhs-notify-c4"),
}

BREAKS: dict[str, tuple[bytes, str, list[int]]] = {
    "letter-not-a4-portrait-oriented": (letter(GOOD, [body], size=A3), "gov-notify", [1, 2]),
    "letter-too-long": (letter(GOOD, *[[body]] * 10), "gov-notify", [0]),
    "content-outside-printable-area": (
        letter([*GOOD, block(60, 70, 70, 80)], [block(13, 100, 20, 110)], [block(16, 3, 30, 6)]),
        "gov-notify",
        [1, 2, 3],
    ),
    "notify-tag-found-in-content": (letter([*GOOD, tag], [tag], [], [tag]), "gov-notify", [2, 4]),
    "too-much-ink": (letter(GOOD, [block(20, 20, 190, 120)]), "nhs-notify-c5", [2]),
    "colour-in-a-black-pack": (letter([*GOOD, coloured]), "nhs-notify-c5", [1]),
    "fonts-not-embedded": (
        letter([*GOOD, words(20, 140, font="Helvetica")]),
        "gov-notify",
        [0],
    ),
    "language-not-taken": (letter(GOOD, language="cy"), "nhs-notify-c5", [0]),
    "address-is-empty": (letter([body]), "gov-notify", [1]),
    "not-enough-address-lines": (
        letter([address(ADDRESS[:1] + ADDRESS[-1:]), body]),
        "gov-notify",
        [1],
    ),
    "too-many-address-lines": (
        letter([address(("Mrs", *SEVEN), y=42.5, step=3.2, size=8), body]),
        "gov-notify",
        [1],
    ),
    "address-refused": (
        letter([address(("Mrs E", "1 Street", "ZZ99 9ZZ")), body]),
        "gov-notify",
        [1],
    ),
    "content-beside-the-address": (letter([*DESK, words(95, 66, "Help")]), "desk-c5", [1]),
    "address-letter-height": (letter([address(y=62, size=7), body]), "desk-c5", [1]),
    "address-typeface": (letter([address(y=62, font=BOLD), body]), "desk-c5", [1]),
    "address-clear-zone": (letter([address(y=62, x=30), block(21, 60, 26, 70)]), "desk-c5", [1]),
}


@pytest.mark.parametrize("name", PASSES)
def test_a_letter_that_a_carrier_takes_breaks_no_rule(name: str) -> None:
    assert broken(*PASSES[name]) == {}


@pytest.mark.parametrize("rule", BREAKS)
def test_a_letter_breaks_the_one_rule_that_it_is_made_to_break(rule: str) -> None:
    pdf, carrier, pages = BREAKS[rule]
    assert broken(pdf, carrier) == {rule: pages}


def test_every_rule_is_broken_once() -> None:
    batch = {"address-not-as-listed", "title-in-the-window"}  # of lists; a file has none
    assert {*BREAKS} | batch | {"file-too-large"} == {*CARRIER_RULES}


@pytest.mark.parametrize("size", [A5, landscape(A4)])
def test_pages_of_another_size_or_direction_are_refused_and_not_looked_at(
    size: tuple[float, float],
) -> None:
    rules = broken(letter([block(0, 0, 50, 50)], size=size), "gov-notify")
    assert rules == {"letter-not-a4-portrait-oriented": [1]}


def test_a_booklet_of_a5_pages_behind_a_letter_lies_beside_it_in_the_envelope() -> None:
    file, behind = BytesIO(), BytesIO(letter(*[[body]] * 16, size=A5))
    with pikepdf.open(BytesIO(letter(DESK))) as whole, pikepdf.open(behind) as booklet:
        whole.pages.extend(booklet.pages)
        whole.save(file)
    assert broken(file.getvalue(), "desk-c5") == {}
    assert broken(file.getvalue(), "desk-dl") == {"letter-too-long": [0]}  # it is folded for DL
    assert "letter-not-a4-portrait-oriented" in broken(file.getvalue(), "gov-notify")


def test_a_file_that_is_too_large_is_told_with_both_sizes() -> None:
    pdf = letter(GOOD) + b"\n%" + bytes(2**21)
    report = check_carrier(pdf, carrier_named("gov-notify"))
    assert [problem.rule for problem in report.problems] == ["file-too-large"]
    assert "2,112 kB, and GOV.UK Notify takes 2,097 kB" in report.problems[0].message


def test_what_is_no_pdf_is_told_in_a_sentence() -> None:
    carrier = carrier_named("gov-notify")
    report = check_carrier(b"words", carrier, "letter.pdf")
    assert not report.passed
    assert report.problems[0].rule == "unable-to-read-the-file"
    assert [*lines(report, carrier)] == ["letter.pdf is not a PDF."]


def test_an_unstated_language_is_not_taken_for_one_that_the_carrier_knows() -> None:
    assert broken(letter(GOOD, language=None), "nhs-notify-c5") == {"language-not-taken": [0]}


def test_letters_of_a_batch_are_held_against_their_rows() -> None:
    title = "Ready for a transfusion"
    pdf = letter(
        [address(), body],
        [body],
        [address((*ADDRESS[:3], "ZE99 9Z")), body],
        [address((*ADDRESS[:2], "For a transfusion", ADDRESS[3])), body],
    )
    listed = (*ADDRESS[:2], "For a transfusion", ADDRESS[3])
    batch = [
        BatchLetter(range(0, 2), "en", ADDRESS, titles=(title,)),
        BatchLetter(range(2, 3), "en", ADDRESS, titles=(title,)),
        BatchLetter(range(3, 4), "en", listed, titles=(title,)),
        BatchLetter(range(0, 2), "en", ADDRESS, enclosed=9),
        BatchLetter(range(0, 2), "en", ADDRESS, enclosed=4, one_sided=True),
    ]
    faults = faults_of_batch(pdf, carrier_named("gov-notify"), batch)
    rules = [[problem.rule for problem in each] for each in faults]
    assert rules == [
        [],
        ["address-not-as-listed"],
        ["title-in-the-window"],
        ["letter-too-long"],
        ["letter-too-long"],
    ]
    assert "6 pages on 6 sheets" in (last := faults[-1][0].message)
    assert last.endswith("; print it on both sides")
    said = " ".join(str(problem) for each in faults for problem in each)
    assert not any(line in said for line in (*ADDRESS, "transfusion"))


def test_forms_of_letters_do_not_make_an_address_another() -> None:
    name = ("Mrs Zoë Straße", *ADDRESS[1:])
    batch = [BatchLetter(range(1), "en", ("MRS ZOE\N{COMBINING DIAERESIS} STRASSE", *ADDRESS[1:]))]
    pdf = letter([address(name), body])
    assert faults_of_batch(pdf, carrier_named("gov-notify"), batch) == ((),)


def test_every_rule_says_what_it_wants_and_why() -> None:
    for id in CARRIER_RULES:
        told = explained(id, CARRIER_RULES)
        assert all(part in told for part in ("what:", "limit:", "source:", "why:"))


def test_the_command_names_the_fault_and_shows_it(tmp_path: Path) -> None:
    file, picture = tmp_path / "letter.pdf", tmp_path / "letter.png"
    file.write_bytes(letter([*GOOD, block(5, 200, 8, 203)]))
    shown = [str(file), "--carrier", "gov-notify", "--picture", str(picture)]
    told = CliRunner().invoke(app, ["check", *shown])
    assert told.exit_code == 1
    assert "at 4.9 to 8.1 mm from the left and 200 to 203.2 mm from the top" in told.output
    assert "1 of 11 rules of GOV.UK Notify (as of 2026-08) broken" in told.output
    with Image.open(picture) as drawn:
        at = {name: drawn.getpixel((2 * x * 72 / 25.4, 2 * y * 72 / 25.4)) for name, x, y in SPOTS}
    assert at["the margin"] == at["above the window"]
    assert at["the margin"] != at["the body"]
    assert at["the body"] == (255, 255, 255)


def test_a_picture_is_asked_of_one_letter_and_one_carrier() -> None:
    for wrong in (["--picture", "a.png"], ["--carrier", "gov-notify", "--picture", "a.pdf"]):
        assert CliRunner().invoke(app, ["check", "a.pdf", *wrong]).exit_code == 2


@pytest.mark.parametrize(
    ("lines", "id"),
    [
        (("Mrs E", "1 Street", "Nowhere", "ZE99 9Z9"), "not-a-real-uk-postcode-or-country"),
        (("Mrs E", "No fixed abode", "ZE99 9ZZ"), "no-fixed-abode-address"),
        (("Mrs E", "(1) Street", "ZE99 9ZZ"), "invalid-char-in-address"),
        (("Mrs E", "1 Unit", "BFPO 9999", "Germany"), "has-country-for-bfpo-address"),
    ],
)
def test_an_address_is_read_from_the_window_and_its_error_named(
    lines: tuple[str, ...], id: str
) -> None:
    report = check_carrier(letter([address(lines), body]), carrier_named("gov-notify"))
    assert [problem.rule for problem in report.problems] == ["address-refused"]
    assert f"({id}); " in report.problems[0].message


def test_an_address_is_read_as_it_stands_whatever_the_order_of_the_file() -> None:
    upside_down = [words(26, 44 + 5 * n, line) for n, line in reversed([*enumerate(ADDRESS)])]
    in_two = [words(26, 49, "1"), words(60, 49, "Street"), *upside_down[:2], words(26, 44, "Mrs E")]
    assert broken(letter([*upside_down, body]), "gov-notify") == {}
    assert broken(letter([*in_two, body]), "gov-notify") == {}


def test_a_booklet_behind_a_letter_needs_no_address_and_no_white_but_the_margins() -> None:
    pdf, carrier = letter([block(15, 5, 195, 292)]), carrier_named("gov-notify")
    assert check_carrier(pdf, carrier, behind=True).passed
    assert not check_carrier(letter([block(0, 5, 195, 292)]), carrier, behind=True).passed
