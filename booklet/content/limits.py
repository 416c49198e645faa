"""How much one file, one text and one word may hold: what is larger would stop the program."""

import re
from collections.abc import Iterator
from pathlib import Path

LARGEST_FILE = 300_000
"""Bytes of one YAML file, some 25 times the longest section there is; it is read in seconds."""
LONGEST_TEXT = 10_000  # Characters of one text, which is a paragraph or less
LONGEST_WORD = 60
"""Letters in a row with no place to break a line: the longest place name of Wales has 58, and a
line of giant print holds about 40."""

# Lines break between the signs of scripts that put no spaces between words: Thai, Lao, Burmese,
# Khmer, Chinese, Japanese, Korean.
_BREAKING = (
    r"\s/\u00ad\u2010-\u2014\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ud7af\uf900-\ufaff"
    r"\U00020000-\U0003ffff"
)
_LONG = re.compile(rf"[^{_BREAKING}]{{{LONGEST_WORD + 1},}}")
# Words with hyphens are kept on one line, addresses break at theirs.
_LONG_IN_ADDRESS = re.compile(rf"[^{_BREAKING}-]{{{LONGEST_WORD + 1},}}")


def too_large(path: Path) -> str | None:
    """What to say of a file that holds more than a file of content can; `None` of others."""
    size = path.stat().st_size
    if size <= LARGEST_FILE:
        return None
    return (
        f"this file has {size:,} bytes, and the most is {LARGEST_FILE:,}; take out what is no "
        "text of the booklet, or make several sections of it"
    )


def too_long(text: str) -> str | None:
    """What to say of a text that is no paragraph any more; `None` of others."""
    if len(text) <= LONGEST_TEXT:
        return None
    return f"this text has {len(text):,} characters; make paragraphs of it, a thought in each"


def long_words(text: str, *, address: bool = False) -> Iterator[str]:
    """What to say of each word that no line can hold, or of each part of a web address.

    >>> [words[:24] for words in long_words("A " + 70 * "x" + " and an " + 30 * "a-")]
    ['“xxxxxxxxxxxxxxxxxxxx…” ']
    """
    for found in (_LONG_IN_ADDRESS if address else _LONG).findall(text):
        yield (
            f"“{found[:20]}…” has {len(found):,} characters and no place to break a line; put "
            "spaces into it, or take it out"
        )
