"""Rules about terms: abbreviations, and the glossary."""

import re
from collections.abc import Iterator

from booklet.check.words.edition import NAMES, SHORT_FORMS, Edition, folded
from booklet.check.words.lists import phrases
from booklet.check.words.rule import Found, WordRule, at, quoted
from booklet.content.suggestion import close_to
from booklet.content.wordings import Wording

_NAMES = r"[A-Z][a-z]+(?:-[A-Z][a-z]+)+(?![\w-])"  # Epstein-Barr
_ABBREVIATION = re.compile(
    rf"(?<![\w-])(?!{_NAMES})[A-Z][A-Za-z]*-?[A-Z]+\w*(?:-[A-Z]\w*)*(?![\w-])"
)
_NEAR = 0.85
"""How much of a term has to be right to be meant, between 0 and 1."""

_SMALL_WORDS = ("and", "for", "of", "the")
_BRACKETS = re.compile(r"\s*\([^()]*\)")


def abbreviations(edition: Edition) -> Iterator[Found]:
    """Abbreviations whose full words do not stand beside their first use."""
    known = {term.short: term.spoken_as or term.term for term in edition.booklet.glossary}
    seen = set(edition.lists.spelling.no_need_to_expand)
    for wording in edition.wordings:
        if wording.role in NAMES | SHORT_FORMS:
            continue
        for short in _uses(wording, edition):
            if short not in seen and not _expanded(short, known.get(short), wording.words):
                full = known.get(short)
                remedy = f"write “{full} ({short})”" if full else "write its full words first"
                yield at(wording, f"{quoted(short)} stands here for the first time; {remedy}")
            seen.add(short)


def _uses(wording: Wording, edition: Edition) -> Iterator[str]:
    names = (_BRACKETS.sub("", name) for name in edition.names)
    words = phrases(*names).sub(" ", wording.own_words)
    for short in _ABBREVIATION.findall(words):
        yield str(short).removesuffix("s") if re.search(r"[A-Z]s$", short) else str(short)


def _expanded(short: str, full: str | None, words: str) -> bool:
    """Whether the full words stand in the same text, brackets inside them left out."""
    if full:
        return any(folded(full) in folded(text) for text in (words, _BRACKETS.sub("", words)))
    before = re.search(rf"((?:[\w’'-]+ )+)\({re.escape(short)}\)", words)
    names = re.split(r"[ -]", before[1].strip()) if before else []
    wanted = re.sub(r"[^A-Z]", "", short).casefold()
    weighty = [name for name in names if name not in _SMALL_WORDS]
    stands = any(_initials(each).endswith(wanted) for each in (names, weighty))
    return stands or f"{short} (" in words


def _initials(names: list[str]) -> str:
    return "".join(name[0] for name in names).casefold()


def term_without_entry(edition: Edition) -> Iterator[Found]:
    """Terms in bold that the glossary does not explain."""
    explained = {folded(form) for term in edition.booklet.glossary for form in term.forms}
    for wording in edition.texts():
        for term in wording.terms:
            if folded(term) not in explained:
                meant = meant_term(term, edition)
                remedy = f"did you mean **{meant}**?" if meant else "explain it there"
                yield at(wording, f"{quoted(term)} is in bold and not in glossary.yaml; {remedy}")


def meant_term(term: str, edition: Edition) -> str | None:
    """The entry of the glossary that a misspelt term stands for."""
    entries = {folded(entry["term"]) for entry in edition.files.glossary.values["terms"]}
    return None if folded(term) in entries else close_to(folded(term), frozenset(entries), _NEAR)


def entry_without_use(edition: Edition) -> Iterator[Found]:
    """Entries of the glossary that no booklet of the content folder uses."""
    glossary = edition.files.glossary
    for index, term in enumerate(glossary.values["terms"]):
        forms = [term["term"], term.get("short"), *(term.get("also") or ())]
        if not phrases(*filter(None, forms)).search(edition.everywhere):
            yield Found(
                glossary, ("terms", index, "term"),
                f"no booklet uses {quoted(term['term'])}; take the entry out, or use the word",
            )  # fmt: skip


TERMS = (
    WordRule(
        "abbreviation", "error", "Full words beside the first use of an abbreviation",
        "every abbreviation, in each edition", "NHS manual, Formatting",
        "People who read their own pages in order must never meet letters nobody explained. "
        "Those everybody knows (UK) are listed in `spelling.yaml`.",
        "Your MRD is positive.", "The test for measurable residual disease (MRD) is positive.",
        abbreviations,
    ),
    WordRule(
        "term-without-entry", "error", "Terms in bold that the glossary explains", "all",
        "PEMAT-P, item on medical terms", "Bold promises that Words explained has the word.",
        "**neutropenia**, with no entry in glossary.yaml",
        "**neutropenia**, with an entry in glossary.yaml",
        term_without_entry, english=False,
    ),
    WordRule(
        "entry-without-use", "warning", "Entries of the glossary that no booklet uses", "none",
        "house rule", "Entries nobody uses are entries nobody checks.",
        "- term: apheresis (and no booklet says it)", "no such entry",
        entry_without_use, english=False,
    ),
)  # fmt: skip
