"""Make the figures of the house typeface with a nought that no line crosses.

Atkinson Hyperlegible has no other nought, and a telephone number of five crossed ones is hard to
read. The files made here hold 0 to 9 and spaces, which are set in the
face of the figures they part. Their licence, the SIL Open Font License, wants
another name for what has been changed. Run it from the top of the project after the typeface's
package has a new version: `python styles/fonts/make_figures.py`.
"""

from pathlib import Path

from fontTools.misc.transform import Transform
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.reverseContourPen import ReverseContourPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from booklet.typeface import font_files

NAME = "Booklet Figures"


def contours(font: TTFont, glyph: str) -> list[DecomposingRecordingPen]:
    """Each closed line of a glyph, as a recording of its own."""
    glyphs = font.getGlyphSet()
    whole = DecomposingRecordingPen(glyphs)
    glyphs[glyph].draw(whole)
    parts: list[DecomposingRecordingPen] = []
    for step in whole.value:
        if step[0] == "moveTo":
            parts.append(DecomposingRecordingPen(glyphs))
        parts[-1].value.append(step)
    return parts


def bounds(parts: list[DecomposingRecordingPen]) -> tuple[float, float, float, float]:
    """The box around closed lines: left, bottom, right, top."""
    pen = BoundsPen(None)
    for part in parts:
        part.replay(pen)
    return pen.bounds


def plain_nought(font: TTFont) -> None:
    """Replace the crossed nought: its outer line, and within it the same line drawn smaller."""
    parts = contours(font, "zero")
    outer = max(parts, key=lambda part: bounds([part])[3] - bounds([part])[1])
    left, bottom, right, top = bounds([outer])
    inner = bounds([part for part in parts if part is not outer])
    scale = (inner[2] - inner[0]) / (right - left), (inner[3] - inner[1]) / (top - bottom)
    place = Transform().translate(inner[0], inner[1]).scale(*scale).translate(-left, -bottom)
    pen = TTGlyphPen(None)
    outer.replay(pen)
    outer.replay(TransformPen(ReverseContourPen(pen), place))
    font["glyf"]["zero"] = pen.glyph()


def main() -> None:
    """Write one file for each weight, beside this one."""
    for name, path in font_files().items():
        font = TTFont(path, recalcTimestamp=False)
        options = Options(layout_features=["kern"], hinting=False, notdef_outline=True)
        cutter = Subsetter(options)
        cutter.populate(text="0123456789 \u00a0\u202f\u2009")
        cutter.subset(font)
        plain_nought(font)
        weight = name.removesuffix(".ttf")
        names = {
            1: NAME,
            4: f"{NAME} {weight}",
            6: f"BookletFigures-{weight}",
            3: f"{NAME} {weight}",
        }
        for record in list(font["name"].names):
            if record.nameID in names:
                font["name"].setName(names[record.nameID], record.nameID, *_where(record))
            elif record.nameID in (16, 21, 25):
                font["name"].names.remove(record)
        font.save(Path(__file__).parent / f"Figures-{name}")


def _where(record: object) -> tuple[int, int, int]:
    return record.platformID, record.platEncID, record.langID  # type: ignore[attr-defined]


if __name__ == "__main__":
    main()
