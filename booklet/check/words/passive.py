"""The passive voice, found by the shape of the words.

It looks for a form of "be" and a past participle. Participles that people use as adjectives
("worried", "married") do not count.
"""

from pathlib import Path

from booklet.check.words.lists import compiled
from booklet.content.yaml_source import read_yaml

_DATA = read_yaml(Path(__file__).with_suffix(".yaml")).values
_ANY, _BY, _TOLD = (compiled(_DATA["parts"], _DATA[kind]) for kind in ("any", "by", "told"))


def is_passive(sentence: str) -> bool:
    """Whether a sentence has a verb in the passive voice.

    >>> [is_passive(words) for words in ("Blood is taken.", "You are tired.", "They rang.")]
    [True, False, False]
    """
    return bool(_ANY.search(sentence))


def heavy_passive(sentence: str) -> str | None:
    """The words of a passive that is easily said better; `None` for one that may stay.

    Reported are: one that names the people who act after "by", an instruction that does not say
    who is to act, and two in a sentence.

    >>> heavy_passive("The form must be signed."), heavy_passive("Blood is taken on Monday.")
    ('must be signed', None)
    """
    for pattern in (_BY, _TOLD):
        if match := pattern.search(sentence):
            return match.group()
    found = _ANY.findall(sentence)
    return " … ".join(found) if len(found) > 1 else None
