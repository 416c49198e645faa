"""What a camera or a program wrote beside a picture is in nothing that is made of it."""

import re
from base64 import b64decode
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
import yaml
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from booklet.build import Order, build
from booklet.editions import SIZES
from tests.attach.letters import by_typst
from tests.commands.program import run
from tests.conftest import TODAY

MARK = "Secret"
WRITTEN = [MARK.encode(each) for each in ("ascii", "utf-16-be", "utf-16-le")]
KINDS = ("EXIF", "XMP", "IPTC", "note", "ICC")


def exif() -> Image.Exif:
    found = Image.Exif()
    found[0x010F], found[0x9286] = f"{MARK} EXIF", f"{MARK} EXIF comment".encode()
    found.get_ifd(0x8825).update({29: f"{MARK} EXIF GPS"})
    return found


def profile() -> bytes:
    """That of sRGB, with a description of its own."""
    plain = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    name = "sRGB built-in"
    told = f"{MARK} ICC".ljust(len(name))
    return plain.replace(name.encode("utf-16-be"), told.encode("utf-16-be"))


def jpeg(path: Path) -> None:
    out = BytesIO()
    more = {"exif": exif(), "xmp": f"<x>{MARK} XMP</x>".encode(), "icc_profile": profile()}
    Image.new("RGB", (300, 200), "red").save(out, "JPEG", comment=f"{MARK} note", **more)
    words = f"{MARK} IPTC".encode()
    dataset = b"\x1c\x02\x78" + len(words).to_bytes(2, "big") + words
    block = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + len(dataset).to_bytes(4, "big") + dataset
    segment = b"\xff\xed" + (len(block) + 2).to_bytes(2, "big") + block
    path.write_bytes(out.getvalue()[:2] + segment + out.getvalue()[2:])


def png(path: Path) -> None:
    notes = PngInfo()
    notes.add_text("Author", f"{MARK} note")
    notes.add_text("Comment", f"{MARK} note", zip=True)
    notes.add_itxt("XML:com.adobe.xmp", f"<x>{MARK} XMP</x>")
    notes.add_itxt("Raw profile type iptc", f"{MARK} IPTC")
    more = {"pnginfo": notes, "exif": exif(), "icc_profile": profile()}
    Image.new("RGB", (300, 200), "red").save(path, **more)


def svg(path: Path) -> None:
    """The square, with what drawing programs leave behind."""
    text = path.read_text()
    note = f"<!-- {MARK} note --><?{MARK} note?>"
    path.write_text(f"{note}{text.replace('</svg>', note + '</svg>')}")


def notes_in(file: Path) -> set[str]:
    """Which kinds of notes a picture holds as they are, not packed."""
    text = file.read_bytes().replace(b"\0", b"").decode("latin-1")
    return {kind for kind in KINDS if f"{MARK} {kind}" in text}


def insides(data: bytes) -> Iterator[bytes]:
    """A file, and whatever lies packed in it: streams, pictures, files."""
    yield data
    if data.startswith(b"%PDF"):
        with pikepdf.open(BytesIO(data)) as pdf:
            for each in (each for each in pdf.objects if isinstance(each, pikepdf.Stream)):
                yield each.read_raw_bytes()
                if each.get("/Filter") != "/DCTDecode":
                    yield from insides(each.read_bytes())
    for embedded in re.findall(rb"data:image/[a-z+]+;base64,([^\"')]+)", data):
        yield from insides(b64decode(embedded))


@pytest.mark.slow
def test_no_output_holds_what_was_written_beside_a_picture(content: Path, tmp_path: Path) -> None:
    folder = content / "specimen/pictures"
    jpeg(folder / "a.jpg")
    png(folder / "b.png")
    svg(folder / "square.svg")
    assert notes_in(folder / "a.jpg") == {*KINDS}
    assert notes_in(folder / "b.png") == {*KINDS} - {"ICC"}  # which PNG packs
    blocks = [{"kind": "figure", "picture": each, "alt": "Red"} for each in ("a.jpg", "b.png")]
    section = yaml.safe_dump({"title": "Photographs", "blocks": blocks})
    (content / "specimen/02-photos.yaml").write_text(section)
    made = tmp_path / "made"
    build(Order(content, made, (), ("patient",), SIZES[:1], sheets=True, today=TODAY), unseen)
    (made / "letter.pdf").write_bytes(by_typst())
    (pdf,) = made.glob("*_standard_v*[0-9].pdf")
    run("paper", "ticket", pdf)
    for way in ("append", "enclose", "beside"):
        told = ("--as", way, "-o", made / f"{way}.pdf", "--fhir", "--slip", "--slip-page")
        assert run("attach", made / "letter.pdf", pdf, *told).returncode == 0
    files = [each for each in made.rglob("*") if each.is_file()]
    assert len(files) > 12
    assert b"".join(insides(pdf.read_bytes())).count(b"\xff\xd8\xff") >= 1  # the photograph
    for file in files:
        for data in insides(file.read_bytes()):
            assert not [each for each in WRITTEN if each in data], file


def unseen(made: object, of: int) -> None:
    """Nobody is told how far the build is."""
