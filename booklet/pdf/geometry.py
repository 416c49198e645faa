"""Boxes and matrices of a PDF, in whatever unit they come in.

Across grows to the right, up grows upwards, as in a PDF (ISO 32000-1, 8.3.2.3).
"""

from collections.abc import Iterable, Sequence
from math import isfinite
from typing import Any, NamedTuple

POINTS_PER_MM = 72 / 25.4

Matrix = tuple[float, float, float, float, float, float]
"""a, b, c, d, e and f: a point (x, y) goes to (ax + cy + e, bx + dy + f)."""

IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


class Box(NamedTuple):
    """A rectangle by its corners, the lower left one first.

    A page has thousands, one for each letter: a tuple is made in less than half of the time that a
    frozen dataclass takes.
    """

    left: float
    bottom: float
    right: float
    top: float

    @classmethod
    def of(cls, corners: Any) -> "Box | None":
        """The rectangle of a PDF array, whichever corners it names.

        `None` where it is none, or too small to be a page: less than a unit wide or high.

        >>> Box.of([10, 200, 0, 0])
        Box(left=0.0, bottom=0.0, right=10.0, top=200.0)
        """
        if not isinstance(corners, list) or len(corners) != 4:
            return None
        edges = [float(n.get_object() if hasattr(n, "get_object") else n) for n in corners]
        box = cls.between(*edges)
        return box if all(map(isfinite, edges)) and box.width > 1 and box.height > 1 else None

    @classmethod
    def between(cls, x1: float, y1: float, x2: float, y2: float) -> "Box":
        """The rectangle between two opposite corners, whichever they are."""
        return cls(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From bottom to top."""
        return self.top - self.bottom

    def within(self, other: "Box | None") -> "Box":
        """What this box has in common with another; itself where there is no other.

        >>> Box(0, 0, 100, 100).within(Box(10, 10, 300, 50))
        Box(left=10, bottom=10, right=100, top=50)
        """
        if other is None:
            return self
        left, bottom = max(self.left, other.left), max(self.bottom, other.bottom)
        right, top = min(self.right, other.right), min(self.top, other.top)
        return Box(left, bottom, right, top) if right > left and top > bottom else self

    def overlaps(self, other: "Box", by: float = 0.0) -> bool:
        """Whether both share more than `by` in each direction.

        >>> Box(0, 0, 9, 9).overlaps(Box(8, 8, 12, 12)), Box(0, 0, 9, 9).overlaps(Box(9, 0, 12, 9))
        (True, False)
        """
        left, bottom, right, top = self
        from_left, from_bottom, to_right, to_top = other
        return (
            top - from_bottom > by < to_top - bottom
            and right - from_left > by < to_right - left
            and min(right - left, top - bottom, to_right - from_left, to_top - from_bottom) > by
        )

    def moved(self, matrix: Matrix) -> "Box":
        """The smallest upright box around this one after a matrix.

        >>> Box(0, 0, 100, 50).moved((0, 2, -2, 0, 100, 0))
        Box(left=0, bottom=0, right=100, top=200)
        """
        a, b, c, d, e, f = matrix
        corners = [(x, y) for x in (self.left, self.right) for y in (self.bottom, self.top)]
        xs = [a * x + c * y + e for x, y in corners]
        ys = [b * x + d * y + f for x, y in corners]
        return Box(min(xs), min(ys), max(xs), max(ys))

    def grown(self, by: float) -> "Box":
        """The box with a border of this width all round."""
        return Box(self.left - by, self.bottom - by, self.right + by, self.top + by)


def around(boxes: Sequence[Box]) -> Box:
    """The smallest box around all of them; `ValueError` for none."""
    left, bottom, right, top = zip(*boxes, strict=True)
    return Box(min(left), min(bottom), max(right), max(top))


def times(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that does one and then the other (ISO 32000-1, 8.3.4).

    >>> times((2, 0, 0, 2, 0, 0), (1, 0, 0, 1, 5, 7))
    (2, 0, 0, 2, 5, 7)
    """
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (
        *(a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s),
        *(e * p + f * r + t, e * q + f * s + u),
    )


def turned(box: Box, degrees: int) -> Matrix:
    """The matrix that turns a box clockwise and puts its lower left corner at 0, 0.

    >>> turned(Box(10, 20, 110, 220), 90)
    (0, -1, 1, 0, -20, 110)
    """
    return {
        0: (1, 0, 0, 1, -box.left, -box.bottom),
        90: (0, -1, 1, 0, -box.bottom, box.right),
        180: (-1, 0, 0, -1, box.right, box.top),
        270: (0, 1, -1, 0, box.top, -box.left),
    }[degrees]


def scaled(matrix: Matrix, factor: float) -> Matrix:
    """The matrix, and then everything this much larger."""
    return times(matrix, (factor, 0, 0, factor, 0, 0))


def written(numbers: Iterable[float]) -> str:
    """Numbers as PDF writes them: to a ten-thousandth of a point, no exponent.

    >>> written((1, 0.5, -12.34567, 1e-7))
    '1 0.5 -12.3457 0'
    """
    return " ".join(f"{round(n, 4) + 0.0:.4f}".rstrip("0").rstrip(".") for n in numbers)
