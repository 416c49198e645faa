"""Pictures of pixels fit their place, and hold nothing but what is seen of them."""

import hashlib
import re
import warnings
from base64 import b64decode
from functools import cache
from io import BytesIO
from pathlib import Path

import page as validator
import pymupdf
import pytest
import yaml
from PIL import Image, ImageCms

from booklet.build import BuiltFile, Order, build
from booklet.check.weights import with_weights
from booklet.content.photographs import cleaned, fault_of, printed_size, upright_size
from booklet.editions import SIZES, Size
from booklet.problems import FaultsFound, Problem
from booklet.resources import styles_folder
from booklet.review.booklet import load_booklet
from tests.conftest import TODAY

SECRETS = (b"Secret", b"Exif", b"GPS", b"ICC_PROFILE", b"tEXt", b"iCCP")


def picture(path: Path, size: tuple[int, int], noise: bool = False) -> Path:
    """A picture of soft blots, or one that cannot be packed."""
    blots = Image.effect_noise(size if noise else (8, 6), 60).convert("RGB")
    blots.resize(size).save(path)
    return path


def telephone(path: Path) -> Path:
    """A telephone's photograph of 12 megapixels, lying on its side; its first column is red."""
    path.write_bytes(_telephone())
    return path


@cache
def _telephone() -> bytes:
    seen = Image.new("RGB", (4000, 3000), "white")
    seen.paste("red", (0, 0, 4000, 1500))
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x013B] = 6, "SecretCamera", "SecretArtist"
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 0.0)})
    out = BytesIO()
    seen.save(out, "JPEG", exif=exif, comment=b"SecretComment", icc_profile=profile())
    return out.getvalue()


def profile(*, swapped: bool = False) -> bytes:
    """That of sRGB, or one where red is green."""
    plain = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    if not swapped:
        return plain
    return plain.replace(b"rXYZ", b"?").replace(b"gXYZ", b"rXYZ").replace(b"?", b"gXYZ")


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


def with_figures(content: Path, *names: str) -> Path:
    """The specimen with these pictures in a section of their own, the first on its cover."""
    blocks = [
        {"kind": "figure", "picture": each, "alt": f"What {each.split('.')[0]} shows"}
        | {"caption": "Words below it"}
        for each in names
    ]
    section = yaml.safe_dump({"title": "Photographs", "blocks": blocks})
    (content / "specimen" / "02-photos.yaml").write_text(section)
    about = content / "specimen" / "booklet.yaml"
    about.write_text(about.read_text().replace("square.svg", names[0]))
    return content / "specimen" / "pictures"


def made(content: Path, *sizes: Size, clinic: str | None = None) -> tuple[BuiltFile, ...]:
    order = Order(content, content / "out", (), ("patient",), sizes, clinic, today=TODAY)
    return build(order, lambda each, of: None)


def test_a_photograph_is_upright_small_and_says_nothing_of_the_camera(tmp_path: Path) -> None:
    path = telephone(tmp_path / "phone.jpg")
    before = hashlib.sha256(path.read_bytes()).digest()
    data = cleaned(path, 300, 400)
    assert opened(data).size == (300, 400)
    assert opened(data).format == "JPEG"
    right, left = opened(data).getpixel((280, 200)), opened(data).getpixel((20, 200))
    assert (min(right[1:]) < 10, min(left) > 245) == (True, True)  # type: ignore[index, arg-type]
    assert not [word for word in SECRETS if word in data]
    assert upright_size(path) == (3000, 4000)
    assert hashlib.sha256(path.read_bytes()).digest() == before


def test_the_same_picture_gives_the_same_bytes(tmp_path: Path) -> None:
    one = telephone(tmp_path / "one.jpg")
    other = tmp_path / "other.jpg"
    other.write_bytes(one.read_bytes())
    assert cleaned(one, 500, 500) == cleaned(other, 500, 500)


