"""Boxes and matrices of a PDF, in whatever unit they come in."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its corners, the lower left one first."""

    left: float
    bottom: float
    right: float
    top: float

    @classmethod
    def of(cls, corners: Any) -> "Box | None":
        """The rectangle of a PDF array, whichever corners it names; `None` where it is none.

        >>> Box.of([10, 200, 0, 0])
        Box(left=0.0, bottom=0.0, right=10.0, top=200.0)
        """
        corners = corners.get_object() if hasattr(corners, "get_object") else corners
        if not isinstance(corners, list) or len(corners) != 4:
            return None
        x1, y1, x2, y2 = (float(n.get_object() if hasattr(n, "get_object") else n) for n in corners)
        box = cls(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
        finite = all(map(math.isfinite, (x1, y1, x2, y2)))
        return box if finite and box.width > 1 and box.height > 1 else None

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

    def around(self, other: "Box") -> "Box":
        """The smallest box around both."""
        return Box(
            min(self.left, other.left),
            min(self.bottom, other.bottom),
            max(self.right, other.right),
            max(self.top, other.top),
        )

    def moved(self, matrix: Matrix) -> "Box":
        """The smallest upright box around this one after a matrix.

        >>> Box(0, 0, 100, 50).moved((0, 2, -2, 0, 100, 0))
        Box(left=0, bottom=0, right=100, top=200)
        """
        a, b, c, d, e, f = matrix
        corners = ((x, y) for x in (self.left, self.right) for y in (self.bottom, self.top))
        xs, ys = zip(*((a * x + c * y + e, b * x + d * y + f) for x, y in corners), strict=True)
        return Box(min(xs), min(ys), max(xs), max(ys))

    def grown(self, by: float) -> "Box":
        """The box with a border of this width all round."""
        return Box(self.left - by, self.bottom - by, self.right + by, self.top + by)


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


def matrix_of(numbers: Iterable[Any]) -> Matrix:
    """The matrix of six PDF numbers; `ValueError` where there are more or fewer."""
    a, b, c, d, e, f = (float(number) for number in numbers)
    return (a, b, c, d, e, f)


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
