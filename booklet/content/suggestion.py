"""What was probably meant by a name that is not known."""

from collections.abc import Mapping
from difflib import get_close_matches


def near(word: str, known: frozenset[str] | Mapping[str, object]) -> str:
    """The close of a message: what was probably meant, or what there is."""
    close = close_to(word, known)
    if close:
        return f"did you mean `{close}`?"
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
