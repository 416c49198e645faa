"""What a heading may mean that is not one we know: nothing that a letter needs is passed over."""

import re
from collections.abc import Container, Iterator

from booklet.content.letter_fields import plain_name
from booklet.content.suggestion import close_to
from booklet.post.known_columns import keys_by_name, known_columns

_SHORT, _LIKE_A_WORD = 5, 0.85  # Words of fewer letters must be the same; the others so alike
_LIKE = 0.8  # How alike a heading is to a name we know, between 0 and 1, to be meant
_LIKE_A_PART = 0.88  # The same of names in a heading: a “List name” is no last name
_LONGEST_PHRASE, _MOST_WORDS = 4, 20  # Words of a name, and of a heading that are looked at
_WORD = re.compile(r"[^\W\d_]+|\d+")
_CAPITAL_WITHIN = re.compile(r"(?<=[a-z])(?=[A-Z])")  # As in `PatientForename`


def column_meant(heading: str, there: Container[str]) -> str | None:
    """The key of the column that an unknown heading may mean, where to pass it over would do harm.

    `there` are the keys of the columns that the list has: a part of a name or of an address is
    looked for only where it has none.

    >>> column_meant("Acessible information", ()), column_meant("Pt RIP / died", ())
    ('needs', 'deceased')
    >>> column_meant("Pt_Forename 1", ("surname",)), column_meant("Pt Forename", ("first_name",))
    ('first_name', None)
    >>> column_meant("GP surname", ()), column_meant("Ward", ())
    (None, None)
    """
    words = words_of(heading)
    return _need_or_mark(heading, words) or _part_of_a_name(words, there)


def words_of(heading: str) -> list[str]:
    """The first words and numbers of a heading in small letters, also where nothing parts them.

    >>> words_of("PatientForename1 (Pt_RIP)")
    ['patient', 'forename', '1', 'pt', 'rip']
    """
    found = _WORD.findall(_CAPITAL_WITHIN.sub(" ", heading))
    return [each.casefold() for each in found[:_MOST_WORDS]]


def _need_or_mark(heading: str, words: list[str]) -> str | None:
    telling = known_columns().telling
    by_word = {word: key for key, several in telling.items() for word in several}
    for word in words:
        least = 1 if len(word) < _SHORT else _LIKE_A_WORD
        if told := close_to(word, by_word, least):
            return by_word[told]
    names = {name: key for name, key in keys_by_name().items() if key in telling}
    close = close_to(plain_name(heading), names, _LIKE)
    return names[close] if close else None


def _part_of_a_name(words: list[str], there: Container[str]) -> str | None:
    """The part of a name or of an address that a heading has in it; the longest phrase tells."""
    data = known_columns()
    if any(word in data.of_others for word in words):
        return None
    by_phrase = {plain_name(each): key for key, part in data.parts.items() for each in part.words}
    for phrase in _phrases(words):
        least = 1 if len(phrase) < _SHORT else _LIKE_A_PART
        if told := close_to(phrase, by_phrase, least):
            key = by_phrase[told]
            return None if any(each in there for each in data.parts[key].unless) else key
    return None


def _phrases(words: list[str]) -> Iterator[str]:
    """All runs of few words as names are compared, the longest first.

    >>> [*_phrases(["pt", "address", "1"])]
    ['ptaddress1', 'ptaddress', 'address1', 'pt', 'address', '1']
    """
    for length in range(min(len(words), _LONGEST_PHRASE), 0, -1):
        for start in range(len(words) - length + 1):
            yield "".join(words[start : start + length])
