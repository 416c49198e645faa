"""A place on a page in millimetres, as carriers and letters are told of it."""

from typing import NamedTuple


class Area(NamedTuple):
    """A rectangle on the page.

    >>> Area(10, 20, 100, 50).grown(1)
    Area(left=9, top=19, right=101, bottom=51)
    >>> Area(10, 20, 100, 50).width, Area(10, 20, 100, 50).height
    (90, 30)
    """

    left: float  # how far its left edge is from that of the page
    top: float  # how far its upper edge is from that of the page
    right: float  # how far its right edge is from the left one of the page
    bottom: float  # how far its lower edge is from the upper one of the page

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    def grown(self, by: float) -> "Area":
        """The area with a border of this width all round; less of it where `by` is negative."""
        return Area(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def __str__(self) -> str:
        left, top, right, bottom = (f"{edge:g}" for edge in self)
        return f"{left} to {right} mm from the left and {top} to {bottom} mm from the top"
