"""Drawings hold shapes and text in plain forms; every other road out of them is a fault."""

from pathlib import Path

import pytest

from booklet.content.svg import MOST_ELEMENTS, MOST_LETTERS, read_drawing
from booklet.problems import FaultsFound

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
BOX = 'viewBox="0 0 400 100">'
AWAY = "http://127.0.0.1:9/x"

TRICKS = [
    f'<rect mask="URL({AWAY})"/>',
    f'<rect fill="URL({AWAY})"/>',
    rf'<rect cursor="u\72l({AWAY})"/>',
    rf'<rect fill="u\72l({AWAY})"/>',
    f"""<rect fill='image-set("{AWAY}")'/>""",
    f'<rect stroke="src({AWAY})"/>',
    f'<rect filter="url({AWAY}#a)"/>',
    f'<rect clip-path="url({AWAY})"/>',
    f'<rect xlink:href="{AWAY}"/>',
    f'<rect xml:base="{AWAY}"/>',
    f'<rect transform="translate(1) url({AWAY})"/>',
    '<rect fill="var(--a, red)"/>',
    '<rect onload="a()"/>',
    '<rect ONLOAD="a()"/>',
    '<rect style="fill:red"/>',
    '<rect class="warning"/>',
    '<rect opacity="expression(1)"/>',
    f'<image href="{AWAY}"/>',
    f'<use href="{AWAY}"/>',
    f'<a href="{AWAY}"><rect/></a>',
    "<style>@import 'x';</style>",
    "<script/>",
    "<foreignObject/>",
    '<animate attributeName="fill"/>',
    '<set attributeName="fill"/>',
    '<html xmlns="http://www.w3.org/1999/xhtml"/>',
]


def drawing(folder: Path, inside: str, head: str = HEAD + BOX) -> Path:
    path = folder / "drawing.svg"
    path.write_text(f"{head}\n{inside}</svg>")
    return path


def faults(path: Path) -> list[str]:
    with pytest.raises(FaultsFound) as raised:
        read_drawing(path)
    return [str(each) for each in raised.value.problems]


@pytest.mark.parametrize("trick", TRICKS)
def test_nothing_in_a_drawing_fetches_runs_or_takes_the_pages_own_look(
    trick: str, tmp_path: Path
) -> None:
    path = drawing(tmp_path, trick)
    assert any(each.startswith(f"{path}:2:1: error: ") for each in faults(path))


@pytest.mark.parametrize(
    "shape",
    [
        '<rect x="-1.5" y="1e2" width="10px" height="50%" rx=".5" fill="#0b4f5c" stroke="none"/>',
        '<path d="M1 2.5L-3,4 C1e-2 3 4 5 6 7z" stroke-width="2" stroke-dasharray="3 5"/>',
        '<g transform="translate(1, 2) rotate(-45)"><polygon points="0,0 1.5,2 -3 4"/></g>',
        '<circle r="3" fill="rgb(10, 20, 30)" opacity="0.5" stroke-linecap="round"/>',
        '<text font-size="22" font-weight="bold" text-anchor="middle">6.5 °C</text>',
    ],
)
def test_plain_shapes_and_texts_are_taken(shape: str, tmp_path: Path) -> None:
    read_drawing(drawing(tmp_path, shape))


@pytest.mark.parametrize(
    ("inside", "says"),
    [
        ("<rect/>" * MOST_ELEMENTS, "simplify the drawing"),
        (f'<text font-size="22">{"word " * (MOST_LETTERS // 4 + 1)}</text>', "is no text"),
        (f'<path d="M1 1 {"L1 2 " * 500_000}"/>', "more than 2 MB"),
        (f'<rect fill="{"a" * 100_000}!"/>', "`fill` cannot be"),
        (f'<rect transform="{"rotate(1) " * 50_000}!"/>', "`transform` cannot be"),
    ],
    ids=["shapes", "letters", "bytes", "colour", "moves"],
)
def test_drawings_that_would_take_minutes_are_refused_at_once(
    inside: str, says: str, tmp_path: Path
) -> None:
    assert says in faults(drawing(tmp_path, inside))[0]


@pytest.mark.parametrize("box", ["0 0 1e-300 1e300", "0 0 400 1e9", "0 0 nan 4", "0 0 0.5 4"])
def test_a_view_box_has_sides_that_a_page_can_have(box: str, tmp_path: Path) -> None:
    assert "is no `viewBox`" in faults(drawing(tmp_path, "", f'{HEAD} viewBox="{box}">'))[0]
