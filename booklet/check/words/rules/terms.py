"""Rules about terms: abbreviations, and the glossary."""

import re
from collections.abc import Iterator

from booklet.check.rule import rule
from booklet.check.words.lists import phrases
from booklet.check.words.reader_text import NAMES, SHORT_FORMS, ReaderText, folded
from booklet.content.suggestion import close_to
from booklet.content.wordings import Wording
from booklet.messages import quoted
from booklet.problems import Problem

_NAMES = r"[A-Z][a-z]+(?:-[A-Z][a-z]+)+(?![\w-])"  # Epstein-Barr
_SHORT = re.compile(rf"(?<![\w-])(?!{_NAMES})[A-Z][A-Za-z]*-?[A-Z]+\w*(?:-[A-Z]\w*)*(?![\w-])")
_NEAR = 0.85  # How much of a term has to be right to be meant, between 0 and 1

_SMALL_WORDS = ("and", "for", "of", "the")
_BRACKETS = re.compile(r"\s*\([^()]*\)")


@rule("every abbreviation, in each edition", "NHS manual, Formatting")
def abbreviation(reader: ReaderText) -> Iterator[Problem]:
    """Full words beside the first use of an abbreviation.

    People who read their own pages in order must never meet letters nobody explained. Those
    everybody knows (UK) are listed in `spelling.yaml`.
    Not: Your MRD is positive.
    Better: The test for measurable residual disease (MRD) is positive.
    """
    known = {term.short: term.spoken_as or term.term for term in reader.booklet.glossary}
    seen = set(reader.lists.spelling.no_need_to_expand)
    for wording in reader.wordings:
        if wording.role in NAMES | SHORT_FORMS:
            continue
        for short in _uses(wording, reader):
            if short not in seen and not _expanded(short, known.get(short), wording.words):
                full = known.get(short)
                remedy = f"write “{full} ({short})”" if full else "write its full words first"
                yield wording.problem(f"{quoted(short)} stands here for the first time; {remedy}")
            seen.add(short)


def _uses(wording: Wording, reader: ReaderText) -> Iterator[str]:
    names = (_BRACKETS.sub("", name) for name in reader.names)
    words = phrases(*names).sub(" ", wording.own_words)
    for short in _SHORT.findall(words):
        yield str(short).removesuffix("s") if re.search(r"[A-Z]s$", short) else str(short)


def _expanded(short: str, full: str | None, words: str) -> bool:
    """Whether the full words stand in the same text, brackets inside them left out."""
    if full:
        return any(folded(full) in folded(text) for text in (words, _BRACKETS.sub("", words)))
    before = re.search(rf"((?:[\w’'-]+ )+)\({re.escape(short)}\)", words)
    names = re.split(r"[ -]", before[1].strip()) if before else []
    wanted = re.sub(r"[^A-Z]", "", short).casefold()
    weighty = [name for name in names if name not in _SMALL_WORDS]
    initials = ("".join(name[0] for name in each).casefold() for each in (names, weighty))
    return f"{short} (" in words or any(each.endswith(wanted) for each in initials)


@rule("all", "PEMAT-P, item on medical terms", english=False)
def term_without_entry(reader: ReaderText) -> Iterator[Problem]:
    """Terms in bold that the glossary explains.

    Bold promises that Words explained has the word.
    Not: **neutropenia**, with no entry in glossary.yaml
    Better: **neutropenia**, with an entry in glossary.yaml
    """
    explained = {folded(form) for term in reader.booklet.glossary for form in term.forms}
    for wording in reader.texts():
        for term in wording.text.terms:
            if folded(term) not in explained:
                meant = meant_term(term, reader)
                remedy = f"did you mean **{meant}**?" if meant else "explain it there"
                fault = f"{quoted(term)} is in bold and not in glossary.yaml"
                yield wording.problem(f"{fault}; {remedy}")


def meant_term(term: str, reader: ReaderText) -> str | None:
    """The entry of the glossary that a misspelt term stands for."""
    entries = {folded(entry["term"]) for entry in reader.files.glossary.values["terms"]}
    return None if folded(term) in entries else close_to(folded(term), frozenset(entries), _NEAR)


@rule("none", "house rule", "warning", english=False)
def entry_without_use(reader: ReaderText) -> Iterator[Problem]:
    """Entries of the glossary that no booklet uses.

    Entries nobody uses are entries nobody checks.
    Not: - term: apheresis (and no booklet says it)
    Better: no such entry
    """
    glossary = reader.files.glossary
    for index, term in enumerate(glossary.values["terms"]):
        forms = [term["term"], term.get("short"), *(term.get("also") or ())]
        if not phrases(*filter(None, forms)).search(reader.everywhere):
            message = f"no booklet uses {quoted(term['term'])}; take the entry out, or use the word"
            yield glossary.problem(message, ("terms", index, "term"))
