"""The pictures of docs/writing.md: each example of a block as it is printed.

    .venv/bin/python -m tests.writing.block_pictures

makes them anew in docs/blocks/. Each carries the example it was made of, so that a test sees when
one is stale.
"""

import hashlib
import re
import shutil
import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image, PngImagePlugin

from booklet.editions import size_named
from booklet.html.render import render
from booklet.review.booklet import load_booklet
from booklet.tagging.typeset import typeset, write_pdf
from tests.conftest import ROOT, TODAY

GUIDE = ROOT / "docs/writing.md"
PICTURES = ROOT / "docs/blocks"
CONTENT = ROOT / "tests/guide"
#: Where a picture says which example it was made of.
MADE_OF = "made of"
#: Pixels for each pixel of CSS: about 140 to the inch.
SCALE = 1.45
#: Pixels of CSS that are enough of ruled lines, which go on to the foot of the page.
ENOUGH = {"notes": 200}
MARGIN = 8


def examples() -> dict[str, str]:
    """The YAML of each kind of block in the guide."""
    text = GUIDE.read_text(encoding="utf-8")
    found = re.findall(r"^### `([a-z-]+)`$.*?^```yaml\n(.*?)^```$", text, re.M | re.S)
    return dict(found)


def digest(example: str) -> str:
    return hashlib.sha256(example.encode()).hexdigest()


def write_content(content: Path) -> None:
    """The invented booklet of the guide, with a section for each example."""
    shutil.copytree(CONTENT, content)
    pictures = content / "example/pictures"
    pictures.mkdir()
    shutil.copy(ROOT / "content/aml-relapse/pictures/nurse-at-desk.svg", pictures)
    for number, (kind, example) in enumerate(examples().items(), start=1):
        section = f"title: Shown\nstarts: page\nalone: true\nblocks:\n{example}"
        (content / f"example/{number:02}-{kind}.yaml").write_text(section, encoding="utf-8")


def _boxes(document: Any) -> Iterator[tuple[str, int, tuple[float, float, float, float]]]:
    """Where each example stands: its kind, its page, its edges in pixels of CSS."""
    wanted, section = set(examples()), None
    for number, page in enumerate(document.pages):
        for box in page._page_box.descendants():
            if box.element is None:
                continue
            if box.element.tag == "section" and box.element.get("id"):
                section = box.element.get("id")
            kind = box.element.get("class", "").split(" ")[0]
            if kind == section and kind in wanted:
                wanted.remove(kind)
                left, top = box.border_box_x(), box.border_box_y()
                height = min(box.border_height(), ENOUGH.get(kind, box.border_height()))
                yield kind, number, (left, top, left + box.border_width(), top + height)


def pictures() -> Iterator[tuple[str, bytes]]:
    """Each kind and the picture of its example, as PNG."""
    with tempfile.TemporaryDirectory() as folder:
        content = Path(folder) / "content"
        write_content(content)
        booklet = load_booklet(content, "example", TODAY)["patient"]
        document = typeset(
            render(booklet, size_named("standard")), booklet.picture_folders, content
        )
        pdf = pypdfium2.PdfDocument(write_pdf(document, booklet.labels, content))
        for kind, number, edges in _boxes(document):
            left, top, right, bottom = edges
            around = (left - MARGIN, top - MARGIN, right + MARGIN, bottom + MARGIN)
            page = pdf[number].render(scale=SCALE * 96 / 72).to_pil()
            crop = page.crop(tuple(round(edge * SCALE) for edge in around))
            yield kind, _png(crop, digest(examples()[kind]))


def _png(picture: Image.Image, made_of: str) -> bytes:
    """A picture of few colours, with a note of what it was made of."""
    note = PngImagePlugin.PngInfo()
    note.add_text(MADE_OF, made_of)
    out = BytesIO()
    picture.quantize(32).save(out, "PNG", optimize=True, pnginfo=note)
    return out.getvalue()


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    for kind, content in pictures():
        (PICTURES / f"{kind}.png").write_bytes(content)
        print(f"wrote docs/blocks/{kind}.png  {len(content) / 1000:.0f} kB")


if __name__ == "__main__":
    main()
