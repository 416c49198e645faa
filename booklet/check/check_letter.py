"""Checks the words of a covering letter by the rules for booklets that fit one, with file and line.

A letter is looked at as a booklet of one section, which has the letter's subject for its title.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from booklet.check.check_words import WORD_RULES, found_in
from booklet.check.report import Report
from booklet.check.words.exemptions import exemptions
from booklet.check.words.grade import grades
from booklet.check.words.lists import Lists, read_lists
from booklet.check.words.reader_text import ReaderText
from booklet.content.folder import Files, language_said, read_file
from booklet.content.labels import Labels
from booklet.content.language import Language
from booklet.content.letter import LetterFile
from booklet.content.letter_fields import fields_in
from booklet.content.load import validated
from booklet.content.model import BookletFile, CheckedContent, NamedSection, Section
from booklet.content.read_letter import letter_files
from booklet.content.review_file import ReviewFile
from booklet.content.validation_context import ValidationContext
from booklet.content.wordings import letter_wordings
from booklet.content.yaml_source import Source, unreadable
from booklet.editions import AUDIENCES, Audience
from booklet.problems import FaultsFound, Problem, by_place

_OF_BOOKLETS = {
    "term-without-entry",
    "entry-without-use",
    "telephone-number",
    "fact-without-source",
    "source-without-date",
    "source-without-use",
    "required-parts",
    "translation-behind",
    "choppy-section",
    "picture-of-new",
}
"""Rules about what letters have not: pictures, a glossary, contacts, sources and the like."""
LETTER_RULES = {id: rule for id, rule in WORD_RULES.items() if id not in _OF_BOOKLETS}
"""Every rule that letters are held against, by its id."""


def check_letter(content: Path, name: str) -> Report:
    """The words of the letter `name`, in each language, held against the rules for both readers.

    `FaultsFound` where the letter or a list of words cannot be read, `WrongUsage` where there is no
    such letter, `MissingOnMachine` where there is no British dictionary.
    """
    faults: list[Problem] = []
    lists, readers = read_lists(content), list[ReaderText]()
    for path in letter_files(content, name):
        source = read_file(path, content, faults)
        readers += _readers(source, name, lists, faults)
    if faults:
        raise FaultsFound(faults)
    found = {each for reader in readers for each in _found(reader)}
    notes = tuple(dict.fromkeys(note for each in readers for note in exemptions(each.files)))
    used = tuple(note for note in notes if any(map(note.excuses, found)))
    left = {problem for problem in found if not any(note.excuses(problem) for note in used)}
    wrong = (note.fault(frozenset(LETTER_RULES), used=note in used) for note in notes)
    return Report(
        f"letters/{name}",
        tuple(sorted({*left, *filter(None, wrong)}, key=by_place)),
        on_purpose=tuple(map(str, used)),
        grades=tuple(each for reader in readers for each in grades(reader)),
    )


def _found(reader: ReaderText) -> Iterator[Problem]:
    """What the rules find in the letter itself, not in what booklets share."""
    file = reader.files.about.file
    return (each for each in found_in(reader, LETTER_RULES.values()) if each.file == file)


def _readers(
    source: Source, name: str, lists: Lists, faults: list[Problem]
) -> Iterator[ReaderText]:
    """A file of the letter as each of its readers gets it."""
    language = language_said(source, faults)
    for audience in AUDIENCES:
        context = ValidationContext(audience, language)
        letter = validated(LetterFile, source, context, faults)
        if letter:
            fields = tuple(field for text in letter.printed for field in fields_in(text))
            yield ReaderText(
                _as_booklet(letter, name, audience, language),
                _as_files(source, name, language),
                letter_wordings(letter, source, name, audience),
                _without(fields, lists),
                "",
            )


def _without(fields: tuple[str, ...], lists: Lists) -> Lists:
    """The lists with the names of fields as names: columns are called as a system calls them."""
    names = (*lists.spelling.names, *dict.fromkeys(fields))
    return replace(lists, spelling=lists.spelling.model_copy(update={"names": names}))


def _as_booklet(
    letter: LetterFile, name: str, audience: Audience, language: Language
) -> CheckedContent:
    subject = letter.subject
    about: dict[str, Any] = {"title": subject, "publisher": subject, "sources": {}}
    section: dict[str, Any] = {"title": subject, "blocks": ()}
    labels: dict[str, Any] = {}
    return CheckedContent(
        name=name,
        audience=audience,
        about=BookletFile.model_construct(**about, language=language.tag),
        sections=(NamedSection(name, Section.model_construct(**section)),),
        contacts={},
        glossary=(),
        glossary_language=language,
        clinic=None,
        clinic_language=language,
        labels=Labels.model_construct(**labels),
        pictures=(),
        review=ReviewFile(),
        logos=None,
    )


def _as_files(source: Source, name: str, language: Language) -> Files:
    nothing = unreadable(source.file.parent)
    return Files(
        name=name,
        folder=source.file.parent,
        pictures=(),
        about=source,
        contacts=nothing,
        glossary=replace(nothing, values={"terms": []}),
        language=language,
        original_language=language,
        labels=nothing,
        sections={name: source},
        clinic=None,
        review=None,
    )
