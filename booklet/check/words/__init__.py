"""Checks the words of a booklet: what its readers get, rule by rule, with file and line."""

from collections.abc import Iterator
from pathlib import Path

from booklet.check.words.edition import Edition
from booklet.check.words.grade import grades
from booklet.check.words.lists import Lists, read_lists
from booklet.check.words.purpose import Purpose, faults, purposes
from booklet.check.words.report import WordReport
from booklet.check.words.rule import Found, WordRule
from booklet.check.words.rules import WORD_RULES
from booklet.content.load import Files, booklet_names, load_with_files
from booklet.content.model import CheckedContent
from booklet.content.wordings import wordings
from booklet.problems import by_place

__all__ = ["WordReport", "check_words"]


def check_words(
    content: Path,
    name: str,
    rules: tuple[WordRule, ...] = WORD_RULES,
    clinic: str | None = None,
) -> WordReport:
    """The words of the booklet `name` held against the rules, for both readers.

    With a clinic's name, the words of its profile as well.

    `FaultsFound` where the booklet or a list of words cannot be loaded, `WrongUsage` where there
    is no such booklet or clinic, `MissingOnMachine` where there is no British dictionary.
    """
    booklets, files = load_with_files(content, name, clinic)
    lists, everywhere = read_lists(content), _everywhere(content)
    editions = tuple(_edition(booklet, files, lists, everywhere) for booklet in booklets.values())
    notes = purposes(files)
    found = [hit for edition in editions for hit in found_in(edition, rules)]
    excused = {
        (position, number)
        for position, note in enumerate(notes)
        for number, (rule, hit) in enumerate(found)
        if note.excuses(rule.id, hit)
    }
    used = frozenset(position for position, _ in excused)
    kept = {number for _, number in excused}
    problems = {rule.problem(hit) for number, (rule, hit) in enumerate(found) if number not in kept}
    known = frozenset(rule.id for rule in rules)
    return WordReport(
        name=name,
        problems=tuple(sorted({*problems, *faults(notes, used, known)}, key=by_place)),
        on_purpose=tuple(_said(notes[position]) for position in sorted(used)),
        grades=tuple(each for edition in editions for each in grades(edition)),
    )


def _edition(booklet: CheckedContent, files: Files, lists: Lists, everywhere: str) -> Edition:
    return Edition(booklet, files, wordings(booklet, files), lists, everywhere)


def _everywhere(content: Path) -> str:
    """The text of every section of every booklet, as it was typed."""
    names = booklet_names(content)
    files = (path for name in names for path in sorted((content / name).glob("[0-9]*.yaml")))
    return "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in files)


def found_in(edition: Edition, rules: tuple[WordRule, ...]) -> Iterator[tuple[WordRule, Found]]:
    """What every rule finds; rules that know English only are silent in other languages."""
    english = edition.booklet.about.language.startswith("en")
    for rule in rules:
        if english or not rule.english:
            for hit in rule.judge(edition):
                yield rule, hit


def _said(note: Purpose) -> str:
    return f"{note.problem('').place}: {note.rule}: {note.reason}"
