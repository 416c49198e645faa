"""A content folder and a clinic's profile, read and checked into a booklet for one reader."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from booklet.editions import AUDIENCES, Audience
from booklet.manuscript.faults import in_plain_words
from booklet.manuscript.labels import Labels
from booklet.manuscript.markup import Inline, Lexicon, Phone, near
from booklet.manuscript.model import (
    Booklet,
    BookletFile,
    ClinicFile,
    GlossaryFile,
    HouseFile,
    NamedSection,
    Reading,
    Section,
    Term,
)
from booklet.manuscript.source import Source, read_yaml
from booklet.problems import FaultsFound, Problem, WrongUsage
from booklet.resources import labels_folder
from booklet.typeface import drawable

File = TypeVar("File", bound=BaseModel)
_SECTION_FILE = re.compile(r"\d+-([a-z0-9]+(?:-[a-z0-9]+)*)\.yaml")
_PICTURE_ENDINGS = (".svg", ".png", ".jpg")


def booklet_names(content: Path) -> tuple[str, ...]:
    """The booklets of a content folder, by name."""
    return tuple(sorted(found.parent.name for found in content.glob("*/booklet.yaml")))


def clinic_names(content: Path) -> tuple[str, ...]:
    """The clinic profiles of a content folder, by name."""
    return tuple(sorted(found.stem for found in (content / "clinics").glob("*.yaml")))


def load(content: Path, name: str, clinic: str | None = None) -> dict[Audience, Booklet]:
    """The booklet `name` for each of its readers.

    `FaultsFound` carries every fault of every file for every reader; `WrongUsage` says that
    there is no such booklet or clinic.
    """
    return load_with_files(content, name, clinic)[0]


def load_with_files(
    content: Path, name: str, clinic: str | None = None
) -> tuple[dict[Audience, Booklet], "Files"]:
    """What `load` gives, and the files it was made from, which know where each value stands."""
    _must_exist("booklet", name, booklet_names(content))
    if clinic is not None:
        _must_exist("clinic", clinic, clinic_names(content))
    faults: list[Problem] = []
    files = Files.read(content, name, clinic, faults)
    if files is None:
        raise FaultsFound(faults)
    booklets = {audience: _for_reader(files, audience, faults) for audience in AUDIENCES}
    if faults:
        raise FaultsFound(faults)
    return {audience: booklet for audience, booklet in booklets.items() if booklet}, files


def _must_exist(what: str, name: str, known: tuple[str, ...]) -> None:
    if name not in known:
        raise WrongUsage(f"there is no {what} `{name}`; {near(name, frozenset(known))}")


@dataclass(frozen=True, slots=True)
class Files:
    """The files one booklet is made from, as plain values with places."""

    name: str
    folder: Path
    about: Source
    house: Source
    glossary: Source
    labels: Source
    sections: dict[str, Source]
    clinic: Source | None

    @classmethod
    def read(
        cls, content: Path, name: str, clinic: str | None, faults: list[Problem]
    ) -> "Files | None":
        """Every file of the booklet; `None` where one cannot be read, its fault noted."""
        folder = content / name
        before = len(faults)

        def mapping(path: Path) -> Source | None:
            try:
                source = read_yaml(path)
            except FaultsFound as error:
                faults.extend(error.problems)
                return None
            if not isinstance(source.values, dict):
                faults.append(source.problem("this file is empty of keys; write `key: value`"))
            return source

        about = mapping(folder / "booklet.yaml")
        house = mapping(content / "house.yaml")
        glossary = mapping(content / "glossary.yaml")
        profile = mapping(content / "clinics" / f"{clinic}.yaml") if clinic else None
        sections = {id: mapping(path) for id, path in _section_files(folder, faults)}
        labels = mapping(path) if about and (path := _labels_file(about, faults)) else None
        read = {id: source for id, source in sections.items() if source}
        if len(faults) > before or not (about and house and glossary and labels):
            return None
        return cls(name, folder, about, house, glossary, labels, read, profile)


def _labels_file(about: Source, faults: list[Problem]) -> Path | None:
    """The file with the words templates print in the booklet's language."""
    language = str(_mapping(about.values).get("language", "en")).split("-")[0]
    files = {path.stem: path for path in labels_folder().glob("*.yaml")}
    if language not in files:
        known = ", ".join(sorted(files))
        message = f"there are no labels for the language `{language}`; there are: {known}"
        faults.append(about.problem(message, ("language",)))
    return files.get(language)


