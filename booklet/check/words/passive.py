"""The passive voice, found by the shape of the words.

It looks for a form of "be" and a past participle. Participles that people use as adjectives
("worried", "married") do not count.
"""

import re

_IRREGULAR = (
    "begun broken brought built bought caught chosen cut done drawn driven eaten felt fed fought "
    "forgotten found frozen given grown heard held hidden hurt kept known laid led left lost made "
    "meant met paid put read rung said seen sent set shaken shown shut sold spent spoken spread "
    "stolen stored stuck taken taught thought thrown told torn understood woken worn won written"
)
_ADJECTIVES = (
    "advanced affected allowed afraid angry ashamed based bored closed complicated concerned "
    "confused connected devastated dedicated disabled distressed exhausted experienced frightened "
    "frustrated interested involved isolated limited located married overwhelmed pleased prepared "
    "qualified related relaxed relieved retired scared shocked supposed surprised tired trained "
    "unexpected used worried need indeed bed red seed feed speed hundred"
)
_PARTICIPLE = rf"(?!(?:{'|'.join(_ADJECTIVES.split())})\b)(?:\w+ed|{'|'.join(_IRREGULAR.split())})"
_ADVERB = r"(?:(?:not|also|often|always|never|still|then|now|usually|sometimes|\w+ly)\s+){0,2}"
_BE = r"(?:am|is|are|was|were|be|been|being|isn['’]t|aren['’]t|wasn['’]t|weren['’]t)"
_ANY = re.compile(rf"\b{_BE}\s+{_ADVERB}{_PARTICIPLE}\b", re.IGNORECASE)
_BY = re.compile(
    rf"\b{_BE}\s+{_ADVERB}{_PARTICIPLE}\s+by\s+"
    r"(?!now\b|then\b|phone\b|post\b|email\b|hand\b|mouth\b|\w+ing\b|\d)\w+",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"\b(?:must|should|needs? to|has to|have to|ought to)\s+(?:not\s+)?be\s+"
    rf"{_ADVERB}{_PARTICIPLE}\b",
    re.IGNORECASE,
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
