"""Checks the words of a booklet: what its readers get, rule by rule, with file and line."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from booklet.check.report import Report
from booklet.check.rule import rules_in
from booklet.check.words.exemptions import exemptions
from booklet.check.words.grade import grades
from booklet.check.words.lists import read_lists
from booklet.check.words.reader_text import ReaderText, WordRule
from booklet.check.words.rules import (
    length,
    navigation,
    numbers,
    parts,
    plain,
    sources,
    spelling,
    terms,
    translated,
    typing,
    unwritten,
)  # fmt: skip
from booklet.content.load import load_with_files
from booklet.content.names import booklet_names
from booklet.content.wordings import wordings
from booklet.problems import Problem, by_place

WORD_RULES: dict[str, WordRule] = {
    **rules_in(length, plain),
    **{rule.id: rule for rule in numbers.NUMBERS},
    **rules_in(terms, navigation, sources, parts, unwritten, spelling, typing, translated),
}
"""Every rule over words by its id, in the order of their page in the documentation."""


def check_words(content: Path, name: str, clinic: str | None = None) -> Report:
    """The words of the booklet `name` held against the rules, for both readers.

    With a clinic's name, the words of its profile as well.

    `FaultsFound` where the booklet or a list of words cannot be loaded, `WrongUsage` where there
    is no such booklet or clinic, `MissingOnMachine` where there is no British dictionary.
    """
    booklets, files = load_with_files(content, name, clinic)
    lists, everywhere = read_lists(content), _everywhere(content)
    readers = tuple(
        ReaderText(booklet, files, wordings(booklet, files), lists, everywhere)
        for booklet in booklets.values()
    )
    found = {problem for reader in readers for problem in found_in(reader, WORD_RULES.values())}
    notes = exemptions(files)
    used = tuple(note for note in notes if any(map(note.excuses, found)))
    left = {problem for problem in found if not any(note.excuses(problem) for note in used)}
    faults = (note.fault(frozenset(WORD_RULES), used=note in used) for note in notes)
    return Report(
        name,
        tuple(sorted({*left, *filter(None, faults)}, key=by_place)),
        on_purpose=tuple(map(str, used)),
        grades=tuple(each for reader in readers for each in grades(reader)),
    )


def _everywhere(content: Path) -> str:
    """The text of every section of every booklet, as it was typed."""
    names = booklet_names(content)
    files = (path for name in names for path in sorted((content / name).glob("[0-9]*.yaml")))
    # Other booklets than the one that is checked may have links that lead nowhere.
    there = (path for path in files if path.is_file())
    return "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in there)


def found_in(reader: ReaderText, rules: Iterable[WordRule]) -> Iterator[Problem]:
    """What every rule finds; rules that know English only are silent in other languages."""
    english = reader.booklet.about.language.startswith("en")
    for rule in rules:
        if english or not rule.english:
            yield from map(rule.named, rule.judge(reader))
