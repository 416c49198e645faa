"""The edition in black alone: nothing on its pages that a fax picture would turn to dots."""

import re
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pypdfium2
import pytest
from PIL import Image

from booklet.build import Order, build
from booklet.content.svg import SVG
from booklet.editions import AUDIENCES, BLACK, SIZES
from booklet.html.in_black import in_black, pixels_in_black
from booklet.resources import styles_folder
from tests.conftest import TODAY
from tests.html.test_photographs import picture, with_figures

BLACK_AND_WHITE = {"#000000", "#ffffff"}
ROUGH = {"no_smoothtext": True, "no_smoothpath": True, "no_smoothimage": True}
SAID = re.compile(r"--([\w-]+): ([^;]+);")
WORDS_ON_GROUNDS = [
    *(("text", each) for each in ("page", "card", "panel")),
    *(("heading", each) for each in ("page", "card", "panel")),
    *(("on-heading", "heading"), ("on-cover", "cover"), ("on-soon", "soon")),
    *(
        ("on-emergency", "emergency-ground"),
        ("emergency", "page"),
        ("line", "page"),
        ("rule", "page"),
        ("soon-edge", "page"),
    ),
]


def colours(audience: str) -> dict[str, str]:
    """The colour of each role in a reader's booklet in black, as a browser works it out."""
    tokens = (styles_folder() / "tokens.css").read_text(encoding="utf-8")
    house, family = tokens.split(".for-family {")
    said = dict(SAID.findall(house))
    said |= dict(SAID.findall(family)) if audience == "family" else {}
    said |= dict(SAID.findall((styles_folder() / str(BLACK.stylesheet)).read_text("utf-8")))

    def worked_out(value: str) -> str:
        return worked_out(said[value[6:-1]]) if value.startswith("var(") else value

    return {
        name.removeprefix("colour-"): worked_out(value)
        for name, value in said.items()
        if name.startswith("colour-")
    }


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_colour_that_paper_knows_is_black_or_white(audience: str) -> None:
    known = colours(audience)
    assert {name for name, value in known.items() if value not in BLACK_AND_WHITE} == set()
    assert [pair for pair in WORDS_ON_GROUNDS if known[pair[0]] == known[pair[1]]] == []


def drawing(shapes: str) -> list[dict[str, str]]:
    """The attributes of each element of a drawing once it is in black."""
    root = ElementTree.fromstring(f'<svg xmlns="{SVG}" viewBox="0 0 400 100">{shapes}</svg>')
    in_black(root)
    return [dict(element.attrib) for element in root.iter()][1:]


def test_words_of_a_drawing_stay_apart_from_a_ground_of_the_least_contrast() -> None:
    ground, words = drawing('<rect fill="#595959"/><text fill="#ffffff">a</text>')
    assert (ground["fill"], words["fill"]) == ("#000000", "#ffffff")
    ground, _, words = drawing('<rect fill="#999999"/><g fill="black"><text>a</text></g>')
    assert (ground["fill"], words["fill"]) == ("#ffffff", "#000000")


def test_shapes_that_turn_black_side_by_side_are_still_two() -> None:
    one, other = drawing('<circle r="9" fill="#2f6f5e"/><circle r="5" fill="#467a66"/>')
    assert one["fill"] == other["fill"] == "#000000"
    assert one["stroke"] == other["stroke"] == "#ffffff"
    chosen, none = drawing('<path fill="navy" stroke="navy"/><path fill="navy" stroke="none"/>')
    assert (chosen["stroke"], none["stroke"]) == ("#000000", "none")


def test_what_is_half_seen_through_is_the_shade_it_has_on_paper() -> None:
    _, faint, whole = drawing('<g opacity="20%"><path fill="black"/></g><path fill="black"/>')
    assert (faint["fill"], whole["fill"]) == ("#ffffff", "#000000")
    assert "opacity" not in faint


def test_greys_become_dots_and_a_logo_keeps_its_lines() -> None:
    grey = Image.new("LA", (300, 300), (110, 255))
    grey.paste((0, 0), (0, 0, 100, 300))  # what is seen through is paper
    file = BytesIO()
    grey.save(file, "PNG")
    dots, lines = (
        Image.open(BytesIO(pixels_in_black(file.getvalue(), 1, way))) for way in ("dots", "lines")
    )
    assert (dots.mode, lines.mode) == ("1", "1")
    assert (dots.size, lines.size) == ((200, 200), (300, 300))
    assert lines.histogram()[0] == 200 * 300
    share = dots.histogram()[0] / (200 * 200 * 2 / 3)
    assert share == pytest.approx(1 - 110 / 255, abs=0.03)


def test_a_page_in_black_has_neither_colour_nor_tint(content: Path) -> None:
    """Drawn without smoothing, as a fax picture is, with a photograph and a clinic's colour."""
    picture(with_figures(content, "photo.png") / "photo.png", (600, 400))
    clinic = content / "clinics/example.yaml"
    clinic.write_text(f'{clinic.read_text()}accent: "#0b4f5c"\n')
    where = (content, content / "out", (), ("patient",), SIZES[:1])
    made = build(Order(*where, "example", ink=BLACK, today=TODAY), lambda each, of: None)
    assert [each.name for each in made if each.pages] == [
        "specimen_patient_en_standard_black-ink_example_v0-1.pdf"
    ]
    for page in pypdfium2.PdfDocument(made[0].content):
        drawn = page.render(scale=200 / 72, **ROUGH).to_pil()
        counts = {colour: count for count, colour in drawn.getcolors(maxcolors=9999) or ()}
        assert counts
        assert all(len(set(colour)) == 1 for colour in counts)
        plain = counts[0, 0, 0] + counts[255, 255, 255]
        assert plain > 0.99 * drawn.width * drawn.height  # hair lines fall between two pixels
