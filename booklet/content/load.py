"""A content folder and a clinic's profile, read and checked into a booklet for each reader."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from booklet.content.fields import is_for
from booklet.content.folder import Files, booklet_names, clinic_names, mapping
from booklet.content.labels import Labels
from booklet.content.logo import logo_faults, logo_names
from booklet.content.markup import Inline, Lexicon
from booklet.content.model import (
    BookletFile,
    CheckedContent,
    ClinicFile,
    GlossaryFile,
    HouseFile,
    NamedSection,
    ReviewFile,
    Section,
    Term,
)
from booklet.content.pictures import picture_faults, picture_names
from booklet.content.suggestion import near
from booklet.content.telephone import Phone
from booklet.content.validation_context import Reading
from booklet.content.validation_faults import in_plain_words
from booklet.content.yaml_source import Source
from booklet.editions import AUDIENCES, Audience
from booklet.problems import FaultsFound, Problem, WrongUsage
from booklet.typeface import drawable

__all__ = [
    "Files",
    "booklet_names",
    "clinic_names",
    "load",
    "load_with_files",
    "review_of",
    "texts",
]

File = TypeVar("File", bound=BaseModel)


def load(content: Path, name: str, clinic: str | None = None) -> dict[Audience, CheckedContent]:
    """The content of the booklet `name` for each of its readers.

    `FaultsFound` carries every fault of every file for every reader; `WrongUsage` says that
    there is no such booklet or clinic.
    """
    return load_with_files(content, name, clinic)[0]


def load_with_files(
    content: Path, name: str, clinic: str | None = None
) -> tuple[dict[Audience, CheckedContent], Files]:
    """What `load` gives, and the files it was made from, which know where each value stands."""
    _must_exist("booklet", name, booklet_names(content))
    if clinic is not None:
        _must_exist("clinic", clinic, clinic_names(content))
    faults: list[Problem] = []
    files = Files.read(content, name, clinic, faults)
    for folder in files.pictures:
        faults.extend(picture_faults(folder))
    faults.extend(logo_faults(files.logos) if files.logos else ())
    found = {audience: _for_reader(files, audience, faults) for audience in AUDIENCES}
    if faults:
        raise FaultsFound(faults)
    return {audience: content for audience, content in found.items() if content}, files


def review_of(files: Files, source: Source) -> ReviewFile:
    """A review record of this booklet, checked; `FaultsFound` carries what is wrong with it."""
    faults: list[Problem] = []
    review = _Checker(_reading(files, AUDIENCES[0]), faults)(ReviewFile, source)
    if review is None:
        raise FaultsFound(faults)
    return review


def _must_exist(what: str, name: str, known: tuple[str, ...]) -> None:
    if name not in known:
        raise WrongUsage(f"there is no {what} `{name}`; {near(name, frozenset(known))}")


def _for_reader(files: Files, audience: Audience, faults: list[Problem]) -> CheckedContent | None:
    """The content as one reader gets it; faults are added to the list."""
    reading = _reading(files, audience)
    check = _Checker(reading, faults)
    house = check(HouseFile, files.house)
    glossary = check(GlossaryFile, files.glossary)
    about = check(BookletFile, files.about)
    labels = check(Labels, files.labels)
    clinic = check(ClinicFile, files.clinic) if files.clinic else None
    review = check(ReviewFile, files.review) if files.review else ReviewFile()
    mine = [id for id in files.sections if id in reading.lexicon.sections]
    checked = {id: check(Section, files.sections[id]) for id in mine}
    sections = [NamedSection(id, section) for id, section in checked.items() if section]
    if not (house and glossary and about and labels and review) or len(sections) < len(mine):
        return None
    return CheckedContent(
        name=files.name,
        audience=audience,
        about=about,
        sections=tuple(sections),
        contacts=house.contacts,
        glossary=_terms_used(glossary.terms, [named.section for named in sections]),
        clinic=clinic,
        labels=labels,
        pictures=tuple(folder.resolve() for folder in files.pictures),
        review=review,
        logos=files.logos.resolve() if files.logos else None,
    )


def _reading(files: Files, audience: Audience) -> Reading:
    """What this reader's texts may refer to, gathered before any text is read."""
    mine = frozenset(id for id, file in files.sections.items() if _is_in(file, audience))
    contacts = files.house.values.get("contacts")
    sources = files.about.values.get("sources")
    lexicon = Lexicon(
        phones=_phones(contacts) if isinstance(contacts, dict) else None,
        abbreviations=_abbreviations(files.glossary.values.get("terms")),
        sections=mine,
        elsewhere=frozenset(files.sections) - mine,
        characters=drawable(),
        language=files.language,
        page_reference=str(files.labels.values.get("page_reference")),
    )
    return Reading(
        audience=audience,
        lexicon=lexicon,
        contacts=frozenset(contacts) if isinstance(contacts, dict) else None,
        sources=frozenset(sources) if isinstance(sources, dict) else None,
        pictures=frozenset().union(*map(picture_names, files.pictures)),
        logos=logo_names(files.logos) if files.logos else frozenset(),
    )


def _is_in(section: Source, audience: Audience) -> bool:
    """Whether a section stands in this reader's booklet.

    One whose `for:` names nobody is taken to be for both, so that its fault is told.
    """
    reader = section.values.get("for")
    return reader not in AUDIENCES or is_for(reader, audience)


def _phones(contacts: Mapping[str, Any]) -> dict[str, Phone]:
    numbers = {name: mapping(contact).get("phone") for name, contact in contacts.items()}
    return {name: Phone(str(number)) for name, number in numbers.items() if number is not None}


def _abbreviations(terms: Any) -> dict[str, str]:
    """Each abbreviation of the glossary with the words it stands for."""
    entries = [mapping(entry) for entry in terms] if isinstance(terms, list) else []
    return {
        str(entry["short"]): str(entry.get("spoken_as") or entry.get("term"))
        for entry in entries
        if entry.get("short")
    }


@dataclass(frozen=True, slots=True)
class _Checker:
    """Validates files for one reader; each fault is noted with its place."""

    reading: Reading
    faults: list[Problem]

    def __call__(self, model: type[File], source: Source) -> File | None:
        if not source.readable:
            return None
        try:
            return model.model_validate(source.values, context=self.reading)
        except ValidationError as error:
            self.faults.extend(in_plain_words(error, source, model))
            return None


def _terms_used(terms: tuple[Term, ...], sections: list[Section]) -> tuple[Term, ...]:
    """The terms that stand in the text, in the order of the alphabet."""
    words = "\n".join(_folded(text.plain) for section in sections for text in texts(section))
    used = [
        term
        for term in terms
        if any(re.search(rf"(?<!\w){re.escape(_folded(form))}(?!\w)", words) for form in term.forms)
    ]
    return tuple(sorted(used, key=lambda term: term.term.casefold()))


def _folded(words: str) -> str:
    """Words as they are compared: without case, and with straight apostrophes."""
    return words.casefold().replace("’", "'")


def texts(part: Any) -> Iterator[Inline]:
    """Every piece of text in a part of the model, in reading order."""
    if isinstance(part, Inline):
        yield part
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from texts(getattr(part, name))
    elif isinstance(part, tuple | list):
        for item in part:
            yield from texts(item)
    elif isinstance(part, dict):
        for item in part.values():
            yield from texts(item)
