"""The pictures of a booklet: checked before anything is set, and set from wherever it is built."""

import shutil
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from booklet.editions import size_named
from booklet.html.pictures import inline_svg
from booklet.html.render import render
from booklet.problems import FaultsFound
from booklet.review.booklet import load_booklet
from tests.commands.program import run
from tests.conftest import BOOKLETS, ROOT, TODAY

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 100">'


def faults_of(content: Path) -> list[str]:
    with pytest.raises(FaultsFound) as raised:
        load_booklet(content, "specimen", TODAY)
    return [str(problem).replace(f"{content}/", "") for problem in raised.value.problems]


def test_photographs_are_set_where_the_content_folder_is_named_from_here(content: Path) -> None:
    pictures = content / "specimen" / "pictures"
    sizes = {"photo.png": (400, 300), "photo.jpeg": (400, 200), "PHOTO.JPG": (400, 100)}
    blocks = ""
    for name, size in sizes.items():
        Image.new("RGB", size, "white").save(pictures / name)
        blocks += f"  - {{kind: figure, picture: {name}, alt: Nothing but white}}\n"
    (content / "specimen" / "02-photos.yaml").write_text(f"title: Photos\nblocks:\n{blocks}")
    edition = ("specimen", "--audience", "patient", "--size", "standard")
    places = ("--content", content.name, "--output", "out")
    done = run(*edition, *places, cwd=content.parent)
    assert done.returncode == 0, done.stderr
    pdf = PdfReader(content.parent / "out" / "specimen_patient_en_standard_v0-1.pdf")
    images = [each.image for page in pdf.pages for each in page.images]
    assert {each.size for each in images if each} == set(sizes.values())


def test_every_fault_of_every_picture_is_told_before_anything_is_set(content: Path) -> None:
    pictures = content / "specimen" / "pictures"
    (pictures / "folder.svg").mkdir()
    (pictures / "empty.png").write_bytes(b"")
    Image.new("RGB", (4, 3)).save(pictures / "really-a-png.jpg", "PNG")
    (pictures / "script.SVG").write_text(f"{HEAD}\n<script/>\n</svg>")
    (content / "outside.svg").write_text(f"{HEAD}</svg>")
    (pictures / "way-out.svg").symlink_to(content / "outside.svg")
    assert faults_of(content) == [
        "specimen/pictures/empty.png: error: this picture cannot be read as PNG; export it anew",
        "specimen/pictures/folder.svg: error: a picture is a file, and this is none; take it out",
        "specimen/pictures/really-a-png.jpg: error: this picture cannot be read as JPEG; "
        "export it anew",
        "specimen/pictures/script.SVG:2:1: error: this picture holds `script`; draw with shapes "
        "and text only",
        "specimen/pictures/way-out.svg: error: this picture leads out of the folder "
        "`specimen`; put a copy of it here",
    ]


def test_a_drawing_whose_name_ends_in_capitals_is_drawn(content: Path) -> None:
    pictures = content / "specimen" / "pictures"
    (pictures / "square.svg").rename(pictures / "SQUARE.SVG")
    about = content / "specimen" / "booklet.yaml"
    about.write_text(about.read_text().replace("square.svg", "SQUARE.SVG"))
    page = render(load_booklet(content, "specimen", TODAY)["patient"], size_named("standard"))
    assert '<svg xmlns="http://www.w3.org/2000/svg"' in page
    assert "<img" not in page


def test_letters_without_a_typeface_get_the_booklets(tmp_path: Path) -> None:
    path = tmp_path / "plain.svg"
    path.write_text(f'{HEAD}<text font-size="21">words</text></svg>')
    assert 'class="figure__picture" font-family="Atkinson Hyperlegible"' in inline_svg(
        path, None, "figure__picture"
    )


@pytest.mark.parametrize(("size", "fits"), [("20.8", True), ("20.8px", True), ("20.7", False)])
def test_letters_are_large_enough_for_the_width(size: str, fits: bool, content: Path) -> None:
    path = content / "specimen" / "pictures" / "square.svg"
    path.write_text(f'{HEAD}<g font-size="{size}"><text><tspan>words</tspan></text></g></svg>')
    if fits:
        load_booklet(content, "specimen", TODAY)
    else:
        assert "make it 20.8 units or larger" in faults_of(content)[0]


@pytest.mark.parametrize("booklet", BOOKLETS)
def test_the_real_pictures_have_no_faults(booklet: str, content: Path) -> None:
    theirs = ROOT / "content" / booklet / "pictures"
    shutil.copytree(theirs, content / "specimen" / "pictures", dirs_exist_ok=True)
    load_booklet(content, "specimen", TODAY)
