"""A content folder and a clinic's profile, read and checked into a booklet for each reader."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from booklet.content.addresses import Phone
from booklet.content.clinic import ClinicFile
from booklet.content.fields import is_for
from booklet.content.folder import Files, mapping, read_files
from booklet.content.inline import Inline
from booklet.content.labels import Labels
from booklet.content.model import BookletFile, CheckedContent, NamedSection, Section
from booklet.content.names import clinic_names, is_booklet, some_booklets
from booklet.content.pictures import logo_faults, picture_faults, pictures_in
from booklet.content.review_file import ReviewFile
from booklet.content.roles import walk
from booklet.content.shared_contacts import ContactsFile, GlossaryFile, Term, folded, is_used
from booklet.content.suggestion import near
from booklet.content.validation_context import ValidationContext
from booklet.content.validation_faults import in_plain_words
from booklet.content.yaml_source import Source
from booklet.editions import AUDIENCES, Audience
from booklet.problems import FaultsFound, Problem, WrongUsage

__all__ = ["Files", "load_with_files", "review_of", "texts"]

File = TypeVar("File", bound=BaseModel)


def load_with_files(
    content: Path, name: str, clinic: str | None = None
) -> tuple[dict[Audience, CheckedContent], Files]:
    """The booklet `name` for each of its readers, and its files, which know where a value stands.

    `FaultsFound` carries every fault of every file for every reader; `WrongUsage` says that
    there is no such booklet or clinic.
    """
    if not is_booklet(content, name):
        there = near(name, frozenset(some_booklets(content)))
        raise WrongUsage(f"there is no booklet `{name}`; {there}")
    if clinic is not None and clinic not in (clinics := clinic_names(content)):
        raise WrongUsage(f"there is no clinic `{clinic}`; {near(clinic, frozenset(clinics))}")
    faults: list[Problem] = []
    files = read_files(content, name, clinic, faults)
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
    review = validated(ReviewFile, source, _context(files, AUDIENCES[0]), faults)
    if review is None:
        raise FaultsFound(faults)
    return review


def _for_reader(files: Files, audience: Audience, faults: list[Problem]) -> CheckedContent | None:
    """The content as one reader gets it; faults are added to the list."""
    context = _context(files, audience)
    check = partial(validated, context=context, faults=faults)
    shared = check(ContactsFile, files.contacts, context=_shared(files, files.contacts, context))
    glossary = check(GlossaryFile, files.glossary, context=_shared(files, files.glossary, context))
    about = check(BookletFile, files.about)
    labels = check(Labels, files.labels)
    clinic = check(ClinicFile, files.clinic) if files.clinic else None
    review = check(ReviewFile, files.review) if files.review else ReviewFile()
    mine = [id for id in files.sections if id in context.sections]
    checked = {id: check(Section, files.sections[id]) for id in mine}
    sections = [NamedSection(id, section) for id, section in checked.items() if section]
    if not (shared and glossary and about and labels and review) or len(sections) < len(mine):
        return None
    return CheckedContent(
        name=files.name,
        audience=audience,
        about=about,
        sections=tuple(sections),
        contacts=shared.contacts,
        glossary=_terms_used(glossary.terms, [named.section for named in sections]),
        glossary_language=files.foreign(files.glossary) or files.language,
        clinic=clinic,
        clinic_language=files.foreign(files.clinic) or files.language,
        labels=labels,
        pictures=tuple(folder.resolve() for folder in files.pictures),
        review=review,
        logos=files.logos.resolve() if files.logos else None,
    )


def _context(files: Files, audience: Audience) -> ValidationContext:
    """What this reader's texts may refer to, gathered before any text is read."""
    readers = {id: file.values.get("for") for id, file in files.sections.items()}
    # A section whose `for:` names nobody is taken to be for both, so that its fault is told.
    mine = {id for id, one in readers.items() if one not in AUDIENCES or is_for(one, audience)}
    contacts = files.contacts.values.get("contacts")
    numbers = {name: mapping(card).get("phone") for name, card in mapping(contacts).items()}
    phones = {name: Phone(str(each)) for name, each in numbers.items() if each is not None}
    sources = files.about.values.get("sources")
    terms = files.glossary.values.get("terms")
    entries = [mapping(entry) for entry in (terms if isinstance(terms, list) else ())]
    return ValidationContext(
        audience=audience,
        language=files.language,
        page_reference=str(files.labels.values.get("page_reference")),
        abbreviations={
            str(entry["short"]): str(entry.get("spoken_as") or entry.get("term"))
            for entry in entries
            if entry.get("short")
        },
        sections=frozenset(mine),
        elsewhere=frozenset(files.sections) - mine,
        contacts=frozenset(contacts) if isinstance(contacts, dict) else None,
        phones=phones if isinstance(contacts, dict) else None,
        sources=frozenset(sources) if isinstance(sources, dict) else None,
        pictures=frozenset(path.name for each in files.pictures for path in pictures_in(each)),
        logos=frozenset(path.name for path in pictures_in(files.logos))
        if files.logos
        else frozenset(),
    )


def _shared(files: Files, shared: Source, context: ValidationContext) -> ValidationContext:
    """The context of a file that booklets share, which may be in another language than they."""
    return replace(context, foreign=files.foreign(shared))


def validated(
    model: type[File], source: Source, context: ValidationContext, faults: list[Problem]
) -> File | None:
    """A file as one reader gets it; each fault is noted with its place."""
    if not source.readable:
        return None
    try:
        return model.model_validate(source.values, context=context)
    except ValidationError as error:
        faults.extend(in_plain_words(error, source, model))
        return None


def _terms_used(terms: tuple[Term, ...], sections: list[Section]) -> tuple[Term, ...]:
    """The terms that stand in the text, in the order of the alphabet."""
    words = "\n".join(folded(text.plain) for section in sections for text in texts(section))
    used = [term for term in terms if is_used(term.forms, words)]
    return tuple(sorted(used, key=lambda term: term.term.casefold()))


def texts(part: BaseModel) -> Iterator[Inline]:
    """Every piece of text in a part of the model, in the order it stands."""
    return (each.value for each in walk(part, type(part)) if isinstance(each.value, Inline))
