"""The files of one booklet: which there are, read as plain values with their places."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from booklet.content.language import ENGLISH, Language, language_of
from booklet.content.translation_folder import name_faults, own_or_shared, picture_folders
from booklet.content.yaml_source import Source, read_yaml, unreadable
from booklet.problems import FaultsFound, Problem
from booklet.resources import labels_folder

_BOOKLET_FILE = "booklet.yaml"
REVIEW_FILE = "review.yaml"
TRANSLATION_FILE = "translation.yaml"
_NO_SECTIONS = (_BOOKLET_FILE, REVIEW_FILE, TRANSLATION_FILE)
_BOOKLET_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z]{2,3}(?:-[A-Za-z0-9]+)*)?")
_SECTION_FILE = re.compile(r"(\d+)-([a-z0-9]+(?:-[a-z0-9]+)*)\.yaml")
_SECTION_LIKE = re.compile(r"\d+-.*\.ya?ml")
_NEEDED = {
    "house.yaml": "it holds `contacts:`, each with `name`, `offers` and `checked`",
    "glossary.yaml": "it holds `terms:`, each with `term` and `meaning`; for none, `terms: []`",
}


@dataclass(frozen=True, slots=True)
class Files:
    """The files one booklet is made from, as plain values with places.

    A file that could not be read stands here without values, so that the others can be checked.
    """

    name: str
    folder: Path
    #: The folders of pictures; a translation's own comes before the original's.
    pictures: tuple[Path, ...]
    #: `booklet.yaml`.
    about: Source
    #: `house.yaml`.
    contacts: Source
    glossary: Source
    #: What `booklet.yaml` says it is written in.
    language: Language
    #: The words that templates print in this language.
    labels: Source
    #: The sections by the name links know them by, in the order of their numbers.
    sections: dict[str, Source]
    clinic: Source | None
    review: Source | None

    @property
    def logos(self) -> Path | None:
        """The clinic's folder, which bears the name of its profile."""
        return self.clinic.file.with_suffix("") if self.clinic else None


def read_files(content: Path, name: str, clinic: str | None, faults: list[Problem]) -> Files:
    """Every file of the booklet; the faults of those that cannot be read are noted."""

    def read(path: Path) -> Source:
        return _read(path, content, faults)

    folder = content / name
    faults.extend(_folder_faults(content, folder))
    faults.extend(_clinic_faults(content, clinic))
    about = read(folder / _BOOKLET_FILE)
    language = _language(about, faults)
    if about.readable:
        faults.extend(Problem(folder, each) for each in name_faults(content, name, language.tag))
    labels = _labels_file(content, about, language, faults)
    review = folder / REVIEW_FILE
    return Files(
        name=name,
        folder=folder,
        pictures=picture_folders(content, name),
        about=about,
        contacts=read(own_or_shared(content, name, "house.yaml")),
        glossary=read(own_or_shared(content, name, "glossary.yaml")),
        language=language,
        labels=read(labels) if labels else unreadable(folder),
        sections={id: read(path) for id, path in _section_files(folder, faults)},
        clinic=read(own_or_shared(content, name, f"clinics/{clinic}.yaml")) if clinic else None,
        review=read(review) if review.exists() else None,
    )


def booklet_names(content: Path) -> tuple[str, ...]:
    """The booklets of a content folder, by name."""
    return tuple(sorted(found.parent.name for found in content.glob(f"*/{_BOOKLET_FILE}")))


def clinic_names(content: Path) -> tuple[str, ...]:
    """The clinic profiles of a content folder, by name."""
    found = (content / "clinics").glob("*.yaml")
    return tuple(sorted(path.stem for path in found if "." not in path.stem))


def is_booklet_name(name: str) -> bool:
    """Whether a booklet's folder may have this name.

    >>> [is_booklet_name(each) for each in ("blood-tests", "Blood tests", "-a")]
    [True, False, False]
    """
    return _BOOKLET_NAME.fullmatch(name) is not None


def mapping(value: Any) -> dict[str, Any]:
    """The value if it is a mapping; what is wrong with another is said when it is validated."""
    return value if isinstance(value, dict) else {}


def _read(path: Path, content: Path, faults: list[Problem]) -> Source:
    """A file of the content folder, or of the program; what is wrong with it is noted."""
    try:
        source = read_yaml(path) if _is_here(path, content, faults) else unreadable(path)
    except FaultsFound as error:
        faults.extend(error.problems)
        return unreadable(path)
    if isinstance(source.values, dict):
        return source
    faults.append(source.problem(_without_keys(source.values)))
    return unreadable(path)


