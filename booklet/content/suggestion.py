"""What to say of a name that is not known, and of characters that cannot be printed."""

import re
import unicodedata
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from itertools import groupby
from pathlib import Path

from booklet.content.invisible import hidden
from booklet.content.yaml_source import read_yaml
from booklet.typeface import drawable, is_drawable, scripts_to_install


def near(word: str, known: frozenset[str] | Mapping[str, object]) -> str:
    """The close of a message: what was probably meant, or what there is."""
    return _offered(close_to(word, known), known)


def near_key(word: str, known: frozenset[str] | Mapping[str, object]) -> str:
    """The same of a key or a kind of block, which people know by other names too."""
    return _offered(meant_key(word, known), known)


def meant_key(word: str, known: frozenset[str] | Mapping[str, object]) -> str | None:
    """The key or kind that was probably meant: what people call so, or what is spelt like it.

    >>> [meant_key(word, {"intro": 1, "items": 1}) for word in ("introduction", "itms", "colour")]
    ['intro', 'items', None]
    """
    typed = re.sub(r"[\s_-]+", " ", word.casefold())
    named = (name for name, others in _meant_names().items() if typed in others and name in known)
    return next(named, None) or close_to(word, known)


@cache
def _meant_names() -> dict[str, list[str]]:
    names: dict[str, list[str]] = read_yaml(Path(__file__).with_name("meant_names.yaml")).values
    return names


def _offered(close: str | None, known: frozenset[str] | Mapping[str, object]) -> str:
    return f"did you mean `{close}`?" if close else offered(known)


def offered(known: frozenset[str] | Mapping[str, object]) -> str:
    """The close of a message where nothing is near: what there is."""
    return "there are: " + ", ".join(sorted(known)) if known else "there are none"


def close_to(
    word: str, known: frozenset[str] | Mapping[str, object], least: float = 0.6
) -> str | None:
    """The known word that was probably meant; `None` where none is near.

    `least` is the likeness it takes by Ratcliff and Obershelp, from 0 to 1.
    """
    spelt = {each.casefold(): each for each in sorted(known)}
    close = get_close_matches(word.casefold(), spelt, n=1, cutoff=least)
    return spelt[close[0]] if close else None


def undrawable(text: str) -> list[str]:
    """What to say of every character that would be printed as an empty box, or not be seen."""
    unseen = dict(hidden(text))
    seen = {sign for at, sign in enumerate(text) if at not in unseen} if unseen else {*text}
    missing = sorted(sign for sign in seen if not is_drawable(sign))
    letters = [sign for sign in missing if _script(sign) not in _scripts()]
    said = list(dict.fromkeys(unseen.values()))
    said += [
        f"the typeface has no character “{sign}” (U+{ord(sign):04X}); write it another way"
        for sign in missing
        if sign not in letters
    ]
    for script, signs in groupby(letters, _script):
        shown = ", ".join(f"“{sign}” (U+{ord(sign):04X})" for sign in signs)
        remedy = "docs/languages.md says how to add one"
        if script in scripts_to_install():
            remedy = "run `.venv/bin/pip install -e '.[scripts]'`, which brings one"
        said.append(f"no typeface here has {str(script).capitalize()} letters: {shown}; {remedy}")
    return said


def _script(sign: str) -> str | None:
    """The first word of a letter's name in Unicode, which is its script; None for other signs."""
    is_letter = unicodedata.category(sign)[0] in "LM"
    return unicodedata.name(sign, "unnamed").split()[0] if is_letter else None


@cache
def _scripts() -> frozenset[str | None]:
    """The scripts that some typeface has letters of, and None for all other signs."""
    return frozenset({None, *(_script(chr(code)) for code in drawable())})
