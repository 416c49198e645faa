"""What a clinic's profile holds is printed where a patient looks for it, or left to fill in.

`clinic.yaml` is the table of facts and places of the example clinic.
"""

import re
import shutil
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import Element

import page as validator
import pymupdf
import pytest
import yaml
from PIL import Image
from playwright.sync_api import Browser
from tinyhtml5 import parse

from booklet.build import BuiltFile, Order, build
from booklet.check.check_words import check_words
from booklet.content.accent import tones
from booklet.editions import AUDIENCES, SIZES, Audience, size_named
from booklet.html.render import render
from booklet.html.web_page import web_page
from booklet.problems import FaultsFound
from booklet.review.booklet import load_booklet
from tests import screen
from tests.booklets.facts import reader, sections
from tests.conftest import ROOT, TODAY
from tests.tagging.reading import tree

CONTENT = ROOT / "content"
PLACES = yaml.safe_load((ROOT / "tests/clinic.yaml").read_text(encoding="utf-8"))
EDITIONS = ["patient-standard", "family-large"]
ACCENT = "#7a2e5d"
slow = pytest.mark.slow
in_browser = pytest.mark.xdist_group("clinic")


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The example clinic's AML booklets, by `audience-size`, and its web pages by audience."""
    folder = tmp_path_factory.mktemp("clinic")
    files = {}
    for edition in EDITIONS:
        audience, size = edition.split("-")
        wanted = ("aml-relapse",), (audience,), (size_named(size),), "example"
        order = Order(CONTENT, folder, *wanted, today=TODAY)  # type: ignore[arg-type]
        printed, web, _manifest = build(order, lambda each, of: None)
        files |= {edition: folder / printed.name, audience: folder / web.name}
    return files


def folded(text: str) -> str:
    """Words as they are compared: single spaces, none before a bracket or comma, no hidden ones."""
    plain = " ".join(text.replace("\u200b", "").replace("\xa0", " ").split())
    return re.sub(r" (?=[,.:)])", "", plain)


def place_on_the_web(page: Element, place: str) -> str:
    """The words of a section, or of the cover or the back."""
    named = [each for each in page.iter() if each.get("id") == place]
    of_class = [each for each in page.iter() if place in (each.get("class") or "").split()]
    return folded(" ".join((named + of_class)[0].itertext()))


# Where the facts stand


@slow
@in_browser
@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("place", PLACES)
def test_every_fact_is_printed_in_its_place(
    place: str, edition: str, example: dict[str, Path]
) -> None:
    element = sections(example[edition], f"aml-relapse-{edition}")[place]
    said = folded(" ".join(each.text for each in element.walk() if not each.elements or each.kids))
    assert [fact for fact in PLACES[place] if fact not in said] == []


@slow
@in_browser
@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_web_page_has_the_same_facts(audience: Audience, example: dict[str, Path]) -> None:
    page = parse(example[audience].read_text(encoding="utf-8"), namespace_html_elements=False)
    missing = {
        fact: place
        for place, facts in PLACES.items()
        for fact in facts
        if fact not in place_on_the_web(page, place)
    }
    assert missing == {}


@pytest.mark.parametrize("audience", AUDIENCES)
def test_what_no_profile_says_is_a_line_to_fill_in(audience: Audience) -> None:
    def filled_in_by_hand(clinic: str | None) -> list[str]:
        html = render(load_booklet(CONTENT, "aml-relapse", TODAY, clinic)[audience], SIZES[0])
        rules = re.findall(r'details__label">(.*?):</span><span class="details__rule"', html)
        return [re.sub("<[^>]*>", "", label) for label in rules]

    blank, printed = filled_in_by_hand(None), filled_in_by_hand("example")
    only_blank = [label for label in blank if label not in printed]
    assert len(blank) == len(printed) + len(only_blank)
    assert [re.sub(r"[,(].*", "", label).strip() for label in only_blank] == [
        "The clinic’s 24-hour line",
        "Clinic",
        "The clinic’s 24-hour line",
        "Other phone numbers of the clinic",
        "How to get an interpreter",
        "Patient Advice and Liaison Service",
    ]


def test_a_profile_of_a_name_alone_leaves_the_rest_to_fill_in(content: Path) -> None:
    (content / "clinics" / "small.yaml").write_text("name: Small Hospital\n")
    facts = ("helpline", "lines", "temperature", "interpreters", "pals", "department")
    fields = [{"label": f"The {fact}", "clinic": fact} for fact in facts]
    section = {"title": "Lines", "blocks": [{"kind": "details", "fields": fields}]}
    (content / "specimen" / "02-lines.yaml").write_text(yaml.safe_dump(section))
    html = render(load_booklet(content, "specimen", TODAY, "small")["patient"], SIZES[0])
    assert html.count('class="details__rule"') == len(facts) - 1
    gap = '<span class="details__gap"></span>C'
    assert f"The temperature {gap} or higher, or below {gap}" in html.replace("\xa0", " ")
    assert "Small Hospital" in html
    assert "cover__logo" not in html
    assert "--accent" not in html


