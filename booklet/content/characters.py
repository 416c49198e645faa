"""Characters that no typeface here can draw, and what to say of them."""

import unicodedata
from functools import cache
from itertools import groupby


def undrawable(text: str, characters: frozenset[int]) -> list[str]:
    """What to say of every character that would be printed as an empty box."""
    missing = sorted({sign for sign in text if ord(sign) not in characters})
    letters = [sign for sign in missing if _script(sign) not in _scripts(characters)]
    said = [
        f"the typeface has no character “{sign}” (U+{ord(sign):04X}); write it another way"
        for sign in missing
        if sign not in letters
    ]
    for script, signs in groupby(letters, _script):
        shown = ", ".join(f"“{sign}” (U+{ord(sign):04X})" for sign in signs)
        said.append(
            f"no typeface here has {str(script).capitalize()} letters: {shown}; docs/languages.md "
            "says how to add one"
        )
    return said


def _script(sign: str) -> str | None:
    """The first word of a letter's name in Unicode, which is its script; None for other signs."""
    is_letter = unicodedata.category(sign)[0] in "LM"
    return unicodedata.name(sign, "unnamed").split()[0] if is_letter else None


@cache
def _scripts(characters: frozenset[int]) -> frozenset[str | None]:
    """The scripts these characters hold letters of, and None for all other signs."""
    return frozenset({None, *(_script(chr(code)) for code in characters)})
