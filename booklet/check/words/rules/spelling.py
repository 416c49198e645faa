"""British spelling: a Hunspell dictionary, and the words people have added to it."""

import re
from collections.abc import Iterator
from difflib import get_close_matches

from booklet.check.words.dictionary import is_british, suggestion
from booklet.check.words.edition import NAMES, Edition, folded
from booklet.check.words.lists import SPELLING_FILE, phrases
from booklet.check.words.rule import Found, WordRule, at, quoted
from booklet.check.words.rules.terms import meant_term
from booklet.content.yaml_source import Route, Source

_WORD = re.compile(r"(?<![\w@/.-])[^\W\d_]+(?:[-'’][^\W\d_]+)*(?![\w@/])")
_IZE = re.compile(r"(?i)([^\W\d_]{3,})iz(e|es|ed|er|ers|ing|ation|ations)$")


def spelling(edition: Edition) -> Iterator[Found]:
    """Words that neither the dictionary nor the list has."""
    for source, route, words in _own_words(edition):
        for word in _WORD.findall(words):
            wrong = _wrong(word, edition)
            if wrong:
                yield Found(source, route, wrong)


def _own_words(edition: Edition) -> Iterator[tuple[Source, Route, str]]:
    """Every text without names, and the terms of the glossary."""
    names = phrases(*edition.names)
    for wording in edition.wordings:
        if wording.role not in NAMES:
            found = at(wording, "")
            told = phrases(*(each for each in wording.terms if _is_told(each, edition)))
            yield found.source, found.route, told.sub(" ", names.sub(" ", wording.own_words))
    glossary = edition.files.glossary
    for index, term in enumerate(glossary.values["terms"]):
        yield glossary, ("terms", index, "term"), names.sub(" ", str(term["term"]))


def _is_told(term: str, edition: Edition) -> bool:
    """Whether the rule on terms tells of this slip already."""
    forms = {folded(form) for each in edition.booklet.glossary for form in each.forms}
    return folded(term) not in forms and meant_term(term, edition) is not None


def _wrong(word: str, edition: Edition) -> str | None:
    """What is wrong with a word, and what was probably meant."""
    lists = edition.lists.spelling
    listed = {folded(each) for each in (*lists.words, *lists.medicines, *lists.names)}
    bare = re.sub(r"['’]s?$", "", word)
    if re.search(r"[A-Z]{2}|^[A-Z]$", bare) or folded(bare) in listed or folded(word) in listed:
        return None
    parts = [part for part in bare.split("-") if not re.search(r"[A-Z]{2}|^[A-Z]$", part)]
    if ise := _with_s(bare):
        return f"{quoted(bare)} is written {quoted(ise)} here"
    if is_british(bare) or all(is_british(part) or folded(part) in listed for part in parts):
        return None
    meant = _near(folded(bare), listed) or _near(bare, {suggestion(bare) or ""})
    remedy = f"write {quoted(meant)}, or " if meant else ""
    return f"{quoted(bare)} is not in the dictionary; {remedy}add it to {SPELLING_FILE}"


def _near(word: str, known: set[str]) -> str | None:
    """The closest of these words, if one is close enough to be meant.

    >>> _near("azacitadine", {"azacitidine"}), _near("overhwleming", {"overhanging"})
    ('azacitidine', None)
    """
    return next(iter(get_close_matches(word, known, n=1, cutoff=0.8)), None)


def _with_s(word: str) -> str | None:
    """The word with -ise where it has -ize and that is a word: not for "size" or "prize"."""
    match = _IZE.fullmatch(word)
    with_s = f"{match[1]}is{match[2]}" if match else ""
    return with_s if with_s and is_british(with_s) else None


SPELLING = (
    WordRule(
        "spelling", "error", f"British spelling, and the words in `{SPELLING_FILE}`", "all",
        "NHS manual, A to Z (British English, -ise)",
        "A misspelt medicine can be taken for another one. Words the dictionary does not know "
        f"are added to `{SPELLING_FILE}` by whoever has looked them up.",
        "overhwleming, anemia, organize", "overwhelming, anaemia, organise",
        spelling,
    ),
)  # fmt: skip