@pytest.mark.parametrize(
    ("below", "printed"),
    [("", "or below <span"), ("  below: 36C\n", "or below <strong>36C</strong> (a card)")],
)
def test_both_temperatures_are_in_one_sentence_and_one_not_known_is_a_gap(
    below: str, printed: str, content: Path
) -> None:
    threshold = f"temperature:\n  value: 37.5C\n{below}  card: a card\n"
    (content / "clinics" / "small.yaml").write_text(f"name: Small Hospital\n{threshold}")
    field = {"label": "Call if your temperature is", "clinic": "temperature"}
    section = {"title": "Lines", "blocks": [{"kind": "details", "fields": [field]}]}
    (content / "specimen" / "02-lines.yaml").write_text(yaml.safe_dump(section))
    html = render(load_booklet(content, "specimen", TODAY, "small")["patient"], SIZES[0])
    wanted = f"Call if your temperature is <strong>37.5C</strong> or higher, {printed}"
    assert wanted in html.replace("\xa0", " ")


def test_telephones_that_no_page_has_a_place_for_are_on_the_back(content: Path) -> None:
    def back(folder: Path, name: str) -> str:
        html = render(load_booklet(folder, name, TODAY, "example")["patient"], SIZES[0])
        return html[html.index('<footer class="back">') :]

    assert "Day unit: <strong>" in back(content, "specimen")
    assert "Ward: <strong>" in back(content, "specimen")
    answered_inside = back(CONTENT, "aml-relapse")
    assert "01632" not in answered_inside
    assert "<p>Interpreters: " in answered_inside


def test_the_words_of_a_profile_are_held_against_the_rules(content: Path) -> None:
    shutil.copytree(ROOT / "tests/words/content", content, dirs_exist_ok=True)
    profile = content / "clinics" / "example.yaml"
    profile.write_text(
        "name: Example Hospital\ninterpreters: Ring us from 17:30.\n"
        "lines:\n  - {name: Ward, phone: 01632 960102, hours: 9.30 am to 5pm}\n"
    )
    name = "leaflet"
    plain = check_words(content, name).problems
    found = {
        (problem.at and problem.at.line, re.split(r"[“”]", problem.message)[1])
        for problem in check_words(content, name, clinic="example").problems
        if problem not in plain
    }
    assert found == {(2, "17:30"), (4, "9.30 am")}


def test_the_example_is_invented_and_rings_nobody() -> None:
    """Ofcom keeps these ranges free for drama: London, no area, freephone."""
    text = (CONTENT / "clinics" / "example.yaml").read_text(encoding="utf-8")
    phones = re.findall(r"phone: ([\d ]+)", text)
    assert len(phones) == 6
    kept_free = r"020 7946 0\d{3}|01632 960\d{3}|0808 157 0\d{3}"
    assert [phone for phone in phones if not re.fullmatch(kept_free, phone.strip())] == []
    assert set(re.findall(r"@([\w.]+)", text)) == {"example.org"}
    assert "invented" in text


# The colour


@slow
@in_browser
@pytest.mark.parametrize("edition", EDITIONS)
def test_headings_take_the_clinics_colour_and_urgent_boxes_do_not(
    edition: str, example: dict[str, Path]
) -> None:
    colours: dict[str, set[str]] = {}
    for each in pymupdf.open(example[edition]):
        for block in each.get_text("dict")["blocks"]:
            for span in (span for line in block.get("lines", []) for span in line["spans"]):
                colours.setdefault(span["text"].strip(), set()).add(f"#{span['color']:06x}")
    assert ACCENT in colours["When to call for help"]
    # How urgent something is must look the same wherever a booklet comes from.
    assert colours["Call now"] == {"#1d2b36"}
    assert colours["Emergency"] == {"#ffffff"}
    assert all("#0b4f5c" not in each for each in colours.values())


@slow
@in_browser
@pytest.mark.parametrize("audience", AUDIENCES)
def test_on_screen_every_word_can_be_read_by_day_and_in_the_dark(
    audience: Audience, example: dict[str, Path], browser: Browser
) -> None:
    for look, page in screen.looks(browser, example[audience], names=("light", "dark")):
        if (audience, look) == ("patient", "light"):  # what axe asks besides contrast is alike
            found, passed = screen.violations(page)
            assert found == []
            assert passed > 25
        pale = [(words, ratio) for words, ratio in screen.painted(page) if ratio < 7]
        heading = page.evaluate("getComputedStyle(document.querySelector('h2')).color")
        urgent = page.evaluate(
            "[...document.querySelectorAll('.callout--emergency li')]"
            ".map(e => getComputedStyle(e).color)"
        )
        assert pale == [], look
        wanted = tones(ACCENT)["accent" if look == "light" else "accent-dark"]
        assert heading == "rgb({}, {}, {})".format(*bytes.fromhex(wanted[1:])), look
        assert len(set(urgent)) == 1, look
        assert urgent[0] != heading, look


# The logo


