"""Pages of the AML booklet side by side, as an older version set them and as this one does.

    python -m benchmarks.before_and_after OLDER_FOLDER NEWER_FOLDER

Each folder holds the PDFs in standard print of one version. The pictures go to docs/looks/: the
older version at the left, the newer one at the right.
"""

import sys
from pathlib import Path

import pypdfium2
from PIL import Image

LOOKS = Path(__file__).parent.parent / "docs/looks"
DOTS = 72  # to the inch
GAP = 8  # Pixels between pages, and three times as many between versions
FILE = "aml-relapse_{}_en_standard_*.pdf"

PICTURES: dict[str, tuple[list[tuple[str, str]], list[tuple[str, str]]]] = {
    "covers": ([("patient", ""), ("family", "")], [("patient", ""), ("family", "")]),
    "call": ([("patient", "clinic’s 24-hour line")], [("patient", "clinic’s 24-hour line")]),
    "comparison": (
        [("patient", "In a stem cell transplant")],
        [("patient", "What each treatment aims for"), ("patient", "In a stem cell transplant")],
    ),
    "family": (
        [("family", "Watching for infection"), ("family", "Injections at home")],
        [("family", "In an emergency: what"), ("family", "Handling the medicines")],
    ),
}
"""For each picture the pages, older and newer: the reader, and words that only they have; no words
for the cover."""


def page(folder: Path, reader: str, words: str) -> Image.Image:
    """A picture of the first page that has these words."""
    (file,) = folder.glob(FILE.format(reader))
    pdf = pypdfium2.PdfDocument(file)
    for each in pdf:
        if words in " ".join(each.get_textpage().get_text_range().split()):
            return each.render(scale=DOTS / 72).to_pil().convert("RGB")
    raise SystemExit(f"no page of {file.name} says “{words}”")


def side_by_side(older: list[Image.Image], newer: list[Image.Image]) -> Image.Image:
    """The pages of both versions in one row on grey."""
    pages = older + newer
    width = sum(each.width + GAP for each in pages) + 3 * GAP
    sheet = Image.new("RGB", (width, max(each.height for each in pages) + 2 * GAP), "#b8bec2")
    at = GAP
    for number, each in enumerate(pages):
        at += 2 * GAP if number == len(older) else 0
        sheet.paste(each, (at, GAP))
        at += each.width + GAP
    return sheet


def main(older: Path, newer: Path) -> None:
    LOOKS.mkdir(exist_ok=True)
    for name, (before, after) in PICTURES.items():
        rows = [[page(folder, *each) for each in wanted]
                for folder, wanted in ((older, before), (newer, after))]  # fmt: skip
        file = LOOKS / f"{name}.png"
        side_by_side(*rows).quantize(96).save(file, optimize=True)
        print(f"wrote docs/looks/{name}.png  {file.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
