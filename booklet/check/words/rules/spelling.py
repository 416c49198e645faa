"""British spelling: a Hunspell dictionary, and the words people have added to it."""

import re
from collections.abc import Iterator

from booklet.check.rule import rule
from booklet.check.words.dictionary import is_british, suggestion
from booklet.check.words.lists import SPELLING_FILE, phrases
from booklet.check.words.reader_text import NAMES, ReaderText, folded
from booklet.check.words.rules.terms import meant_term
from booklet.content.suggestion import close_to
from booklet.content.yaml_source import Route, Source
from booklet.messages import quoted
from booklet.problems import Problem

_WORD = re.compile(r"(?<![\w@/.-])[^\W\d_]+(?:[-'’][^\W\d_]+)*(?![\w@/])")
_NEAR = 0.8  # How much of a word has to be right for another to be meant, between 0 and 1

_IZE = re.compile(r"(?i)([^\W\d_]{3,})iz(e|es|ed|er|ers|ing|ation|ations)$")


@rule("all", "NHS manual, A to Z (British English, -ise)")
def spelling(reader: ReaderText) -> Iterator[Problem]:
    """British spelling, and the words in `spelling.yaml`.

    A misspelt medicine can be taken for another one. Words the dictionary does not know are added
    to `spelling.yaml` by whoever has looked them up.
    Not: overhwleming, anemia, organize
    Better: overwhelming, anaemia, organise
    """
    for source, route, words in _own_words(reader):
        for word in _WORD.findall(words):
            if wrong := _wrong(word, reader):
                yield source.problem(wrong, route)


def _own_words(reader: ReaderText) -> Iterator[tuple[Source, Route, str]]:
    """Every text without names, and the terms of the glossary."""
    names = phrases(*reader.names)
    for wording in reader.wordings:
        if wording.role not in NAMES:
            told = phrases(*(each for each in wording.text.terms if _is_told(each, reader)))
            words = told.sub(" ", names.sub(" ", wording.own_words))
            yield wording.source, wording.route, words
    glossary = reader.files.glossary
    for index, term in enumerate(glossary.values["terms"]):
        yield glossary, ("terms", index, "term"), names.sub(" ", str(term["term"]))


def _is_told(term: str, reader: ReaderText) -> bool:
    """Whether the rule on terms tells of this slip already."""
    forms = {folded(form) for each in reader.booklet.glossary for form in each.forms}
    return folded(term) not in forms and meant_term(term, reader) is not None


def _wrong(word: str, reader: ReaderText) -> str | None:
    """What is wrong with a word, and what was probably meant."""
    lists = reader.lists.spelling
    listed = {folded(each) for each in (*lists.words, *lists.medicines, *lists.names)}
    bare = re.sub(r"['’]s?$", "", word)
    if re.search(r"[A-Z]{2}|^[A-Z]$", bare) or folded(bare) in listed or folded(word) in listed:
        return None
    parts = [part for part in bare.split("-") if not re.search(r"[A-Z]{2}|^[A-Z]$", part)]
    if ise := _with_s(bare):
        return f"{quoted(bare)} is written {quoted(ise)} here"
    if is_british(bare) or all(is_british(part) or folded(part) in listed for part in parts):
        return None
    meant = close_to(bare, frozenset(listed), _NEAR) or close_to(
        bare, frozenset({suggestion(bare) or ""}), _NEAR
    )
    remedy = f"write {quoted(meant)}, or " if meant else ""
    return f"{quoted(bare)} is not in the dictionary; {remedy}add it to {SPELLING_FILE}"


def _with_s(word: str) -> str | None:
    """The word with -ise where it has -ize and that is a word: not for "size" or "prize"."""
    match = _IZE.fullmatch(word)
    with_s = f"{match[1]}is{match[2]}" if match else ""
    return with_s if with_s and is_british(with_s) else None
