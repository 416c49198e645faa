"""How messages are worded: numbers with their nouns, and words that are quoted."""

from textwrap import shorten

LONGEST_QUOTE = 70
"""Letters quoted of a text, so that a message stays on a line or two."""


def counted(number: int, thing: str, many: str | None = None) -> str:
    """A number with its noun.

    >>> counted(1, "page"), counted(2, "page"), counted(0, "box", "boxes")
    ('1 page', '2 pages', '0 boxes')
    """
    return f"{number} {thing if number == 1 else many or thing + 's'}"


def quoted(words: str) -> str:
    """Words in quotation marks, cut behind a word to a readable length.

    >>> quoted("two   words")
    '“two words”'
    >>> quoted("many words " * 9)
    '“many words many words many words many words many words many words …”'
    """
    return f"“{shorten(words, LONGEST_QUOTE, placeholder=' …')}”"
