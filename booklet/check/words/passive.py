"""The passive voice, found by the shape of the words.

It looks for a form of "be" and a past participle. Participles that people use as adjectives
("worried", "married") do not count.
"""

import re
from pathlib import Path

from booklet.content.yaml_source import read_yaml

_WORDS = read_yaml(Path(__file__).with_suffix(".yaml")).values
_IRREGULAR, _ADJECTIVES = ("|".join(_WORDS[kind].split()) for kind in ("irregular", "adjectives"))
_PARTICIPLE = rf"(?!(?:{_ADJECTIVES})\b)(?:\w+ed|{_IRREGULAR})"
_ADVERB = r"(?:(?:not|also|often|always|never|still|then|now|usually|sometimes|\w+ly)\s+){0,2}"
_BE = r"(?:am|is|are|was|were|be|been|being|isn['’]t|aren['’]t|wasn['’]t|weren['’]t)"
_ANY = re.compile(rf"\b{_BE}\s+{_ADVERB}{_PARTICIPLE}\b", re.I)
_BY = re.compile(
    rf"\b{_BE}\s+{_ADVERB}{_PARTICIPLE}\s+by\s+"
    r"(?!now\b|then\b|phone\b|post\b|email\b|hand\b|mouth\b|\w+ing\b|\d)\w+",
    re.I,
)
_TOLD = re.compile(
    r"\b(?:must|should|needs? to|has to|have to|ought to)\s+(?:not\s+)?be\s+"
    rf"{_ADVERB}{_PARTICIPLE}\b",
    re.I,
)


def is_passive(sentence: str) -> bool:
    """Whether a sentence has a verb in the passive voice.

    >>> [is_passive(words) for words in ("Blood is taken.", "You are tired.", "They rang.")]
    [True, False, False]
    """
    return bool(_ANY.search(sentence))


def heavy_passive(sentence: str) -> str | None:
    """The words of a passive that is easily said better; `None` for one that may stay.

    Reported are: one that names who acts after "by", an instruction that does not say who is to
    act, and two in a sentence.

    >>> heavy_passive("The form must be signed."), heavy_passive("Blood is taken on Monday.")
    ('must be signed', None)
    """
    for pattern in (_BY, _TOLD):
        if match := pattern.search(sentence):
            return match.group()
    found = _ANY.findall(sentence)
    return " … ".join(found) if len(found) > 1 else None
