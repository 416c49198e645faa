"""How well one colour stands out on another: the formula of WCAG, which all packages share."""

from functools import lru_cache

Colour = tuple[int, int, int]


@lru_cache(maxsize=4096)
def luminance(colour: Colour) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2, definition).

    >>> luminance((255, 255, 255))
    1.0
    """
    parts = [value / 255 for value in colour]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@lru_cache(maxsize=65536)
def contrast(one: Colour, other: Colour) -> float:
    """Contrast ratio, 1 to 21 (WCAG 2.2, success criteria 1.4.3 and 1.4.6).

    >>> round(contrast((0, 94, 184), (255, 255, 255)), 1)
    6.4
    """
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)
