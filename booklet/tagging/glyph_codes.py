"""Codes of a font: what a glyph stands for where it stands, and empty glyphs that say letters."""

from functools import cached_property
from io import BytesIO
from typing import Any

import pydyf
from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont

from booklet.typeface import SPACER


class Alphabet:
    """The codes of one font: a glyph has one for each text it stands for, and empty ones any.

    WeasyPrint takes numbers of glyphs for codes; those of ours follow the font's last glyph, and
    `glyphs` says which glyph each paints (`CIDToGIDMap`, ISO 32000-1, 9.7.4.2).
    """

    def __init__(self, font: Any) -> None:
        self._font = font
        self._codes: dict[tuple[int, str], int] = {}
        self.glyphs: dict[int, int] = {}
        """The glyph of each code that is not its glyph's number."""

    @cached_property
    def file(self) -> TTFont:
        """The font's file."""
        return TTFont(BytesIO(self._font.file_content), fontNumber=self._font.index)

    @cached_property
    def _shapes(self) -> Any:
        return self.file.getGlyphSet()

    @cached_property
    def _usual(self) -> dict[int, str]:
        """The character that each glyph is drawn for by itself."""
        found: dict[int, str] = {}
        for point, name in sorted(self.file.getBestCmap().items()):
            found.setdefault(self.file.getGlyphID(name), chr(point))
        return found

    @cached_property
    def spacers(self) -> dict[int, int]:
        """The empty glyphs by their advance; none where the font's file was not prepared."""
        return {
            int(name.removeprefix(SPACER)): number
            for number, name in enumerate(self.file.getGlyphOrder())
            if name.startswith(SPACER)
        }

    @cached_property
    def space(self) -> tuple[int, int]:
        """The glyph of the font's space, and its advance in thousandths of an em."""
        name = self.file.getBestCmap()[ord(" ")]
        advance = self.file["hmtx"][name][0] * 1000 / self._font.upem
        return self.file.getGlyphID(name), round(advance)

    def code(self, glyph: int, text: str, width: float) -> int:
        """The code under which a glyph stands for this text; `width` is its advance."""
        key = (glyph, text)
        if key not in self._codes:
            font, usual = self._font, self._usual.get(glyph) == text
            if usual and font.to_unicode.setdefault(glyph, text) == text:
                number = glyph
            else:
                number = font.glyph_count + len(self.glyphs)
                self.glyphs[number] = glyph
                font.to_unicode[number] = text
                font.to_unicode.setdefault(glyph, self._usual.get(glyph, text))  # keeps its outline
                font.widths.setdefault(glyph, width)
            font.widths[number] = width
            self._codes[key] = number
        return self._codes[key]

    def outline(self, glyph: int) -> list[tuple[Any, ...]]:
        """A glyph's outline in units of the font, as operators with their points."""
        pen = _Outline(self._shapes)
        self._shapes[self.file.getGlyphName(glyph)].draw(pen)
        return pen.operators


class _Outline(BasePen):  # type: ignore[misc]
    def __init__(self, shapes: Any) -> None:
        super().__init__(shapes)
        self.operators: list[tuple[Any, ...]] = []

    def _moveTo(self, point: Any) -> None:  # noqa: N802  (fontTools' names)
        self.operators.append(("move_to", point))

    def _lineTo(self, point: Any) -> None:  # noqa: N802
        self.operators.append(("line_to", point))

    def _curveToOne(self, *points: Any) -> None:  # noqa: N802
        self.operators.append(("curve_to", *points))

    def _closePath(self) -> None:  # noqa: N802
        self.operators.append(("close",))


def alphabet_of(font: Any) -> Alphabet:
    """The codes of one of WeasyPrint's fonts, which live as long as it does."""
    if not hasattr(font, "alphabet"):
        font.alphabet = Alphabet(font)
    found: Alphabet = font.alphabet
    return found


def map_codes(build: Any, dictionary: Any, pdf: pydyf.PDF, font: Any, *rest: Any) -> None:
    """Stand in for `weasyprint.pdf.fonts._build_vector_font_dictionary`, which is `build`.

    Fonts with codes of ours get a map from codes to glyphs in place of the identity.
    """
    known = len(pdf.objects)
    build(dictionary, pdf, font, *rest)
    glyphs = alphabet_of(font).glyphs if hasattr(font, "alphabet") else {}
    if not glyphs:
        return
    codes = (glyphs.get(code, code) for code in range(max(glyphs) + 1))
    table = pydyf.Stream([b"".join(code.to_bytes(2, "big") for code in codes)], compress=True)
    pdf.add_object(table)
    for each in pdf.objects[known:]:
        if isinstance(each, pydyf.Dictionary) and each.get("Subtype") == "/CIDFontType2":
            each["CIDToGIDMap"] = table.reference