def _is_here(path: Path, content: Path, faults: list[Problem]) -> bool:
    """Whether a file that is needed is there, and in the content folder; if not, that is noted."""
    if not path.exists() and path.name in _NEEDED:
        message = f"this file is needed and is not there; {_NEEDED[path.name]}"
    elif leads_out(path, content) and not path.is_relative_to(labels_folder()):
        message = "this file leads out of the content folder; put a copy of it here"
    else:
        return True
    faults.append(Problem(path, message))
    return False


def _without_keys(values: Any) -> str:
    """What to say of a file that holds something else than keys."""
    if values is None:
        return "this file is empty; write its keys (`key: value`), or delete the file"
    if isinstance(values, list):
        return "a list stands here; begin with a key, and put the list below it (`key:`)"
    return "this file holds text and no key; write `key: value`"


def leads_out(path: Path, folder: Path) -> bool:
    """Whether a file of this folder really stands elsewhere: a symbolic link."""
    return not path.resolve().is_relative_to(folder.resolve())


def _language(about: Source, faults: list[Problem]) -> Language:
    """The language a booklet says it is written in; English where it says none that is known."""
    said = about.values.get("language")
    tag = said if isinstance(said, str) else ENGLISH.tag
    language = language_of(tag)
    if language is None:
        message = f"`{tag}` is no language that is known; write it like `en-GB`"
        faults.append(about.problem(message, ("language",)))
    return language or ENGLISH


def _labels_file(
    content: Path, about: Source, language: Language, faults: list[Problem]
) -> Path | None:
    """The words templates print in a language: the content folder's own, or the program's."""
    folders = (content / "labels", labels_folder())
    file = f"{language.code}.yaml"
    if found := next((folder / file for folder in folders if (folder / file).exists()), None):
        return found
    known = ", ".join(sorted({path.stem for folder in folders for path in folder.glob("*.yaml")}))
    message = (
        f"there are no labels for the language `{language.code}`; write labels/{file} in the "
        f"content folder, or use one of: {known}"
    )
    faults.append(about.problem(message, ("language",)))
    return None


def _folder_faults(content: Path, folder: Path) -> Iterator[Problem]:
    if not is_booklet_name(folder.name):
        message = "a booklet's folder is named in small letters, digits and hyphens; rename it"
        yield Problem(folder, message)
    for other in sorted(path for path in content.glob("*/") if path.is_dir()):
        sections = [path for path in other.iterdir() if _SECTION_LIKE.fullmatch(path.name)]
        if sections and not (other / _BOOKLET_FILE).exists():
            message = f"this folder has sections and no `{_BOOKLET_FILE}`; add it"
            yield Problem(other, message)


def _clinic_faults(content: Path, clinic: str | None) -> Iterator[Problem]:
    """A profile's name becomes part of the names of files."""
    if clinic and not _BOOKLET_NAME.fullmatch(clinic):
        message = "a clinic's profile is named in small letters, digits and hyphens; rename it"
        yield Problem(content / "clinics" / f"{clinic}.yaml", message)


def _section_files(folder: Path, faults: list[Problem]) -> Iterator[tuple[str, Path]]:
    """The section files in the order of their numbers, by the id links know them by."""
    found = [path for path in _yaml_files(folder) if path.name not in _NO_SECTIONS]
    if not found:
        message = "this booklet has no section; add `01-about.yaml` with a title"
        faults.append(Problem(folder, message))
    numbers: dict[str, Path] = {}
    names: dict[str, Path] = {}
    for path in sorted(found, key=_by_number):
        match = _SECTION_FILE.fullmatch(path.name)
        if match is None:
            message = "a section's file is named like `03-tests.yaml`; rename it"
            faults.append(Problem(path, message))
            continue
        number, id = str(int(match[1])), match[2]
        for known, own, what in ((numbers, number, "number"), (names, id, "name")):
            if own in known:
                message = f"{known[own].name} has that {what} too; give each its own"
                faults.append(Problem(path, message))
        if id not in names:
            yield id, path
        numbers.setdefault(number, path)
        names.setdefault(id, path)


def _yaml_files(folder: Path) -> Iterable[Path]:
    return (path for path in folder.iterdir() if path.suffix.lower() in (".yaml", ".yml"))


def _by_number(path: Path) -> tuple[int, str]:
    number = re.match(r"\d+", path.name)
    return int(number.group()) if number else 0, path.name
