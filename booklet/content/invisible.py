"""Characters that nobody sees: those that turn words round or hide in them, and blank texts."""

import re
import unicodedata
from collections.abc import Iterator

# Phone apps and Word put these round numbers that are copied out of them. The right-to-left marks
# U+200E and U+200F and the joiners U+200C and U+200D are part of how languages are spelt.
_TURNING = "\u202a-\u202e\u2066-\u2069"
_CONTROLS = r"\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029"
_HIDDEN = re.compile(f"[{_TURNING}{_CONTROLS}\u200b\ufeff]")
ODD_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""Spaces that look like plain ones and are none to YAML, as the inside of a pattern's brackets."""
ODD_SPACE = "an unbreakable space stands here; delete it, and type plain spaces"
"""What is said of one where a plain one belongs."""


def hidden(text: str) -> Iterator[tuple[int, str]]:
    """Where a character stands that may not, and what to say of it.

    >>> [(at, words[:46]) for at, words in hidden("Ring \u202e111")]
    [(5, 'an invisible character that turns words round ')]
    >>> [(at, words[:29]) for at, words in hidden("38" + chr(0) + "C")]
    [(2, 'an invisible character stands')]
    """
    for found in _HIDDEN.finditer(text):
        what = " that turns words round" if re.match(f"[{_TURNING}]", found[0]) else ""
        again = "delete it, or type the words round it anew"
        yield (
            found.start(),
            f"an invisible character{what} stands here (U+{ord(found[0]):04X}); {again}",
        )


def shows(text: str) -> bool:
    """Whether something of a text can be seen; spaces, joiners and lone accents cannot.

    >>> shows("a"), shows(":"), shows("\u00ad \u200d")
    (True, True, False)
    """
    return any(unicodedata.category(sign)[0] not in "ZCM" for sign in text)