@slow
@in_browser
@pytest.mark.parametrize("edition", EDITIONS)
def test_the_logo_is_a_figure_with_its_words_on_the_cover(
    edition: str, example: dict[str, Path]
) -> None:
    cover = tree(reader(example[edition])).elements[0]
    alts = [figure.entries["Alt"] for figure in cover.all("Figure")]
    assert alts[0] == "Example Hospital. Two leaves on a stem."
    assert len(alts) == 2
    assert cover.pages == {0}


@slow
@in_browser
def test_the_pages_of_a_clinic_are_whole_leaves_and_the_back_is_the_last(
    example: dict[str, Path],
) -> None:
    for edition in EDITIONS:
        pages = reader(example[edition]).pages
        assert len(pages) % 4 == 0
        assert "Other formats" in pages[-1].extract_text()


@slow
@in_browser
@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_a_clinics_booklet_conforms_to_pdf_ua_1_and_pdf_a_2a(
    profile: str, example: dict[str, Path]
) -> None:
    report = validator.validate_pdf(example["patient-standard"], profile=profile)
    assert report.is_compliant, [str(failure) for failure in report.failures]


def with_logo(content: Path, picture: Image.Image, name: str) -> None:
    """Give the specimen's clinic this logo."""
    folder = content / "clinics" / "example"
    folder.mkdir()
    picture.save(folder / name)
    profile = content / "clinics" / "example.yaml"
    logo = {
        "picture": name,
        "alt": "Example Hospital",
        "permission": {"by": "A", "on": "2026-11-22"},
    }
    profile.write_text(profile.read_text() + yaml.safe_dump({"logo": logo}))


def made(content: Path) -> tuple[BuiltFile, ...]:
    order = Order(content, content / "out", (), ("patient",), SIZES[:1], "example", today=TODAY)
    return build(order, lambda each, of: None)


@slow
@pytest.mark.parametrize(
    ("mode", "name", "size", "printed"),
    [("RGBA", "logo.png", (800, 200), (60, 15)), ("L", "logo.jpg", (300, 300), (16, 16))],
)
def test_a_logo_of_pixels_keeps_its_shape_and_the_file_conforms(
    mode: str, name: str, size: tuple[int, int], printed: tuple[int, int], content: Path
) -> None:
    with_logo(content, Image.new(mode, size, "gray"), name)
    pdf, web, _manifest = made(content)
    first = pymupdf.open(stream=pdf.content)[0]
    (image,) = (first.get_image_rects(each[0]) for each in first.get_images())
    assert [round(side / 72 * 25.4, 1) for side in (image[0].width, image[0].height)] == [*printed]
    for profile in ("ua1", "2a"):
        report = validator.validate_pdf(content / "out" / pdf.name, profile=profile)
        assert report.is_compliant, [str(failure) for failure in report.failures]
    assert b'<img class="cover__logo-picture" src="data:image/' in web.content
    assert b'alt="Example Hospital"' in web.content


@pytest.mark.parametrize(
    ("mode", "name", "size", "said"),
    [
        ("RGB", "logo.png", (700, 100), "is 700 pixels wide and would be blurred in print: 60 mm "
         "at 300 dots an inch need 709; ask for a larger one, or best for an SVG"),
        ("RGB", "logo.png", (100, 100), "is 100 pixels wide and would be blurred in print: 16 mm "
         "at 300 dots an inch need 189; ask for a larger one, or best for an SVG"),
        ("CMYK", "logo.jpg", (709, 100), "has the colours of print (CMYK) or more than 8 bits; "
         "export it as RGB"),
    ],
)  # fmt: skip
def test_a_logo_that_would_print_badly_is_refused(
    mode: str, name: str, size: tuple[int, int], said: str, content: Path
) -> None:
    with_logo(content, Image.new(mode, size), name)
    with pytest.raises(FaultsFound) as raised:
        load_booklet(content, "specimen", TODAY, "example")
    (problem,) = raised.value.problems
    assert problem.file == content / "clinics" / "example" / name
    assert problem.message == f"this logo {said}"


def test_a_cover_that_runs_over_its_page_is_a_fault(content: Path) -> None:
    profile = content / "clinics" / "example.yaml"
    profile.write_text(profile.read_text().replace("Example Day Unit", "Example Day Unit " * 99))
    with pytest.raises(FaultsFound) as raised:
        made(content)
    (problem,) = raised.value.problems
    assert problem.file == content / "specimen" / "booklet.yaml"
    assert problem.message.startswith(
        "specimen_patient_en_standard_example_v0-1.pdf, in standard print for the patient: "
        "a cover runs over its page; shorten the title"
    )


def test_the_web_page_of_a_clinic_needs_no_other_file() -> None:
    booklet = load_booklet(CONTENT, "aml-relapse", TODAY, "example")["patient"]
    html = web_page(booklet).decode()
    assert "file://" not in html
    assert html.count(ACCENT) > 0
    assert ACCENT not in web_page(replace(booklet, clinic=None)).decode()