@pytest.mark.parametrize("name", ["red.jpg", "red.png"])
def test_a_profile_of_colours_is_turned_into_srgb(name: str, tmp_path: Path) -> None:
    Image.new("RGB", (9, 9), "red").save(tmp_path / name, icc_profile=profile(swapped=True))
    red, green, blue = opened(cleaned(tmp_path / name, 9, 9)).convert("RGB").getpixel((4, 4))  # type: ignore[misc]
    assert green > 200 > 60 > max(red, blue)


@pytest.mark.parametrize(
    ("mode", "name", "kept"),
    [
        *(
            ("CMYK", "a.jpg", "RGB"),
            ("L", "a.jpg", "L"),
            ("1", "a.png", "L"),
            ("P", "a.png", "RGB"),
        ),
        *(("LA", "a.png", "RGBA"), ("RGBA", "a.png", "RGBA"), ("I;16", "a.png", "L")),
    ],
)
def test_pictures_of_any_colours_become_those_of_a_screen(
    mode: str, name: str, kept: str, tmp_path: Path
) -> None:
    Image.new(mode, (40, 30)).save(tmp_path / name)
    found = opened(cleaned(tmp_path / name, 20, 20))
    assert (found.mode, found.size) == (kept, (20, 15))


def test_notes_in_a_png_are_left_out(tmp_path: Path) -> None:
    from PIL.PngImagePlugin import PngInfo

    notes = PngInfo()
    notes.add_text("Author", "SecretAuthor")
    path = tmp_path / "a.png"
    Image.new("RGB", (9, 9)).save(path, pnginfo=notes, dpi=(72, 72), icc_profile=profile())
    data = cleaned(path, 9, 9)
    assert (opened(data).format, opened(data).info) == ("PNG", {})
    assert not [word for word in SECRETS if word in data]


@pytest.mark.parametrize(("name", "kind"), [("cut.jpg", "JPEG"), ("cut.png", "PNG")])
def test_a_truncated_picture_is_a_fault_whatever_was_set_before(
    name: str, kind: str, content: Path
) -> None:
    import weasyprint  # noqa: F401  # which lets Pillow make up what is missing

    path = picture(with_figures(content, name) / name, (600, 450))
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(FaultsFound) as raised:
        load_booklet(content, "specimen", TODAY)
    (problem,) = raised.value.problems
    assert problem.file == path
    assert problem.message == f"this picture cannot be read as {kind}; export it anew"


@pytest.mark.parametrize("size", [(12000, 9000), (20000, 20000)])
def test_a_picture_of_too_many_pixels_is_a_fault_before_it_is_decoded(
    size: tuple[int, int], tmp_path: Path
) -> None:
    path = tmp_path / "huge.png"
    Image.new("1", size).save(path)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert fault_of(path) == (
            "this picture has more than 100 million pixels; export it smaller"
        )


@pytest.mark.parametrize(
    ("pixels", "printed"),
    [
        ((4000, 3000), (90, 67.5)),  # as wide as the place
        ((1000, 4000), (30, 120)),  # as high as the place
        ((300, 150), (50.8, 25.4)),  # as large as 150 dots an inch give
        ((1, 5000), (0.024, 120)),
    ],
)
def test_a_picture_keeps_its_shape_in_its_place(
    pixels: tuple[int, int], printed: tuple[float, float], tmp_path: Path
) -> None:
    Image.new("L", pixels).save(tmp_path / "a.png")
    assert printed_size(tmp_path / "a.png", 90, 120) == pytest.approx(printed)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: size.name)