def _section_files(folder: Path, faults: list[Problem]) -> Iterator[tuple[str, Path]]:
    """The section files in the order of their numbers, by the id links know them by."""
    seen: dict[str, Path] = {}
    found = [path for path in sorted(folder.glob("*.yaml")) if path.name != "booklet.yaml"]
    if not found:
        faults.append(
            Problem(folder, 0, 0, "this booklet has no section; add `01-about.yaml` with a title")
        )
    for path in found:
        match = _SECTION_FILE.fullmatch(path.name)
        if match is None:
            faults.append(
                Problem(path, 0, 0, "a section's file is named like `03-tests.yaml`; rename it")
            )
        elif match[1] in seen:
            faults.append(Problem(path, 0, 0, f"{seen[match[1]].name} has that name too"))
        else:
            seen[match[1]] = path
            yield match[1], path


def _for_reader(files: Files, audience: Audience, faults: list[Problem]) -> Booklet | None:
    """The booklet as one reader gets it; faults are added to the list."""
    reading = _reading(files, audience, faults)
    check = _Checker(reading, faults)
    house = check(HouseFile, files.house)
    glossary = check(GlossaryFile, files.glossary)
    about = check(BookletFile, files.about)
    labels = check(Labels, files.labels)
    clinic = check(ClinicFile, files.clinic) if files.clinic else None
    mine = [id for id in files.sections if id in reading.lexicon.sections]
    checked = {id: check(Section, source) for id, source in files.sections.items()}
    sections = [NamedSection(id, section) for id in mine if (section := checked[id])]
    if not (house and glossary and about and labels) or len(sections) < len(mine):
        return None
    return Booklet(
        name=files.name,
        audience=audience,
        about=about,
        sections=tuple(sections),
        contacts=house.contacts,
        glossary=_terms_used(glossary.terms, [named.section for named in sections]),
        clinic=clinic,
        labels=labels,
        pictures=files.folder / "pictures",
    )


def _reading(files: Files, audience: Audience, faults: list[Problem]) -> Reading:
    """What this reader's texts may refer to, gathered before any text is read."""
    mine: set[str] = set()
    others: set[str] = set()
    for id, source in files.sections.items():
        (mine if source.values.get("for") in (None, audience) else others).add(id)
    contacts = _mapping(files.house.values.get("contacts"))
    lexicon = Lexicon(
        phones=_phones(contacts),
        abbreviations=_abbreviations(files.glossary.values.get("terms")),
        sections=frozenset(mine),
        elsewhere=frozenset(others),
        characters=drawable(),
        page_word=str(_mapping(files.labels.values).get("page")),
    )
    pictures = files.folder / "pictures"
    return Reading(
        audience=audience,
        lexicon=lexicon,
        contacts=frozenset(contacts),
        sources=frozenset(_mapping(files.about.values.get("sources"))),
        pictures=frozenset(
            path.name for path in pictures.glob("*") if path.suffix in _PICTURE_ENDINGS
        ),
    )


def _mapping(value: Any) -> dict[str, Any]:
    """The value if it is a mapping; what is wrong with another is said when it is validated."""
    return value if isinstance(value, dict) else {}


def _phones(contacts: Mapping[str, Any]) -> dict[str, Phone]:
    numbers = {name: _mapping(contact).get("phone") for name, contact in contacts.items()}
    return {name: Phone(number) for name, number in numbers.items() if isinstance(number, str)}


def _abbreviations(terms: Any) -> dict[str, str]:
    """Each abbreviation of the glossary with the words it stands for."""
    entries = [_mapping(entry) for entry in terms] if isinstance(terms, list) else []
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
