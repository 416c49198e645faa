"""Paper: the sizes sheets come in, and what one sheet weighs and measures."""

from dataclasses import dataclass

from booklet.pdf.geometry import POINTS_PER_MM


def points(mm: float) -> float:
    """Millimetres as PDF points, of which 72 make an inch.

    >>> round(points(210), 2)
    595.28
    """
    return mm * POINTS_PER_MM


BLEED = points(3)  # ink beyond the trim, for a cut that is not quite true: 3 mm is usual in the UK


@dataclass(frozen=True, slots=True)
class Format:
    """A size of paper as it lies on the table."""

    name: str  # what people call it
    width: float  # from left to right, in mm
    height: float  # from bottom to top, in mm

    def __str__(self) -> str:
        return f"{self.width:g} × {self.height:g} mm"


# ISO 216. The second of each pair lies on its side, as a sheet does that is folded once.
A5 = Format("A5", 148, 210)
A4 = Format("A4", 210, 297)
A4_WIDE = Format("A4", 297, 210)
A3_WIDE = Format("A3", 420, 297)

UPRIGHT = (A5, A4)


def format_of(width: float, height: float) -> Format:
    """The format a page is in, from its size in mm; named where it is one of ours.

    >>> format_of(147.9, 210.1).name, str(format_of(152.4, 228.6))
    ('A5', '152 × 229 mm')
    """
    for known in UPRIGHT:
        if abs(known.width - width) < 1 and abs(known.height - height) < 1:
            return known
    return Format("own size", round(width), round(height))


OFFICE_BULK = 1.3
"""Cubic centimetres a gram of uncoated office paper takes up: 80 g/m² is 0.104 mm thick."""


@dataclass(frozen=True, slots=True)
class Paper:
    """The paper in the tray.

    >>> Paper(80).caliper
    0.104
    >>> round(Paper(80).grams(A4), 2)
    4.99
    """

    weight: float = 80  # grams a square metre
    bulk: float = OFFICE_BULK  # cubic centimetres a gram

    @property
    def caliper(self) -> float:
        """The thickness of one leaf in millimetres."""
        return round(self.weight * self.bulk / 1000, 4)

    def grams(self, sheet: Format) -> float:
        """The weight of one sheet in grams."""
        return self.weight * (sheet.width * sheet.height / 1e6)