def test_photographs_are_as_wide_as_drawings(size: Size) -> None:
    sheet = (styles_folder() / size.stylesheet).read_text(encoding="utf-8")
    told = {name: float(n) for name, n in re.findall(r"--([a-z-]+): ([\d.]+)(?:mm|%);", sheet)}
    column = told["page-width"] - told["margin-inner"] - told["margin-outer"]
    assert size.picture_width == int(column * told["figure-width"] / 100)


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES[::2], ids=lambda size: size.name)  # smallest and largest
def test_pictures_of_every_shape_stand_in_their_place_in_a_real_build(
    size: Size, content: Path
) -> None:
    pictures = with_figures(content, "phone.jpg", "small.jpg", "tall.jpg", "wide.png")
    telephone(pictures / "phone.jpg")
    for name, shape in (("small", (600, 450)), ("tall", (500, 4000)), ("wide", (2400, 100))):
        picture(pictures / f"{name}.{'png' if name == 'wide' else 'jpg'}", shape)
    pdf, web, _manifest = made(content, size)
    document, seen = pymupdf.open(stream=pdf.content), 0
    for page in document:
        for image in page.get_image_info():
            box, seen = pymupdf.Rect(image["bbox"]), seen + 1
            assert 0 <= box.x0 < box.x1 <= page.rect.width
            assert box.y1 < page.rect.height * 0.92  # above the line at the foot
            assert 149 <= image["width"] / (box.width / 72) <= 306
    assert seen == 5
    for standard in ("ua1", "2a"):
        report = validator.validate_pdf(content / "out" / pdf.name, profile=standard)
        assert report.is_compliant, [str(failure) for failure in report.failures]
    for data in (
        pdf.content,
        web.content,
        *(document.xref_stream_raw(n) or b"" for n in xrefs(document)),
    ):
        assert b"Secret" not in data
    embedded = re.findall(rb'src="data:image/(?:jpeg|png);base64,([^"]+)"', web.content)
    assert len(embedded) == 5
    for each in map(b64decode, embedded):
        assert not [word for word in SECRETS if word in each]
        assert opened(each).width <= 1600


def xrefs(document: pymupdf.Document) -> range:
    return range(1, document.xref_length())


@pytest.mark.slow
def test_a_photograph_on_a_clinics_cover_leaves_room_for_its_name(content: Path) -> None:
    picture(with_figures(content, "wide.jpg") / "wide.jpg", (3000, 600))
    pdf, *_ = made(content, SIZES[2], clinic="example")
    page = pymupdf.open(stream=pdf.content)[0]
    (box,) = (pymupdf.Rect(each["bbox"]) for each in page.get_image_info())
    assert box.width / box.height == pytest.approx(5, rel=0.01)
    assert 0 <= box.x0 < box.x1 <= page.rect.width


def test_a_file_that_is_too_heavy_names_its_pictures_and_the_remedy(content: Path) -> None:
    picture(with_figures(content, "noise.png") / "noise.png", (400, 300), noise=True)
    booklet = load_booklet(content, "specimen", TODAY)["patient"]
    told = Problem(Path("a.pdf"), "too large to attach", rule="attachable")
    (problem,) = with_weights((told,), booklet, SIZES[0])
    assert re.fullmatch(
        r"too large to attach\. The heaviest pictures: noise\.png \d+ kB\. "
        r"Save photographs as JPEG, crop them, or leave one out",
        problem.message,
    )


def test_pictures_that_are_too_heavy_by_themselves_are_told_before_pages_are_set(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pictures = with_figures(content, "light.jpg", "noise.png")
    picture(pictures / "light.jpg", (300, 200))
    picture(pictures / "noise.png", (1400, 1000), noise=True)
    monkeypatch.setattr("booklet.making.typeset", lambda *page: pytest.fail("the page was set"))
    with pytest.raises(FaultsFound) as raised:
        made(content, SIZES[0])
    (problem,) = raised.value.problems
    assert problem.file == pictures / "noise.png"
    assert re.fullmatch(
        r"pictures alone bring [\d,]+ kB to standard print, and a file to attach has at most "
        r"700 kB\. The heaviest: noise\.png [\d,]+ kB, light\.jpg \d kB\. "
        r"Save photographs as JPEG, crop them, or leave one out",
        problem.message,
    )
