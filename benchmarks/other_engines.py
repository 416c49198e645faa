"""Other programs that make a PDF of a folder's files, each in a process of its own or here.

    .venv/bin/python -m benchmarks.other_engines typst FOLDER

Nothing is imported that they do not need: it would count as theirs.
"""

import sys
from pathlib import Path

WHOLE_SHEET = "whole.css"
"""All style sheets in one, for those that import none."""


def typst(folder: Path) -> None:
    import typst as tool

    made = tool.compile(
        folder / "booklet.typ", format="pdf", font_paths=[folder / "fonts"],
        ignore_system_fonts=True, pdf_standards=["ua-1"],
    )  # fmt: skip
    (folder / "typst.pdf").write_bytes(made)


def formepdf(folder: Path) -> None:
    import formepdf as tool

    files = (
        ("Atkinson Hyperlegible", "Regular", 400), ("Atkinson Hyperlegible", "Bold", 700),
        ("Booklet Figures", "Figures-Regular", 400), ("Booklet Figures", "Figures-Bold", 700),
    )  # fmt: skip
    fonts = [
        {"family": family, "data": (folder / f"fonts/{name}.ttf").read_bytes(), "weight": weight}
        for family, name, weight in files
    ]
    made = tool.render_html(
        (folder / "page.html").read_text(encoding="utf-8"),
        css=(folder / WHOLE_SHEET).read_text(encoding="utf-8"),
        fonts=fonts, pdf_ua=True, lang="en-GB",
    )  # fmt: skip
    (folder / "formepdf.pdf").write_bytes(made)


TOOLS = {"typst": typst, "formepdf": formepdf}


if __name__ == "__main__":
    TOOLS[sys.argv[1]](Path(sys.argv[2]))
